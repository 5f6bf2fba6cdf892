/** Two names held against each other: which words answer to which, and how well. */
import { isGivenName } from '../names/given-names.ts';
import { ROLES } from '../names/roles.ts';
import { KINSHIP } from '../names/words.ts';
import type { Profile } from '../profile.ts';
import {
  best,
  endsOther,
  givenRelation,
  RELATION,
  type Relation,
  type Word,
  wordOf,
  wordRelation,
} from '../similarity/word-relation.ts';
import {
  areCrossed,
  areSyllables,
  differByAName,
  haveOtherHalves,
  isCalledByMiddle,
  isChain,
  isOtherCompound,
  isTurned,
  spellsInitials,
  withGluedWords,
} from './other-name.ts';

/**
 * `missing`: one side does not say; `middle`: only a middle name answers; `part`: one of several surnames; `alike`: two names
 * that are read or written nearly alike where a syllable or a character makes another name.
 */
export type Match = Relation | 'missing' | 'middle' | 'part' | 'alike';

export interface NameMatch {
  readonly given: Match;
  readonly family: Match;
  readonly swapped: boolean;
}

const UNKNOWN: NameMatch = { given: 'missing', family: 'missing', swapped: false };

/**
 * Compares two names in every order that their cards leave open. Symmetric. `touching`: the cards share a number or a mailbox,
 * so that a surname found in the other card's given field is taken for a slip of the fields.
 */
export function matchNames(a: Profile, b: Profile, touching = false): NameMatch {
  const match = matchWords(a, b, touching);
  if (!touching || match.given !== RELATION.none || !(spellsInitials(a, b) || spellsInitials(b, a))) return match;
  return { ...match, given: RELATION.initial };
}

function matchWords(a: Profile, b: Profile, touching: boolean): NameMatch {
  if (a.nameless || b.nameless) return UNKNOWN;
  if (a.record.name.han !== '' && b.record.name.han !== '') return matchHan(a, b);
  if (a.record.name.unordered || b.record.name.unordered) return matchUnordered(a, b, touching);
  const straight = {
    given: matchGiven(a, b),
    family: matchFamily(a.family, b.family),
    swapped: false,
  };
  if (!isWeak(straight.given) && !isWeak(straight.family)) return straight;
  const given = best(a.given, b.family);
  const family = best(a.family, b.given);
  if (Math.min(given, family) >= RELATION.near) return { given, family, swapped: true };
  if (!touching || !isWeak(straight.given) || !isWeak(straight.family)) return straight;
  return halfSwapped(a, b, given, family) ?? straight;
}

/** One card has its surname in the given field, and its given name only hints at the other's: `Lipicka, K.` and `Katarzyna Lipicka`. */
function halfSwapped(a: Profile, b: Profile, given: Relation, family: Relation): NameMatch | undefined {
  const isSurname = (words: readonly Word[]): boolean =>
    words.length > 0 && !words.some(({ text }) => isGivenName(text));
  const [surnames, mine, yours] =
    given > family ? [a.given, a.family, b.given] : ([b.given, b.family, a.given] as const);
  const shared = given > family ? given : family;
  if (shared < RELATION.sound || !isSurname(surnames)) return undefined;
  return { given: best(mine, yours, givenRelation), family: shared, swapped: true };
}

const joined = (words: readonly Word[]): string => words.map((word) => word.text).join('');

/** True for words that answer to each other, or nearly so. */
export const isSaid = (match: Match): boolean => typeof match === 'number' && match >= RELATION.near;

const isWeak = (match: Match): boolean => typeof match === 'number' && match < RELATION.near;

function matchGiven(a: Profile, b: Profile): Match {
  const [mine, yours] = [a.given, b.given];
  if (mine.length === 0 || yours.length === 0) return matchNicknames(a, b);
  if (mine.length > 1 && yours.length > 1 && (isOtherCompound(a, b) || isTurned(mine, yours))) return RELATION.none;
  const first = givenRelation(mine[0]!, yours[0]!);
  if (first === RELATION.same) return first;
  if (mine.length !== yours.length) {
    const whole = givenRelation(a.givenJoined, b.givenJoined);
    if (whole >= RELATION.sound) return whole;
    if (first === RELATION.none && (isChain(a, b) || isChain(b, a))) return 'middle';
  }
  const any = best(mine, yours, givenRelation);
  if (any >= RELATION.near) return any <= RELATION.sound && areSyllables(a, b) ? 'alike' : any;
  const called = matchNicknames(a, b);
  if (called !== 'missing' && called !== RELATION.none) return called;
  if (best(mine, b.middle) >= RELATION.short || best(yours, a.middle) >= RELATION.short) return 'middle';
  return any > first ? any : first;
}

