/** Clustering that resists chains: strongest first, two clusters join only while their mean cross score holds. */
import { MODEL } from '../model.ts';
import { type Joining, JoinQueue } from './join-queue.ts';
import { type Growing, type Link, type LinkedPair, numbered, startClusters } from './linked-cards.ts';

/** Cards that are taken for one person. */
export interface Cluster {
  /** Sorted. */
  readonly members: readonly string[];
  /** Mean cross score of its weakest join: how well the whole cluster holds together. */
  readonly strength: number;
}

/**
 * Groups cards by average linkage. `never` pairs keep whole clusters apart.
 * The result does not depend on the order of `pairs`: ties are broken by the smallest members. Only clusters of two
 * cards and more come back, ordered by their first member. Linear in pairs but for the heap.
 */
export function clusterPairs(pairs: readonly LinkedPair[], joining: Joining): Cluster[] {
  const growing = startClusters(numbered(pairs));
  const queue = new JoinQueue(joining);
  for (const cluster of growing)
    for (const [other, link] of cluster.links) if (cluster.id < other) offer(queue, cluster, growing[other]!, link);
  for (let join = queue.pop(); join; join = queue.pop()) {
    const [left, right] = [growing[join.left]!, growing[join.right]!];
    if (!left.alive || !right.alive) continue;
    if (join.size !== left.members.length * right.members.length) continue;
    merge(queue, growing, left, right, join.mean);
  }
  return growing
    .filter((cluster) => cluster.alive && cluster.members.length > 1)
    .map(({ members, strength }) => ({ members: members.sort(), strength }))
    .sort((x, y) => (x.members[0]! < y.members[0]! ? -1 : 1));
}

function offer(queue: JoinQueue, left: Growing, right: Growing, link: Link): void {
  if (link.never) return;
  const size = left.members.length * right.members.length;
  const mean = (link.sum + (size - link.known) * queue.joining.unknown) / size;
  const areGroups = left.members.length > 1 && right.members.length > 1;
  const least = areGroups ? queue.joining.reserve * Math.min(left.strength, right.strength) : MODEL.join;
  if (mean >= least) queue.push({ mean, left: left.id, right: right.id, size });
}

/** The right cluster's members and links go over to the left one; new means are offered. */
function merge(queue: JoinQueue, growing: readonly Growing[], left: Growing, right: Growing, mean: number): void {
  left.members.push(...right.members);
  left.strength = Math.min(left.strength, right.strength, mean);
  right.alive = false;
  left.links.delete(right.id);
  for (const [other, link] of right.links) {
    if (other === left.id) continue;
    const known = left.links.get(other);
    const sum = known
      ? { sum: known.sum + link.sum, known: known.known + link.known, never: known.never || link.never }
      : link;
    left.links.set(other, sum);
    growing[other]!.links.delete(right.id);
    growing[other]!.links.set(left.id, sum);
  }
  for (const [other, link] of left.links) offer(queue, left, growing[other]!, link);
}
