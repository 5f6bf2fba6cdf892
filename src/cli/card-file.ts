/** What the subcommands that work on a file of contacts share: its cards, plain or gzipped, and the country its numbers are read in. */
import { createReadStream } from 'node:fs';
import { buffer } from 'node:stream/consumers';
import { createGunzip } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { inUtf8 } from '../contentline/utf16.ts';
import { type Card, textOf } from '../vcard/card.ts';
import { type SplitProblem, splitCardBatches } from '../vcard/split.ts';

/** Longest card that is read; the rest of the file still counts. */
const MAX_CARD_SIZE = 32 * 1024 * 1024;

/** Octets that gunzip hands over at once: with its usual 16 kB, going to and fro takes as long as the work. */
const CHUNK = 1 << 17;

/**
 * Octets of the cards of a .vcf file, or of those that the rows of a .csv file make, in order, those of one piece of it at once; of
 * text between them, of cards that are cut short and of rows that name nobody `passedOver` is told where. Throws AppError 'unreadable-file'.
 */
export async function* fileCards(path: string, passedOver: (what: string) => void): AsyncGenerator<readonly Buffer[]> {
  try {
    const file = createReadStream(path);
    const source = path.endsWith('.gz') ? file.pipe(createGunzip({ chunkSize: CHUNK })) : file;
    if (source !== file) file.on('error', (error) => source.destroy(error));
    if (TABLE.test(path)) {
      yield await tableCards(inUtf8(source), passedOver);
      return;
    }
    for await (const items of splitCardBatches(inUtf8(source), { maxSize: MAX_CARD_SIZE })) {
      const cards: Buffer[] = [];
      for (const item of items)
        if (item.kind === 'card') cards.push(item.octets);
        else passedOver(`line ${item.line}: ${PASSED_OVER[item.kind]}: ${item.excerpt.slice(0, 60)}`);
      yield cards;
    }
  } catch (error) {
    throw new AppError('invalid', 'unreadable-file', `cannot read ${path}: ${(error as Error).message}`);
  }
}

const TABLE = /\.csv(?:\.gz)?$/i;

/** Read only by whoever brings a table: starting takes longer than most books. */
async function tableCards(source: AsyncIterable<Uint8Array>, passedOver: (what: string) => void): Promise<Buffer[]> {
  const { readTable } = await import('../vcard/table/read-table.ts');
  const rows = readTable(await buffer(source));
  if (!rows) passedOver('line 1: no heading says that this is a table of contacts');
  const cards: Buffer[] = [];
  for await (const row of rows ?? [])
    if (row.octets) cards.push(row.octets);
    else passedOver(`line ${row.line}: this row names nobody`);
  return cards;
}

const PASSED_OVER: Readonly<Record<SplitProblem['kind'], string>> = {
  junk: 'this text is no card',
  unclosed: 'this card has no END:VCARD',
  'too-large': 'this card is too large',
};

/** Names the cards of a file in their order: by UID, or by the place in the file for one without a UID or with a used one. */
export function cardNamer(): (card: Card) => string {
  const used = new Set<string>();
  let at = 0;
  return (card) => {
    at++;
    const uid = textOf(card, 'UID') ?? '';
    const name = uid !== '' && !used.has(uid) ? uid : `${uid || 'card'}#${at}`;
    used.add(name);
    return name;
  };
}

/** The country code given by `--region`, in upper case, or undefined. Throws AppError 'usage' for anything else. */
export function givenRegion(given: string | undefined): string | undefined {
  if (given !== undefined && !/^[A-Za-z]{2}$/.test(given))
    throw new AppError('invalid', 'usage', '--region takes a country code such as DE');
  return given?.toUpperCase();
}
