/** Relations of the words of one book, which repeats its names: by number, remembered side by side. */
import { endsOther, isOfLanguages, isOtherName, RELATION, type Word, wordRelation } from './word-relation.ts';

/** Beside the relations as numbers: one word ends the other. */
export const PART = 8;
/** Beside a relation: it does not hold for given names. */
export const OTHER_NAME = 16;

/** The relation of two words by number. */
export type Relate = (one: number, other: number) => number;

const MOST_MEMO_BITS = 18;

/** Relations of words by number, with `PART` where one ends the other and `OTHER_NAME`; remembered, since books repeat their names. */
export function makeRelations(words: readonly Word[]): Relate {
  const bits = Math.min(MOST_MEMO_BITS, Math.ceil(Math.log2(words.length * 8 + 1)));
  const size = 1 << bits;
  const keys = new Float64Array(size).fill(-1);
  const values = new Uint8Array(size);
  return (one, other) => {
    if (one === other) return RELATION.same;
    const low = one < other ? one : other;
    const high = one < other ? other : one;
    const key = low * 0x4000000 + high;
    const at = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - bits);
    if (keys[at] === key) return values[at]!;
    const a = words[low]!;
    const b = words[high]!;
    const relation = wordRelation(a, b);
    const part = relation <= RELATION.prefix && endsOther(a, b) ? PART : 0;
    const value = relation + part + (isOtherName(a, b, relation) && !isOfLanguages(a, b) ? OTHER_NAME : 0);
    keys[at] = key;
    values[at] = value;
    return value;
  };
}
