/** What is kept of a card beside its octets so that queries on common properties never parse it (RFC 6352 §8.6). */
import { decodedValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';

/** The properties kept: one that is listed here and missing from a card's index is not on the card. */
export const INDEXED_PROPERTIES: ReadonlySet<string> = new Set([
  'FN',
  'N',
  'NICKNAME',
  'EMAIL',
  'TEL',
  'ORG',
  'TITLE',
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

/** Values of the indexed properties in the order written, transfer encoding and escapes undone; upper-case names. */
export type CardIndex = Readonly<Record<string, readonly string[]>>;

/** Builds the index of one card. */
export function cardIndex(card: Card): CardIndex {
  const index: Record<string, string[]> = {};
  const dates = card.lines.filter(({ name }) => DATE_PROPERTIES.has(name)).map(({ name }) => name);
  if (dates.length > 0) index.DATES = [...new Set(dates)];
  for (const line of card.lines) {
    if (!INDEXED_PROPERTIES.has(line.name)) continue;
    const values = index[line.name] ?? [];
    values.push(unescapeText(decodedValue(line)));
    index[line.name] = values;
  }
  return index;
}
