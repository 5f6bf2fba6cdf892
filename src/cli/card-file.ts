/** Cards of a .vcf file, plain or gzipped. */
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { type Card, readCard } from '../vcard/card.ts';
import { splitCards } from '../vcard/split.ts';

/** Longest card that is read; the rest of the file still counts. */
const MAX_CARD_SIZE = 32 * 1024 * 1024;

/** All cards of a file, in order; text between them is passed over. Throws AppError 'unreadable-file'. */
export async function readCardFile(file: string): Promise<Card[]> {
  const cards: Card[] = [];
  const take = async (source: AsyncIterable<Buffer>) => {
    for await (const item of splitCards(source, { maxSize: MAX_CARD_SIZE }))
      if (item.kind === 'card') cards.push(readCard(item.octets));
  };
  try {
    const source = createReadStream(file);
    if (file.endsWith('.gz')) await pipeline(source, createGunzip(), take);
    else await pipeline(source, take);
  } catch (error) {
    throw new AppError('invalid', 'unreadable-file', `${file} cannot be read: ${(error as Error).message}`, {}, error);
  }
  return cards;
}
