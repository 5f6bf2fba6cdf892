/** Cards outside of every cluster that may be one person all the same: shown last, never believed, never merged unattended. */
import type { Cluster } from './clustering/cluster.ts';
import type { PairDecisions } from './decisions.ts';
import { strongestFirst } from './pairs.ts';
import type { PairScore } from './types.ts';

/**
 * Groups cards that no cluster holds so that every two of a group are a possible pair that nobody has dismissed: one weak
 * link after the other would chain a whole book. Strongest pairs first; the order of `pairs` does not matter.
 */
export function possibleClusters(
  pairs: readonly PairScore[],
  dismissed: PairDecisions,
  clusters: readonly Cluster[],
): Cluster[] {
  const taken = new Set(clusters.flatMap(({ members }) => members));
  const open = pairs
    .filter(({ a, b, tier, never }) => tier === 'possible' && !never && !taken.has(a) && !taken.has(b))
    .filter(({ a, b }) => !dismissed.forbids(a, b))
    .sort(strongestFirst);
  const known = new Set(open.flatMap(({ a, b }) => [`${a}\n${b}`, `${b}\n${a}`]));
  const groups = new Map<string, Cluster>();
  const groupOf = (id: string): Cluster => groups.get(id) ?? { members: [id], strength: Number.POSITIVE_INFINITY };
  for (const { a, b, weight } of open) {
    const [left, right] = [groupOf(a), groupOf(b)];
    if (left === right) continue;
    if (!left.members.every((one) => right.members.every((other) => known.has(`${one}\n${other}`)))) continue;
    const joined = { members: [...left.members, ...right.members].sort(), strength: weight };
    for (const id of joined.members) groups.set(id, joined);
  }
  return [...new Set(groups.values())];
}
