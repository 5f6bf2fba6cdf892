/** How two words of a name are related, from equal down to nothing in common. */
import { remembering } from '../../base/remembering.ts';
import { isFirstName } from '../names/first-names.ts';
import { type NameClasses, namesOf, sharesClass } from '../names/given-names.ts';
import { consonantsOf, lettersOf, soundOf } from '../normalize/skeleton.ts';
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

/** A word with what comparing it needs; one object for each text, so that equal words are one object. */
export interface Word {
  readonly text: string;
  /** Its place in the order of first sight. */
  readonly number: number;
  readonly sound: string;
  readonly bones: string;
  /** Bit set of its letters: two words whose sets differ much are far apart in edits, too. */
  readonly letters: number;
  /** Arabic and Hebrew letters come without vowels. */
  readonly vowelless: boolean;
  /** The sound without vowels and h, which Arabic letters leave out or transcribe at will. */
  readonly script: string;
  readonly classes: NameClasses;
  /** People are called by it: it is no slip of another name. */
  readonly known: boolean;
  /** `dorte` for `doerte`, which `Dörte` becomes without its dots. */
  readonly dotless: string;
}

let wordsSeen = 0;

/** The word object of a folded text. */
export const wordOf = remembering(500_000, (text): Word => {
  return {
    text,
    number: wordsSeen++,
    sound: soundOf(text),
    bones: consonantsOf(text),
    letters: lettersOf(text),
    script: soundOf(text).replace(/[aeiouh]/g, ''),
    vowelless: text.length > 2 && !/[aeiou]/.test(text),
    classes: namesOf(text),
    known: isFirstName(text),
    dotless: text.includes('e') ? text.replace(/([aou])e/g, '$1') : text,
  };
});

const MEMO_BITS = 16;
/** Two numbers below this fit into one double. */
const MOST_REMEMBERED = 2 ** 26;
const memoKeys = new Float64Array(1 << MEMO_BITS).fill(-1);
const memoRelations = new Uint8Array(1 << MEMO_BITS);

/** The strongest relation that holds. Symmetric. Remembered, since books repeat their names. */
export function wordRelation(a: Word, b: Word): Relation {
  if (a === b) return RELATION.same;
  const low = a.number < b.number ? a : b;
  const high = low === a ? b : a;
  if (high.number >= MOST_REMEMBERED) return relationOf(low, high);
  const key = low.number * MOST_REMEMBERED + high.number;
  const at = (Math.imul(low.number, 0x9e3779b1) ^ Math.imul(high.number, 0x85ebca6b)) >>> (32 - MEMO_BITS);
  if (memoKeys[at] === key) return memoRelations[at] as Relation;
  const relation = relationOf(low, high);
  memoKeys[at] = key;
  memoRelations[at] = relation;
  return relation;
}

function relationOf(a: Word, b: Word): Relation {
  if (a.text === b.text) return RELATION.same;
  if (a.text.length === 1 || b.text.length === 1)
    return a.text.charCodeAt(0) === b.text.charCodeAt(0) ? RELATION.initial : RELATION.none;
  const differing = bitCount(a.letters ^ b.letters);
  if (sharesClass(a.classes.short, b.classes.short)) return RELATION.short;
  if (sharesClass(a.classes.spelling, b.classes.spelling) || soundsAlike(a, b, differing)) return RELATION.sound;
  if (sharesClass(a.classes.language, b.classes.language)) return RELATION.language;
  if (differing <= 6 && isNear(a.text, b.text)) return isWifeOf(a, b) || isWifeOf(b, a) ? RELATION.none : RELATION.near;
  const short = a.text.length < b.text.length ? a.text : b.text;
  const long = short === a.text ? b.text : a.text;
  return short.length >= 3 && long.startsWith(short) ? RELATION.prefix : RELATION.none;
}

/**
 * As `wordRelation`, for given names: `Martin` and `Martina`, `Lena` and `Lea` are two names, not one with a slip. `Andrea` and
 * `Andrei` sound alike and may be one or two.
 */
