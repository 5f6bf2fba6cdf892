/** What is kept of a card beside its octets so that queries hardly ever parse it (RFC 6352 §8.6). */
import { decodedValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';

/** The properties whose values are kept. */
const INDEXED_PROPERTIES: ReadonlySet<string> = new Set([
  'FN',
  'N',
  'NICKNAME',
  'EMAIL',
  'TEL',
  'ADR',
  'ORG',
  'TITLE',
  'ROLE',
  'NOTE',
  'URL',
  'IMPP',
  'BDAY',
  'ANNIVERSARY',
  'UID',
  'CATEGORIES',
  'KIND',
  'X-ADDRESSBOOKSERVER-KIND',
  'RELATED',
]);

/** Properties that hold a day worth a calendar entry. Their names alone are kept, under `DATES`, to find the cards that have one. */
export const DATE_PROPERTIES: ReadonlySet<string> = new Set([
  'BDAY',
  'ANNIVERSARY',
  'X-ANNIVERSARY',
  'X-EVOLUTION-ANNIVERSARY',
  'X-KADDRESSBOOK-X-ANNIVERSARY',
  'X-ABDATE',
]);

/** Lines that every card has: they are in no index. */
export const FRAME_PROPERTIES: ReadonlySet<string> = new Set(['BEGIN', 'VERSION', 'END']);

/** Characters kept of one property's values, and of the list of other properties: a note may be a book of its own. */
const LONGEST_KEPT = 2000;

/** Stands in `OTHERS` for names that are not listed: any other property may be on the card. */
export const ANY_OTHER = '*';

/**
 * Values of the indexed properties in the order written, transfer encoding and escapes undone, under upper-case names. `OTHERS`
 * names what else is on the card, and the indexed properties whose values were cut; a property that is in neither is not on
 * the card. Cards indexed before there was `OTHERS` have none: of them nothing is certain.
 */
export type CardIndex = Readonly<Record<string, readonly string[]>>;

/** Builds the index of one card. */
export function cardIndex(card: Card): CardIndex {
  const index: Record<string, string[]> = {};
  const dates = card.lines.filter(({ name }) => DATE_PROPERTIES.has(name)).map(({ name }) => name);
  if (dates.length > 0) index.DATES = [...new Set(dates)];
  const others = new Set<string>();
  const room = new Map<string, number>();
  for (const line of card.lines) {
    if (!INDEXED_PROPERTIES.has(line.name)) {
      if (line.name !== '' && !FRAME_PROPERTIES.has(line.name)) others.add(line.name);
      continue;
    }
    const left = room.get(line.name) ?? LONGEST_KEPT;
    const values = index[line.name] ?? [];
    index[line.name] = values;
    const value = left < 0 ? '' : unescapeText(decodedValue(line));
    room.set(line.name, left - value.length - 1);
    if (left < 0 || value.length > left) others.add(line.name);
    if (left >= 0) values.push(value.length > left ? value.slice(0, left).toWellFormed() : value);
  }
  index.OTHERS = listed(others);
  return index;
}

function listed(others: ReadonlySet<string>): string[] {
  let length = 0;
  for (const name of others) length += name.length + 1;
  if (length <= LONGEST_KEPT) return [...others];
  return [ANY_OTHER, ...[...others].filter((name) => INDEXED_PROPERTIES.has(name))];
}
