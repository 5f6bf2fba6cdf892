/** What a book says about rarity: exact counts of cards, phones and key holders. */
import { indexKeys, type KeyIndex } from './blocking/key-index.ts';
import type { ContactRecord, Statistics } from './types.ts';

/** Records by content, groups left out. */
export interface Contents {
  /** One record for each content, the one with the smallest id. */
  readonly distinct: readonly ContactRecord[];
  /** Ids of the cards of every content that several carry, sorted. */
  readonly copies: readonly (readonly string[])[];
}

export function contentsOf(records: readonly ContactRecord[]): Contents {
  const places = new Map<string, number>();
  const distinct: ContactRecord[] = [];
  const repeated = new Map<number, string[]>();
  for (const record of records) {
    if (record.kind === 'group') continue;
    const at = places.get(record.contentHash);
    if (at === undefined) {
      places.set(record.contentHash, distinct.push(record) - 1);
      continue;
    }
    const known = distinct[at]!;
    const same = repeated.get(at);
    if (same) same.push(record.id);
    else repeated.set(at, [known.id, record.id]);
    if (record.id < known.id) distinct[at] = record;
  }
  return { distinct, copies: [...repeated.values()].map((ids) => ids.sort()) };
}

/** One record per distinct content, the one with the smallest id; groups left out. */
export const distinctContents = (records: readonly ContactRecord[]): readonly ContactRecord[] =>
  contentsOf(records).distinct;

/** Statistics over an index that is already built. */
export function statisticsOf(records: readonly ContactRecord[], index: KeyIndex): Statistics {
  return { cards: records.length, ...countFields(records), holders: index.holders };
}

/** What the book's kind is told from (see `isRegister`). */
export function countFields(records: readonly ContactRecord[]): { withPhone: number; withBirthday: number } {
  let [withPhone, withBirthday] = [0, 0];
  for (const record of records) {
    if (record.phones.length > 0) withPhone++;
    if (record.birthday && record.birthday.year !== 0) withBirthday++;
  }
  return { withPhone, withBirthday };
}

/** Statistics of a book, copies and groups counted out. */
export function bookStatistics(records: readonly ContactRecord[]): Statistics {
  const distinct = distinctContents(records);
  return statisticsOf(distinct, indexKeys(distinct));
}
