/** Files cut into the objects they hold: `.vcf` streamed card by card, `.csv` one card per row, `.ics` one object per UID. */
import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { readContentLines } from '../contentline/read.ts';
import { inUtf8 } from '../contentline/utf16.ts';
import { escapeText, unescapeText } from '../contentline/value.ts';
import { writeContentLine } from '../contentline/write.ts';
import { type SplitPart, splitCalendar } from '../icalendar/split.ts';
import { upgradeCalendar } from '../icalendar/vcalendar/upgrade.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import { readCard, uidOf } from '../vcard/card.ts';
import { upgradeForImport } from '../vcard/import-upgrade.ts';
import { type SplitProblem, splitCards } from '../vcard/split.ts';
import { HEAD_OCTETS, isTable, readTable } from '../vcard/table/read-table.ts';
import type { Limits } from './limits.ts';

/** One object of a file as it is to be stored. */
export interface ImportItem {
  /** 1-based position among the objects of the file. */
  readonly index: number;
  /** 1-based line of the file on which it starts. */
  readonly line: number;
  readonly uid: string;
  readonly octets: Buffer;
}

/** A part of a file that is no object. */
export interface RefusedItem {
  readonly index: number;
  readonly line: number;
  readonly uid: string | null;
  readonly code: string;
  readonly detail: string;
}

export type ImportPart = ImportItem | RefusedItem;

/** Octets of an .ics file: its objects share time zones, so that the whole file is read before the first is stored. */
const LARGEST_CALENDAR_FILE = 256 * 1024 * 1024;

/** Cuts a file for a collection of this kind. Throws AppError when it is no such file at all or too large to be read whole. */
export function readItems(
  kind: CollectionKind,
  source: AsyncIterable<Uint8Array>,
  limits: Limits,
): AsyncGenerator<ImportPart> {
  const octets = inUtf8(source);
  return kind === 'addressbook' ? contacts(octets, limits) : calendarObjects(octets);
}

/** Cards, or the rows of a table of contacts: the beginning tells which. */
async function* contacts(source: AsyncGenerator<Uint8Array>, limits: Limits): AsyncGenerator<ImportPart> {
  const head: Uint8Array[] = [];
  for (let size = 0; size < HEAD_OCTETS; ) {
    const { done, value } = await source.next();
    if (done) break;
    head.push(value);
    size += value.length;
  }
  const whole = async function* () {
    yield* head;
    yield* source;
  };
  if (isTable(Buffer.concat(head))) yield* tableRows(await wholeOf(whole(), LARGEST_TABLE, '.csv'), limits);
  else yield* cards(whole(), limits);
}

/** Octets of a table: which way round its dates are is told by all of its rows. */
const LARGEST_TABLE = 32 * 1024 * 1024;

async function* tableRows(octets: Buffer, limits: Limits): AsyncGenerator<ImportPart> {
  const copies = new Map<string, number>();
  let index = 0;
  for await (const { line, octets: card } of readTable(octets) ?? []) {
    index++;
    const refused = { index, line, uid: null };
    if (card === undefined)
      yield { ...refused, code: 'no-card', detail: 'This row names nobody, or a quote in it is not closed.' };
    else if (card.length > limits.maxCardSize) yield { ...refused, ...PROBLEMS['too-large'] };
    else {
      const uid = uidFromContent(card, copies);
      yield { index, line, uid, octets: upgradeForImport(card, uid) };
    }
  }
}

const PROBLEMS: Readonly<Record<SplitProblem['kind'], { code: string; detail: string }>> = {
  junk: { code: 'no-card', detail: 'This text is no card' },
  unclosed: { code: 'card-cut-short', detail: 'The card has no END:VCARD' },
  'too-large': { code: 'max-resource-size', detail: 'The card is larger than a card may be' },
};

async function* cards(source: AsyncIterable<Uint8Array>, limits: Limits): AsyncGenerator<ImportPart> {
  const copies = new Map<string, number>();
  let index = 0;
  for await (const part of splitCards(source, { maxSize: limits.maxCardSize })) {
    index++;
    if (part.kind === 'card') {
      const octets = upgradeForImport(part.octets, uidFromContent(part.octets, copies));
      const uid = uidOf(readCard(octets));
      if (uid !== undefined) yield { index, line: part.line, uid, octets };
      else yield { index, line: part.line, uid: null, code: 'valid-address-data', detail: 'The card cannot be read.' };
    } else {
      const { code, detail } = PROBLEMS[part.kind];
      yield { index, line: part.line, uid: null, code, detail: `${detail}: ${legible(part.excerpt)}` };
    }
  }
}

/** What a file that is something else holds, without what no terminal and no page should be given. */
const legible = (excerpt: string): string =>
  excerpt
    .slice(0, 80)
    .replace(/[\p{C}\p{Z}\uFFFD]+/gu, ' ')
    .trim();

/** A UID for a card without one that is the same at the next import of the same file, so that nothing comes in twice. */
function uidFromContent(octets: Buffer, copies: Map<string, number>): string {
  const digest = createHash('sha256').update(octets).digest();
  const key = digest.toString('base64url');
  const copy = copies.get(key) ?? 0;
  copies.set(key, copy + 1);
  const hash = copy === 0 ? digest : createHash('sha256').update(digest).update(String(copy)).digest();
  // RFC 9562 §5.8: version 8, a UUID whose bits are the application's own
  hash[6] = (hash[6]! & 0x0f) | 0x80;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** A file that has to be read whole. Throws AppError `file-too-large`. */
async function wholeOf(source: AsyncIterable<Uint8Array>, limit: number, extension: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > limit)
      throw new AppError('tooLarge', 'file-too-large', `A ${extension} file has at most ${limit} octets.`, { limit });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function* calendarObjects(source: AsyncIterable<Uint8Array>): AsyncGenerator<ImportPart> {
  const octets = await wholeOf(source, LARGEST_CALENDAR_FILE, '.ics');
  const copies = new Map<string, number>();
  const newUid = (component: Buffer) => uidFromContent(component, copies);
  let index = 0;
  for (const part of splitCalendar(octets, { newUid })) {
    yield calendarItem(part, ++index);
  }
}

/** An object in iCalendar 2.0, or why an older one cannot be put into it. */
function calendarItem({ number: line, uid, octets }: SplitPart, index: number): ImportPart {
  try {
    return { index, line, uid, octets: upgradeCalendar(octets) };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { index, line, uid, code: error.code, detail: error.message };
  }
}

/** The object under another UID, everything else octet for octet. Alarms of a calendar object keep the UIDs of their own. */
export function withUid(item: ImportItem, uid: string): ImportItem {
  const pieces: Buffer[] = [];
  let from = 0;
  for (const line of readContentLines(item.octets)) {
    if (line.name !== 'UID' || unescapeText(line.value).trim() !== item.uid) continue;
    pieces.push(item.octets.subarray(from, line.start));
    pieces.push(writeContentLine({ group: line.group, name: 'UID', params: line.params, value: escapeText(uid) }));
    from = line.end;
  }
  pieces.push(item.octets.subarray(from));
  return { ...item, uid, octets: Buffer.concat(pieces) };
}
