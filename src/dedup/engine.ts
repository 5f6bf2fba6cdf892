/** The engine's door: records and decisions in, ranked suggestions out. */
import { keyOf } from './blocking/key.ts';
import { clusterContents, copiesOf } from './contents.ts';
import { dismissalOf, type PairDecisions } from './decisions.ts';
import { MODEL, modelFor } from './model.ts';
import { scoreBook, strongestFirst } from './pairs.ts';
import { possibleClusters } from './possible.ts';
import { rankClusters, suggestionOf } from './rank.ts';
import type { ContactRecord, Decision, PairScore, Suggestion } from './types.ts';

export { candidatePairs, rescore, scoreBook, scoreStoredBook, weighBook } from './pairs.ts';
export { scorePair } from './score.ts';
export { bookStatistics } from './statistics.ts';

export interface SuggestOptions {
  /** Most suggestions to return; all when left out. */
  readonly limit?: number;
}

/** A full run: scores the book, clusters, ranks. Pure; the same input in any order gives the same result. */
export function suggest(
  records: readonly ContactRecord[],
  decisions: readonly Decision[],
  options: SuggestOptions = {},
): Suggestion[] {
  return suggestFromPairs(records, scoreBook(records), decisions, options);
}

/**
 * Clusters and ranks pairs that are already scored (stored ones). `records` must hold every card that a pair names.
 * What the weights do not carry but may be one person all the same comes last, as possible.
 * Dismissed pairs keep their clusters apart unless they share a strong identifier that was not known when dismissed.
 */
export function suggestFromPairs(
  records: readonly ContactRecord[],
  pairs: readonly PairScore[],
  decisions: readonly Decision[],
  options: SuggestOptions = {},
): Suggestion[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const dismissed = dismissalOf(decisions, byId);
  const copies = copiesOf(byId, dismissed);
  // namesakes far below were measured as unknown pairs: counted as what they weigh they tear true clusters apart
  const weighed = pairs.filter(({ weight }) => weight >= MODEL.kept);
  const believed = clusterContents(weighed, dismissed, copies, modelFor(copies.figures).joining);
  const clusters = [...believed, ...possibleClusters(pairs, dismissed, believed)];
  const home = new Map<string, number>();
  clusters.forEach((cluster, at) => {
    for (const id of cluster.members) home.set(id, at);
  });
  const within: PairScore[][] = clusters.map(() => []);
  for (const pair of pairs) {
    const at = home.get(pair.a);
    if (at !== undefined && at === home.get(pair.b)) within[at]!.push(pair);
  }
  const suggestions = clusters.map((cluster, at) => {
    const members = cluster.members.map((id) => byId.get(id)!);
    const strongest = within[at]!.sort(strongestFirst);
    return suggestionOf(cluster, strongest, members, fingerprintOf(members), isReopened(dismissed, strongest));
  });
  const ranked = rankClusters(suggestions, (id) => byId.get(id)!);
  return options.limit === undefined ? ranked : ranked.slice(0, options.limit);
}

function isReopened(dismissed: PairDecisions, pairs: readonly PairScore[]): boolean {
  return pairs.some((pair) => dismissed.reopened(pair.a, pair.b));
}

/** Equal when and only when the members and what they say are equal. */
function fingerprintOf(members: readonly ContactRecord[]): string {
  const parts = members.map((record) => `${record.id} ${record.contentHash}`).sort();
  return keyOf('cluster', parts.join('\n')).toString(36) + keyOf('members', parts.join('\n')).toString(36);
}
