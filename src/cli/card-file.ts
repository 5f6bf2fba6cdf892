/** What the subcommands that work on a .vcf file share: its cards, plain or gzipped, and the country its numbers are read in. */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { splitCards } from '../vcard/split.ts';

/** Longest card that is read; the rest of the file still counts. */
const MAX_CARD_SIZE = 32 * 1024 * 1024;

/** Octets of each card of a file, in order; text between them is passed over. Throws AppError 'unreadable-file'. */
export async function* fileCards(path: string): AsyncGenerator<Buffer> {
  try {
    const file = createReadStream(path);
    const source = path.endsWith('.gz') ? file.pipe(createGunzip()) : file;
    if (source !== file) file.on('error', (error) => source.destroy(error));
    for await (const item of splitCards(source, { maxSize: MAX_CARD_SIZE }))
      if (item.kind === 'card') yield item.octets;
  } catch (error) {
    throw new AppError('invalid', 'unreadable-file', `cannot read ${path}: ${(error as Error).message}`);
  }
}

/** The country code given by `--region`, in upper case, or undefined. Throws AppError 'usage' for anything else. */
export function givenRegion(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[A-Za-z]{2}$/.test(given))
    throw new AppError('invalid', 'usage', '--region takes a country code such as DE');
  return given?.toUpperCase();
}
