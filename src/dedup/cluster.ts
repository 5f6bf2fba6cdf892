/** Clustering that resists chains: strongest first, two clusters join only while their mean cross score holds. */
import { MODEL } from './model.ts';

/** A scored pair as clustering needs it. */
export interface LinkedPair {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  /** The two must never share a cluster. */
  readonly never: boolean;
}

export interface Cluster {
  /** Sorted. */
  readonly members: readonly string[];
  /** Mean cross score of its weakest join: how well the whole cluster holds together. */
  readonly strength: number;
}

/** What is known between two growing clusters. */
interface Link {
  readonly sum: number;
  readonly known: number;
  readonly never: boolean;
}

interface Growing {
  readonly id: number;
  members: string[];
  links: Map<number, Link>;
  strength: number;
  alive: boolean;
}

const capped = (weight: number): number => Math.max(MODEL.floor, Math.min(MODEL.cap, weight));

/**
 * Groups cards by average linkage. Pairs without a score count as `unknown`; `never` pairs keep whole clusters apart.
 * The result does not depend on the order of `pairs`: ties are broken by the smallest members. Only clusters of two
 * cards and more come back, ordered by their first member. Linear in pairs but for the heap.
 */
export function clusterPairs(pairs: readonly LinkedPair[], unknown: number): Cluster[] {
  const growing = startClusters(withinReach(pairs));
  const queue = new JoinQueue(unknown);
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

/**
 * The pairs between cards that some chain of joining pairs connects. A join needs at least one cross pair that joins by
 * itself, so all others can never matter; most pairs of a book are among them.
 */
function withinReach(pairs: readonly LinkedPair[]): LinkedPair[] {
  const places = new Map<string, number>();
  const roots: number[] = [];
  const rootOf = (id: string): number => {
    let at = places.get(id);
    if (at === undefined) {
      at = roots.length;
      places.set(id, at);
      roots.push(at);
    }
    while (roots[at] !== at) {
      roots[at] = roots[roots[at]!]!;
      at = roots[at]!;
    }
    return at;
  };
  for (const pair of pairs)
    if (!pair.never && pair.weight >= MODEL.join) {
      const [a, b] = [rootOf(pair.a), rootOf(pair.b)];
      roots[Math.max(a, b)] = Math.min(a, b);
    }
  const met = (id: string): number => (places.has(id) ? rootOf(id) : -1);
  return pairs.filter((pair) => {
    const root = met(pair.a);
    return root >= 0 && root === met(pair.b);
  });
}

function startClusters(pairs: readonly LinkedPair[]): Growing[] {
  const ids = new Set<string>();
  for (const pair of pairs) ids.add(pair.a).add(pair.b);
  const places = new Map<string, number>();
  const growing: Growing[] = [...ids].sort().map((id, place) => {
    places.set(id, place);
    return { id: place, members: [id], links: new Map(), strength: Number.POSITIVE_INFINITY, alive: true };
  });
  for (const pair of pairs) {
    const [a, b] = [places.get(pair.a)!, places.get(pair.b)!];
    // one object for both sides: what is known between two is never changed, but made anew when one of them grows
    const link = { sum: capped(pair.weight), known: 1, never: pair.never };
    growing[a]!.links.set(b, link);
    growing[b]!.links.set(a, link);
  }
  return growing;
}

function offer(queue: JoinQueue, left: Growing, right: Growing, link: Link): void {
  if (link.never) return;
  const size = left.members.length * right.members.length;
  const mean = (link.sum + (size - link.known) * queue.unknown) / size;
  if (mean >= MODEL.join) queue.push({ mean, left: left.id, right: right.id, size });
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

interface Join {
  readonly mean: number;
  readonly left: number;
  readonly right: number;
  /** Number of cross pairs when offered: another number means that one side has grown since. */
  readonly size: number;
}

/** Among joins with one mean, that of the smallest clusters comes first. */
function isSmaller(a: Join, b: Join): boolean {
  const lowA = Math.min(a.left, a.right);
  const lowB = Math.min(b.left, b.right);
  return lowA !== lowB ? lowA < lowB : Math.max(a.left, a.right) < Math.max(b.left, b.right);
}

/** Binary heap, best join first. The means stand side by side, since they are nearly all that is compared. */
class JoinQueue {
  /** What a pair without a score counts. */
  readonly unknown: number;
  private readonly joins: Join[] = [];
  private readonly means: number[] = [];

  constructor(unknown: number) {
    this.unknown = unknown;
  }

  push(join: Join): void {
    let at = this.joins.push(join) - 1;
    this.means.push(join.mean);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.isBefore(at, up)) return;
      this.swap(at, up);
      at = up;
    }
  }

  pop(): Join | undefined {
    const top = this.joins[0];
    const last = this.joins.pop();
    const mean = this.means.pop();
    const count = this.joins.length;
    if (count === 0 || !last) return top;
    this.joins[0] = last;
    this.means[0] = mean!;
    for (let at = 0; ; ) {
      let next = 2 * at + 1;
      if (next >= count) return top;
      if (next + 1 < count && this.isBefore(next + 1, next)) next++;
      if (!this.isBefore(next, at)) return top;
      this.swap(at, next);
      at = next;
    }
  }

  private isBefore(one: number, other: number): boolean {
    const mean = this.means[one]!;
    const than = this.means[other]!;
    return mean !== than ? mean > than : isSmaller(this.joins[one]!, this.joins[other]!);
  }

  private swap(one: number, other: number): void {
    const join = this.joins[one]!;
    const mean = this.means[one]!;
    this.joins[one] = this.joins[other]!;
    this.means[one] = this.means[other]!;
    this.joins[other] = join;
    this.means[other] = mean;
  }
}
