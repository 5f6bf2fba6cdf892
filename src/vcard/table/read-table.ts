/** A table of contacts (CSV, RFC 4180) cut into cards: what Outlook, Google, Thunderbird and LinkedIn export. */
import { isUtf8 } from 'node:buffer';
import { Readable } from 'node:stream';
import { type Options, parse } from 'csv-parse';
import { parse as parseAtOnce } from 'csv-parse/sync';
import { AppError } from '../../base/errors.ts';
import { turns } from '../../base/turns.ts';
import { cardOfRow, dayOrders, type Heading, readHeading } from './row-card.ts';

export interface TableRow {
  /** 1-based line of the file on which it ends. */
  readonly line: number;
  /** Its card; undefined where the row names nobody or cannot be read. */
  readonly octets: Buffer | undefined;
}

/** Signs between cells, as regions have them. */
const DELIMITERS = [',', ';', '\t'];
/** Records before the heading at most: LinkedIn begins with a note. */
const PREAMBLE = 10;
/** Octets of a file that tell whether it is a table: its heading lies within them. */
export const HEAD_OCTETS = 64 * 1024;
const MOST_COLUMNS = 1000;
const MOST_ROWS = 250_000;
/** Characters that are parsed without a break. */
const PIECE = 64 * 1024;

interface Parsed {
  readonly record: readonly string[];
  readonly line: number;
}

/** True where the first octets of a file hold the heading of such a table, and no card. */
export const isTable = (head: Uint8Array): boolean => foundHeading(head) !== undefined;

/**
 * The rows of a table below its heading, in order, those that cannot be read last; undefined where it is no such table. Rows without
 * any cell filled are passed over. Reading throws AppError `too-many-rows`.
 */
export function readTable(octets: Uint8Array): AsyncGenerator<TableRow> | undefined {
  const found = foundHeading(octets);
  return found && rowsBelow(found, octets);
}

async function* rowsBelow({ heading, at, delimiter }: FoundHeading, octets: Uint8Array): AsyncGenerator<TableRow> {
  const { parsed, unreadable } = await parsedRows(textOf(octets), delimiter);
  const rows = parsed.slice(at + 1);
  const orders = dayOrders(
    heading,
    rows.map(({ record }) => record),
  );
  for (const { record, line } of rows)
    if (record.some((cell) => cell.trim() !== '')) yield { line, octets: cardOfRow(heading, record, orders) };
  for (const line of unreadable) yield { line, octets: undefined };
}

/** Programs of Windows write tables in its own letters where they do not say otherwise. */
function textOf(octets: Uint8Array): string {
  // a character at the end may be cut
  let end = octets.length;
  while (end > 0 && octets.length - end < 4 && octets[end - 1]! >= 0x80) end--;
  const label = isUtf8(octets) || isUtf8(octets.subarray(0, end)) ? 'utf-8' : 'windows-1252';
  return new TextDecoder(label).decode(octets);
}

interface FoundHeading {
  readonly heading: Heading;
  /** Its place among the records. */
  readonly at: number;
  readonly delimiter: string;
}

function foundHeading(octets: Uint8Array): FoundHeading | undefined {
  const text = textOf(octets.subarray(0, HEAD_OCTETS));
  if (/BEGIN:VCARD/i.test(text)) return undefined;
  for (const delimiter of DELIMITERS) {
    const records = parseAtOnce(text, { ...optionsOf(delimiter), to: PREAMBLE }) as unknown as string[][];
    for (const [at, record] of records.entries()) {
      const heading = record.length <= MOST_COLUMNS ? readHeading(record) : undefined;
      if (heading) return { heading, at, delimiter };
    }
  }
  return undefined;
}

/** Quotes in the midst of a cell, rows of other lengths and a quote that is never closed cost at most their row. */
const optionsOf = (delimiter: string): Options => ({
  bom: true,
  delimiter,
  relax_quotes: true,
  relax_column_count: true,
  skip_empty_lines: true,
  skip_records_with_error: true,
});

async function parsedRows(text: string, delimiter: string): Promise<{ parsed: Parsed[]; unreadable: number[] }> {
  const unreadable: number[] = [];
  const options: Options = {
    ...optionsOf(delimiter),
    info: true,
    on_skip: (error) => void unreadable.push(Number(error?.lines ?? 0)),
  };
  const parser = parse(options);
  const parsed: Parsed[] = [];
  const turn = turns();
  for await (const each of Readable.from(piecesOf(text), { objectMode: false }).pipe(parser)) {
    const { record, info } = each as { readonly record: string[]; readonly info: { readonly lines: number } };
    parsed.push({ record, line: info.lines });
    if (parsed.length > MOST_ROWS)
      throw new AppError('tooLarge', 'too-many-rows', `A table has at most ${MOST_ROWS} rows.`, { limit: MOST_ROWS });
    const others = turn();
    if (others) await others;
  }
  return { parsed, unreadable };
}

function* piecesOf(text: string): Generator<string> {
  for (let from = 0; from < text.length; from += PIECE) yield text.slice(from, from + PIECE);
}