function matchNicknames(a: Profile, b: Profile): Match {
  const [mine, yours] = [a.nicknames, b.nicknames];
  if (mine.length + yours.length === 0) return 'missing';
  const called = Math.max(best(mine, b.given, givenRelation), best(yours, a.given, givenRelation));
  const found = Math.max(called, best(mine.filter(isNickname), yours));
  return found >= RELATION.sound ? RELATION.short : 'missing';
}

/** Two plumbers are not one for that, and everybody's grandmother is called so. */
const isNickname = ({ text }: Word): boolean => !ROLES.has(text) && !KINSHIP.has(text);

function matchFamily(mine: readonly Word[], yours: readonly Word[]): Match {
  if (mine.length === 0 || yours.length === 0) return 'missing';
  if (mine.length === 1 && yours.length === 1) return partOr(mine[0]!, yours[0]!);
  const [left, right] = [joined(mine), joined(yours)];
  if (left === right) return RELATION.same;
  if (mine.length === yours.length) {
    const each = mine.map((word, index) => wordRelation(word, yours[index]!));
    const weakest = Math.min(...each) as Relation;
    if (weakest >= RELATION.near) return weakest;
  }
  const found = best(mine, yours);
  if (found >= RELATION.near) return haveOtherHalves(mine, yours) ? RELATION.none : 'part';
  const whole = wordRelation(wordOf(left), wordOf(right));
  return whole >= RELATION.near ? whole : found;
}

/** A particle that was written together once makes a part of the whole. */
function partOr(a: Word, b: Word): Match {
  const relation = wordRelation(a, b);
  return relation <= RELATION.prefix && endsOther(a, b) ? 'part' : relation;
}

/** Same characters, same name, or one of its two parts; another character with the same reading is another name that sounds alike. */
function matchHan(a: Profile, b: Profile): NameMatch {
  const [mine, yours] = [a.record.name.han, b.record.name.han];
  if (mine === yours) return { given: RELATION.same, family: RELATION.same, swapped: false };
  if (mine.length === yours.length && (mine + mine).includes(yours))
    return { given: RELATION.same, family: RELATION.same, swapped: true };
  const [short, long] = mine.length < yours.length ? [mine, yours] : [yours, mine];
  if (long.endsWith(short)) return { given: RELATION.same, family: 'missing', swapped: false };
  if (long.startsWith(short)) return { given: 'missing', family: RELATION.same, swapped: false };
  const straight = { given: matchGiven(a, b), family: matchFamily(a.family, b.family), swapped: false };
  const family =
    mine[0] === yours[0] ? RELATION.same : straight.family === RELATION.same ? RELATION.near : straight.family;
  // characters settle what a reading leaves open: 王伟 and 王薇 are two people, unless somebody guessed at the characters
  if (KANA.test(mine + yours)) return { ...straight, family };
  return { given: straight.given === RELATION.same ? 'alike' : RELATION.none, family, swapped: false };
}

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** At least one card does not say which word is which: words answer to whatever fits best, each once. */
function matchUnordered(a: Profile, b: Profile, touching: boolean): NameMatch {
  const [short, long] = a.words.length <= b.words.length ? [a, b] : [b, a];
  if (short.words.length === 1) return matchSingle(short, long);
  // a lone letter behind a name is as often "M" for mobile as an initial: it speaks only where it fits
  const [clear, other] = [withoutMisfits(short, long), withoutMisfits(long, short)];
  if (clear !== short || other !== long) return matchNames(clear, other, touching);
  if (touching && (isGlued(short, long) || isGlued(long, short)))
    return { given: 'missing', family: RELATION.same, swapped: false };
  const whole = withGluedWords(long, short);
  if (whole) return matchUnordered(whole, short, touching);
  if (differByAName(short, long)) return { given: RELATION.none, family: best(a.family, b.family), swapped: false };
  if (isChain(long, short)) return { given: 'middle', family: best(a.family, b.family), swapped: false };
  const relate = touching ? closeRelation : wordRelation;
  const taken = new Set<number>();
  const relations: Relation[] = [];
  const places: number[] = [];
  for (const word of short.words) {
    let found: Relation = RELATION.none;
    let place = -1;
    long.words.forEach((other, index) => {
      const relation = taken.has(index) ? RELATION.none : relate(word, other);
      if (relation > found) [found, place] = [relation, index];
    });
    if (place >= 0) taken.add(place);
    relations.push(found);
    places.push(place);
  }
  if (areCrossed(relations, places)) return { given: RELATION.none, family: RELATION.none, swapped: false };
  return byRole(short, long, relations, places);
}

