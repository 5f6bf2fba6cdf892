/** The engine's counts of a book as plain numbers by name: added up by contents, so that one changed card moves only its own. */
import { indexKeys } from '../dedup/blocking/key-index.ts';
import { statisticsOf } from '../dedup/statistics.ts';
import type { ContactRecord, Statistics } from '../dedup/types.ts';
import type { Counts, ScoredRecord } from '../store/scored-records.ts';
import { keysOf } from './keys-of.ts';

/** Holders are asked of the database; a record's share in the counts needs no index of keys. */
const NO_KEYS = indexKeys([]);

/** What is noted of a record when its pairs have been scored. */
export function scoredRecord(record: ContactRecord): ScoredRecord {
  const { holders: _, ...counts } = statisticsOf([record], NO_KEYS);
  return { objectId: record.id, contentHash: record.contentHash, counts: { ...counts }, keys: keysOf(record).keys };
}

/** Counts after contents came (`sign` 1) or went (-1). */
export function addCounts(counts: Counts, contents: readonly { readonly counts: Counts }[], sign: 1 | -1): Counts {
  const sum: Record<string, number> = { ...counts };
  for (const content of contents)
    for (const [name, count] of Object.entries(content.counts)) sum[name] = (sum[name] ?? 0) + sign * count;
  return sum;
}

/** Counts of a whole book from what was noted of its distinct contents. */
export function sumCounts(contents: readonly { readonly counts: Counts }[]): Counts {
  return addCounts({}, contents, 1);
}

/** The engine's statistics of a book from its counts, all but the holders of keys. */
export function statisticsFrom({ cards = 0, withPhone = 0, withBirthday = 0 }: Counts): Omit<Statistics, 'holders'> {
  return { cards, withPhone, withBirthday };
}
