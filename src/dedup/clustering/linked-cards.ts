/** Cards and what is known between them, as clustering begins. */
import { MODEL } from '../model.ts';

/** A scored pair as clustering needs it. */
export interface LinkedPair {
  readonly a: string;
  readonly b: string;
  readonly weight: number;
  /** The two must never share a cluster. */
  readonly never: boolean;
}

/** What is known between two growing clusters. */
export interface Link {
  readonly sum: number;
  readonly known: number;
  readonly never: boolean;
}

/** A cluster as it grows; `id`: its place in the list of all. */
export interface Growing {
  readonly id: number;
  members: string[];
  links: Map<number, Link>;
  strength: number;
  alive: boolean;
}

const capped = (weight: number): number => Math.max(MODEL.floor, Math.min(MODEL.cap, weight));

/** Pairs with their cards as numbers, in order of first sight. */
interface NumberedPairs {
  readonly pairs: readonly LinkedPair[];
  readonly ids: readonly string[];
  /** Numbers of `a` and of `b`, by place of the pair. */
  readonly left: Int32Array;
  readonly right: Int32Array;
}

/** Numbers the cards of pairs by first sight. */
export function numbered(pairs: readonly LinkedPair[]): NumberedPairs {
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
export function startClusters(all: NumberedPairs): Growing[] {
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