/** Particles and articles that one card glues to the word: `Alfarsi` and `Al-Farsi`. */
function closeRelation(a: Word, b: Word): Relation {
  const relation = wordRelation(a, b);
  return relation <= RELATION.prefix && endsOther(a, b) ? RELATION.near : relation;
}

/** All that one card says is one word of the other: `Ruiz Santana` in the mailbox `laura.ruizsantana`. */
const isGlued = (one: Profile, other: Profile): boolean =>
  one.words.length > 1 && other.words.some(({ text }) => text === joined(one.words));

/** A name in one field without the lone letters that nothing on the other card answers to. */
function withoutMisfits(one: Profile, other: Profile): Profile {
  if (!one.record.name.unordered) return one;
  const fits = (word: Word): boolean => word.text.length > 1 || best([word], other.words) !== RELATION.none;
  if (one.words.every(fits)) return one;
  const [words, given, family] = [one.words.filter(fits), one.given.filter(fits), one.family.filter(fits)];
  return { ...one, words, given, family, nameless: words.length === 0 };
}

/** Gives the matched words their roles back, as the card that knows the order says. */
function byRole(short: Profile, long: Profile, relations: readonly Relation[], places: readonly number[]): NameMatch {
  const ruler = long.record.name.unordered && !short.record.name.unordered ? short : long;
  const givens = ruler.given.length;
  let given: Relation = RELATION.none;
  let family: Relation = RELATION.none;
  relations.forEach((relation, index) => {
    const place = ruler === short ? index : places[index]!;
    if (place < 0) return;
    if (place < givens) given = betterGiven(given, relation, short.words[index]!, long.words[places[index]!]);
    else if (ruler.record.name.unordered)
      family = betterGiven(family, relation, short.words[index]!, long.words[places[index]!]);
    else family = relation > family ? relation : family;
  });
  if (given === RELATION.none && ruler === long && short.words.length > 1 && places.every((place) => place >= givens))
    return { given: 'missing', family, swapped: false };
  if (given === RELATION.none && long.nicknames.length + short.nicknames.length > 0) {
    const called = matchNicknames(short, long);
    if (called !== 'missing') return { given: called, family, swapped: false };
  }
  if (given === RELATION.none && (isCalledByMiddle(short, long) || isCalledByMiddle(long, short)))
    return { given: 'middle', family, swapped: false };
  if (family === RELATION.none && given >= RELATION.near && isFirstSurname(short, long, relations, places))
    return { given, family: 'part', swapped: false };
  return { given, family, swapped: false };
}

/** `José Antonio Cuesta Mora` and `José A. Cuesta`: of two surnames in one field the first is told. */
function isFirstSurname(
  short: Profile,
  long: Profile,
  relations: readonly Relation[],
  places: readonly number[],
): boolean {
  const last = short.words.length - 1;
  const told = relations[last]! >= RELATION.sound && places[last]! > 0 && places[last]! === long.words.length - 2;
  return told && long.record.name.unordered && !short.words[last]!.known;
}

/** Which words are given names is known only now. */
function betterGiven(known: Relation, relation: Relation, word: Word, other: Word | undefined): Relation {
  const here = other === undefined || relation === RELATION.none ? relation : givenRelation(word, other);
  return here > known ? here : known;
}

/** One word alone: it may be either name of the other card. */
function matchSingle(short: Profile, long: Profile): NameMatch {
  const word = short.words[0]!;
  const given = best([word], [...long.given, ...long.nicknames], givenRelation);
  const family = best([word], long.family);
  const middle = best([word], long.middle);
  const isGiven = short.given.length > 0;
  if (given >= RELATION.near && given >= family) return { given, family: 'missing', swapped: false };
  if (family >= RELATION.near) return { given: 'missing', family, swapped: false };
  if (middle >= RELATION.short) return { given: 'middle', family: 'missing', swapped: false };
  if (short.record.name.unordered && long.words.length > 1 && joined(long.words) === word.text)
    return { given: RELATION.same, family: RELATION.same, swapped: false };
  const own = isGiven ? given : family;
  const hasOther = isGiven ? long.given.length > 0 : long.family.length > 0;
  if (!hasOther) return UNKNOWN;
  return isGiven
    ? { given: own, family: 'missing', swapped: false }
    : { given: 'missing', family: own, swapped: false };
}
