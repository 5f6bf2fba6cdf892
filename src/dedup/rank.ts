/** Ranking clusters and proposing the reference card. */
import type { Cluster } from './cluster.ts';
import { copyPair } from './pairs.ts';
import { probabilityOf } from './score.ts';
import type { ContactRecord, PairScore, Suggestion, Tier } from './types.ts';

const TIER_ORDER: readonly Tier[] = ['certain', 'likely', 'possible'];

/** The card to keep: the fullest, then the one edited last, then the smallest id. Never empty. */
export function referenceOf(members: readonly ContactRecord[]): string {
  const [best] = [...members].sort(
    (x, y) => y.completeness - x.completeness || order(y.revised, x.revised) || order(x.id, y.id),
  );
  return best!.id;
}

const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** The pairs that hold a cluster together: a maximum spanning tree. Its weakest pair is the cluster's weakest link. */
export function spanningPairs(members: readonly string[], pairs: readonly PairScore[]): PairScore[] {
  const root = new Map(members.map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (root.get(at) !== at) at = root.get(at)!;
    return at;
  };
  const tree: PairScore[] = [];
  for (const pair of pairs) {
    const [a, b] = [find(pair.a), find(pair.b)];
    if (a === b) continue;
    root.set(a, b);
    tree.push(pair);
  }
  return tree;
}

/** A cluster with its scored pairs (strongest first) to a suggestion. */
export function suggestionOf(
  cluster: Cluster,
  pairs: readonly PairScore[],
  members: readonly ContactRecord[],
  fingerprint: string,
  reopened: boolean,
): Suggestion {
  const tree = spanningPairs(cluster.members, pairs);
  const weakest = tree.at(-1) ?? copyPair(cluster.members[0]!, cluster.members[1]!);
  const tiers = tree.map((pair) => pair.tier);
  const held = probabilityOf(Math.min(cluster.strength, weakest.weight));
  const doubtful = tiers.some((tier) => tier !== 'certain');
  const tier = !doubtful ? 'certain' : weakest.weight >= 0 && held >= 0.5 ? 'likely' : 'possible';
  return {
    members: cluster.members,
    referenceId: referenceOf(members),
    tier,
    probability: held,
    weakest,
    pairs,
    fingerprint,
    exact: members.every((record) => record.contentHash === members[0]!.contentHash),
    reopened,
  };
}

/** Best first: by tier, then by what a merge is worth (confidence times cards that go away), then by members. */
export function rankClusters(suggestions: readonly Suggestion[]): Suggestion[] {
  const worth = (suggestion: Suggestion): number => suggestion.probability * (suggestion.members.length - 1);
  return [...suggestions].sort(
    (x, y) =>
      TIER_ORDER.indexOf(x.tier) - TIER_ORDER.indexOf(y.tier) ||
      worth(y) - worth(x) ||
      order(x.members[0]!, y.members[0]!),
  );
}
