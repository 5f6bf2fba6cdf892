/** Counts of key holders for scoring: only those that a comparison asks for, since the keys of all candidates are many and common ones are slow to count. */
import { turns } from '../base/turns.ts';
import type { Statistics } from '../dedup/types.ts';
import type { Counts } from '../store/scored-records.ts';
import { statisticsFrom } from './book-counts.ts';
import type { KeyLookUp } from './key-look-up.ts';

/**
 * What `score` says of each item with the right counts: where it asked for one in vain it is called again, until it asks for no
 * other. It must have no effect beside its answer. Other requests have their turns.
 */
export async function withAskedHolders<Item, Result>(
  look: KeyLookUp,
  counts: Counts,
  items: readonly Item[],
  score: (item: Item, statistics: Statistics) => Result,
): Promise<Result[]> {
  const turn = turns();
  const results: Result[] = [];
  const asked = new Set<number>();
  let inVain = false;
  const holders = (key: number): number => {
    if (look.knows(key)) return look.holders(key).count;
    asked.add(key);
    inVain = true;
    return 0;
  };
  const statistics = { ...statisticsFrom(counts), holders };
  let open = [...items.keys()];
  for (;;) {
    const unanswered: number[] = [];
    for (const at of open) {
      const others = turn();
      if (others) await others;
      inVain = false;
      results[at] = score(items[at]!, statistics);
      if (inVain) unanswered.push(at);
    }
    if (unanswered.length === 0) return results;
    await look.read(new Map([...asked].map((key) => [key, 0])));
    asked.clear();
    open = unanswered;
  }
}
