/** How the column of a card looks. */
import type { Cluster } from './use-cluster.ts';

/** The reference stands out, a card that does not take part steps back. */
export function columnClass(cardId: string, cluster: Cluster): string {
  if (cardId === cluster.referenceId) return 'cell cell-reference';
  return cluster.tickedIds.has(cardId) ? 'cell' : 'cell cell-out';
}
