/** How two words of a name are related, from equal down to nothing in common. */
import { isOtherLanguage, isShortForm, isSpelling } from '../names/given-names.ts';
import { consonantsOf, soundOf } from '../normalize/skeleton.ts';
import { editDistance } from './edit-distance.ts';
import { jaroWinkler } from './jaro-winkler.ts';

/** Relations from none to equal; a higher number says more. */
export const RELATION = {
  none: 0,
  initial: 1,
  prefix: 2,
  near: 3,
  language: 4,
  sound: 5,
  short: 6,
  same: 7,
} as const;
export type Relation = (typeof RELATION)[keyof typeof RELATION];

const memo = new Map<string, Map<string, Relation>>();
const MEMO_LIMIT = 20_000;

/** The strongest relation that holds. Symmetric; remembers what it has computed, names come again and again. */
export function wordRelation(a: string, b: string): Relation {
  if (a === b) return RELATION.same;
  if (a.length === 1 || b.length === 1) return a[0] === b[0] ? RELATION.initial : RELATION.none;
  const [first, second] = a < b ? [a, b] : [b, a];
  let row = memo.get(first);
  if (!row) {
    if (memo.size > MEMO_LIMIT) memo.clear();
    row = new Map();
    memo.set(first, row);
  }
  let relation = row.get(second);
  if (relation === undefined) {
    relation = compareWords(first, second);
    row.set(second, relation);
  }
  return relation;
}

function compareWords(a: string, b: string): Relation {
  if (isShortForm(a, b)) return RELATION.short;
  if (isSpelling(a, b) || soundsAlike(a, b)) return RELATION.sound;
  if (isOtherLanguage(a, b)) return RELATION.language;
  if (isNear(a, b)) return RELATION.near;
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 3 && long.startsWith(short) ? RELATION.prefix : RELATION.none;
}

function soundsAlike(a: string, b: string): boolean {
  if (soundOf(a) === soundOf(b)) return true;
  const bones = consonantsOf(a);
  return (
    bones.length >= 3 && bones === consonantsOf(b) && (isVowelless(a) || isVowelless(b) || editDistance(a, b) <= 2)
  );
}

/** Arabic and Hebrew letters come without vowels. */
const isVowelless = (word: string): boolean => word.length > 2 && !/[aeiou]/.test(word);

/** A slip of the finger: one edit in a word of four letters and more, two in one of eight, or the same letters swapped. */
function isNear(a: string, b: string): boolean {
  const longest = Math.max(a.length, b.length);
  const shortest = Math.min(a.length, b.length);
  if (shortest < 3 || longest - shortest > 2) return false;
  const edits = editDistance(a, b);
  if (edits <= 1) return longest >= 4;
  if (edits === 2) return longest >= 8 || (longest >= 6 && jaroWinkler(a, b) >= 0.9);
  return edits === 3 && longest >= 10;
}
