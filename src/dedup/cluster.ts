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

/** What joins two clusters beside the scores of their pairs. */
export interface Joining {
  /** What a pair counts that was never scored. */
  readonly unknown: number;
  /**
   * Two groups join only where their mean cross score is at least this part of what the weaker of them stands on: all its cross
   * pairs may say one thing over and over.
   */
  readonly reserve: number;
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

/** Pairs with their cards as numbers, in order of first sight. */
interface NumberedPairs {
  readonly pairs: readonly LinkedPair[];
  readonly ids: readonly string[];
  /** Numbers of `a` and of `b`, by place of the pair. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

function numbered(pairs: readonly LinkedPair[]): NumberedPairs {
  const numbers = new Map<string, number>();
  const numberOf = (id: string): number => {
    const known = numbers.get(id);
    if (known !== undefined) return known;
    numbers.set(id, numbers.size);
    return numbers.size - 1;
  };
  const left = new Int32Array(pairs.length);
  const right = new Int32Array(pairs.length);
  pairs.forEach(({ a, b }, at) => {
    left[at] = numberOf(a);
    right[at] = numberOf(b);
  });
  return { pairs, ids: [...numbers.keys()], left, right };
}

/**
 * The places of pairs between cards that some chain of joining pairs connects. A join needs at least one cross pair that joins by
 * itself, so all others can never matter; most pairs of a book are among them.
 */
function withinReach({ pairs, ids, left, right }: NumberedPairs): number[] {
  const roots = Int32Array.from(ids, (_, number) => number);
  const joining = new Uint8Array(ids.length);
  const rootOf = (number: number): number => {
    let at = number;
    while (roots[at] !== at) {
      roots[at] = roots[roots[at]!]!;
      at = roots[at]!;
    }
    return at;
  };
  pairs.forEach((pair, at) => {
    if (pair.never || pair.weight < MODEL.join) return;
    joining[left[at]!] = joining[right[at]!] = 1;
    const [a, b] = [rootOf(left[at]!), rootOf(right[at]!)];
    roots[Math.max(a, b)] = Math.min(a, b);
  });
  const within: number[] = [];
  for (let at = 0; at < pairs.length; at++) {
    const [a, b] = [left[at]!, right[at]!];
    if (joining[a] === 1 && joining[b] === 1 && rootOf(a) === rootOf(b)) within.push(at);
  }
  return within;
}

/** One cluster for each card that a pair within reach names, in order of ids. */
function startClusters(all: NumberedPairs): Growing[] {
  const { pairs, ids, left, right } = all;
  const within = withinReach(all);
  const places = new Int32Array(ids.length).fill(-1);
  for (const at of within) places[left[at]!] = places[right[at]!] = 0;
  const cards = ids.map((id, number) => ({ id, number })).filter(({ number }) => places[number] === 0);
  const growing = cards
    .sort((x, y) => (x.id < y.id ? -1 : 1))
    .map(({ id, number }, place): Growing => {
      places[number] = place;
      return { id: place, members: [id], links: new Map(), strength: Number.POSITIVE_INFINITY, alive: true };
    });
  for (const at of within) {
    const [a, b] = [places[left[at]!]!, places[right[at]!]!];
    const { weight, never } = pairs[at]!;
    // one object for both sides: what is known between two is never changed, but made anew when one of them grows
    const link = { sum: capped(weight), known: 1, never };
    growing[a]!.links.set(b, link);
    growing[b]!.links.set(a, link);
  }
  return growing;
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
  readonly joining: Joining;
  private readonly joins: Join[] = [];
  private readonly means: number[] = [];

  constructor(joining: Joining) {
    this.joining = joining;
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
