/** Counts of key holders for scoring: only those that a comparison asks for, since the keys of all candidates are many and common ones are slow to count. */
import type { Statistics } from '../dedup/types.ts';
import type { Db } from '../store/database.ts';
import { countHolders } from '../store/dedup-index.ts';
import type { Counts } from '../store/scored-records.ts';
import { statisticsFrom } from './book-counts.ts';
import type { Owner } from './recluster.ts';

/**
 * What `score` returns with the right counts: it is called again with those it asked for in vain, until it asks for no others.
 * It must have no effect beside its answer.
 */
export async function withAskedHolders<T>(
  db: Db,
  { organisationId, principalId }: Owner,
  counts: Counts,
  score: (statistics: Statistics) => T | Promise<T>,
): Promise<T> {
  const known = new Map<number, number>();
  for (;;) {
    const asked = new Set<number>();
    const holders = (key: number): number => {
      const count = known.get(key);
      if (count === undefined) asked.add(key);
      return count ?? 0;
    };
    const result = await score({ ...statisticsFrom(counts), holders });
    if (asked.size === 0) return result;
    const found = await countHolders(db, organisationId, principalId, [...asked]);
    for (const key of asked) known.set(key, found.get(key) ?? 0);
  }
}
