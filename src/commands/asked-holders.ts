/** Counts of key holders for scoring: only those that a comparison asks for, since the keys of all candidates are many and common ones are slow to count. */
import type { Statistics } from '../dedup/types.ts';
import type { Db } from '../store/database.ts';
import { countHolders, type KeyScope } from '../store/key-holders.ts';
import type { Counts } from '../store/scored-records.ts';
import { statisticsFrom } from './book-counts.ts';

/**
 * What `score` returns with the right counts: it is called again with those it asked for in vain, until it asks for no others.
 * It must have no effect beside its answer. What is `known` already is not looked up.
 */
export async function withAskedHolders<T>(
  db: Db,
  scope: KeyScope,
  counts: Counts,
  score: (statistics: Statistics) => T | Promise<T>,
  known: Map<number, number> = new Map(),
): Promise<T> {
  for (;;) {
    const asked = new Set<number>();
    const holders = (key: number): number => {
      const count = known.get(key);
      if (count === undefined) asked.add(key);
      return count ?? 0;
    };
    const result = await score({ ...statisticsFrom(counts), holders });
    if (asked.size === 0) return result;
    const found = await countHolders(db, scope, [...asked]);
    for (const key of asked) known.set(key, found.get(key) ?? 0);
  }
}