export function givenRelation(a: Word, b: Word): Relation {
  const relation = wordRelation(a, b);
  if (relation === RELATION.none || relation === RELATION.same) return relation;
  if (isOtherName(a, b, relation)) return isOfLanguages(a, b) ? RELATION.language : RELATION.none;
  return relation === RELATION.sound && mayBeTwo(a, b) ? RELATION.near : relation;
}

/** Two names that sound alike, of which both are known, or the one is the other with a vowel behind it: `Ruwan` and `Ruwani`. */
function mayBeTwo(a: Word, b: Word): boolean {
  const [short, long] = a.text.length < b.text.length ? [a.text, b.text] : [b.text, a.text];
  const isLonger = long.startsWith(short) && /^[aeiouy]{1,2}$/.test(long.slice(short.length));
  return (isLonger || (a.known && b.known)) && !isOneKnown(a, b);
}

/** One name in two languages. */
export const isOfLanguages = (a: Word, b: Word): boolean => sharesClass(a.classes.language, b.classes.language);

const isOneKnown = (a: Word, b: Word): boolean =>
  a.dotless === b.dotless ||
  sharesClass(a.classes.plain, b.classes.plain) ||
  sharesClass(a.classes.spelling, b.classes.spelling);

/** The strongest relation that a word of the one has to a word of the other. */
export function best(some: readonly Word[], others: readonly Word[], relate = wordRelation): Relation {
  let found: Relation = RELATION.none;
  for (const word of some)
    for (const other of others) {
      const relation = relate(word, other);
      if (relation > found) found = relation;
    }
  return found;
}

/** True when a relation that holds for any two words says nothing about these two as given names. */
export function isOtherName(a: Word, b: Word, relation: Relation): boolean {
  if (relation !== RELATION.near && relation !== RELATION.sound && relation !== RELATION.prefix) return false;
  if (a.vowelless || b.vowelless) return false;
  if (a.sound !== b.sound && a.known && b.known && a.dotless !== b.dotless)
    return !sharesClass(a.classes.plain, b.classes.plain);
  return isHisAndHers(a.text, b.text);
}

/** Hungarians call the wife of Kovács János Kovács Jánosné. */
const isWifeOf = (wife: Word, husband: Word): boolean =>
  wife.text === `${husband.text}ne` && husband.text.length > 2 && husband.known;

/** `Christian` and `Christiane`, `Paolo` and `Paola`, `Julius` and `Julia`. */
export function isHisAndHers(one: string, other: string): boolean {
  if (one.length > other.length) return isHisAndHers(other, one);
  if (!other.startsWith(one.slice(0, -1))) return false;
  if (one.length === other.length) return /^(?:oa|ao)$/.test(one.slice(-1) + other.slice(-1));
  const ending = other.slice(one.length);
  if (/^(?:a|e|ia|ie|iia|iya|ina|ine|ne|ette|ella|elle)$/.test(ending))
    return other.startsWith(one) && /[^aeiouy]$/.test(one);
  if (ending === 'ye') return one.endsWith('i') && other.startsWith(one);
  return one.endsWith('a') && other === `${one.slice(0, -1)}us`;
}

const ARTICLE = /^(?:al|el|ul)(?=.{4})/;

/** One word ends the other, or is the other with its Arabic article glued on: `vanderberg` and `berg`, `alhashmi` and `hashimi`. */
export function endsOther(a: Word, b: Word): boolean {
  const short = a.text.length < b.text.length ? a : b;
  const long = short === a ? b : a;
  if (short.text.length < 4 || long.text.length === short.text.length) return false;
  if (long.text.endsWith(short.text)) return true;
  return ARTICLE.test(long.text) && wordRelation(short, wordOf(long.text.slice(2))) >= RELATION.near;
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555);
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333);
  return Math.imul((n + (n >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function soundsAlike(a: Word, b: Word, differing: number): boolean {
  if (a.sound === b.sound) return true;
  if ((a.vowelless || b.vowelless) && a.script.length >= 2 && a.script === b.script) return true;
  if (a.bones.length < 3 || a.bones !== b.bones) return false;
  return differing <= 4 && editDistance(a.text, b.text) <= 2;
}

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
