/** Names whose cards say which word is which: given with given, surname with surname, Han names by their characters. */
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
  areSyllables,
  haveEastAsianSurnames,
  haveOtherHalves,
  isChain,
  isOtherCompound,
  isTurned,
} from './other-name.ts';

/**
 * `missing`: one side does not say; `middle`: only a middle name answers; `part`: one of several surnames; `alike`: two names
 * that are read or written nearly alike where a syllable or a character makes another name.
 */
export type Match = Relation | 'missing' | 'middle' | 'part' | 'alike';

/** How well the two names answer to each other; `swapped`: given and family stand in each other's field on one of the cards. */
export interface NameMatch {
  readonly given: Match;
  readonly family: Match;
  readonly swapped: boolean;
}

/** Nothing can be said of the names. */
export const UNKNOWN: NameMatch = { given: 'missing', family: 'missing', swapped: false };

/** The words written together. */
export const joined = (words: readonly Word[]): string => words.map((word) => word.text).join('');

/** True for words that answer to each other, or nearly so. */
export const isSaid = (match: Match): boolean => typeof match === 'number' && match >= RELATION.near;

/** True for words that do not answer to each other; what a card does not say is not weak. */
export const isWeak = (match: Match): boolean => typeof match === 'number' && match < RELATION.near;

/** How given names answer to each other: the first ones, all as one word, any of them, then nicknames and middle names. */
export function matchGiven(a: Profile, b: Profile): Match {
  const [mine, yours] = [a.given, b.given];
  if (mine.length === 0 || yours.length === 0) return matchNicknames(a, b);
  if (mine.length > 1 && yours.length > 1 && (isOtherCompound(a, b) || isTurned(mine, yours))) return RELATION.none;
  const first = givenRelation(mine[0]!, yours[0]!);
  if (first === RELATION.same) return mine.length === yours.length && mine.length > 1 ? asOneName(a, b) : first;
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

/** Chih-Ming and Chih-Ling begin alike: as many words answer to each other as well as the worst of them does. */
function asOneName(a: Profile, b: Profile): Match {
  const weakest = Math.min(...a.given.map((word, at) => givenRelation(word, b.given[at]!))) as Relation;
  if (weakest < RELATION.near) return RELATION.same;
  return weakest === RELATION.near && haveEastAsianSurnames(a, b) ? 'alike' : weakest;
}

/** What the one is called by the other's given or nicknames; `missing` where no nickname answers, since nobody writes down all. */
export function matchNicknames(a: Profile, b: Profile): Match {
  const [mine, yours] = [a.nicknames, b.nicknames];
  if (mine.length + yours.length === 0) return 'missing';
  const called = Math.max(best(mine, b.given, givenRelation), best(yours, a.given, givenRelation));
  const found = Math.max(called, best(mine.filter(isNickname), yours));
  return found >= RELATION.sound ? RELATION.short : 'missing';
}

/** Two plumbers are not one for that, and everybody's grandmother is called so. */
const isNickname = ({ text }: Word): boolean => !ROLES.has(text) && !KINSHIP.has(text);

/** How surnames answer to each other, as a whole or in part. */
export function matchFamily(mine: readonly Word[], yours: readonly Word[]): Match {
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
export function matchHan(a: Profile, b: Profile, touching = false): NameMatch {
  const [mine, yours] = [a.record.name.han, b.record.name.han];
  if (mine === yours) return { given: RELATION.same, family: RELATION.same, swapped: false };
  if (mine.length === yours.length && (mine + mine).includes(yours))
    return { given: RELATION.same, family: RELATION.same, swapped: true };
  const [short, long] = mine.length < yours.length ? [mine, yours] : [yours, mine];
  const isHalf = [a, b].some(
    ({ record, given, family }) => record.name.han === short && given.length * family.length === 0,
  );
  if (isHalf && long.endsWith(short)) return { given: RELATION.same, family: 'missing', swapped: false };
  // any character may be a surname: 文斌 is two names, or what 曹文斌 is called by whoever has his number
  if (touching && short.length > 1 && long.length === short.length + 1 && long.endsWith(short))
    return { given: RELATION.same, family: 'missing', swapped: false };
  if (isHalf && long.startsWith(short)) return { given: 'missing', family: RELATION.same, swapped: false };
  const straight = { given: matchGiven(a, b), family: matchFamily(a.family, b.family), swapped: false };
  const family =
    mine[0] === yours[0] ? RELATION.same : straight.family === RELATION.same ? RELATION.near : straight.family;
  // characters settle what a reading leaves open: 王伟 and 王薇 are two people, unless somebody guessed at the characters
  if (KANA.test(mine + yours)) return { ...straight, family };
  return { given: straight.given === RELATION.same ? 'alike' : RELATION.none, family, swapped: false };
}

const KANA = /[\p{Script=Hiragana}\p{Script=Katakana}]/u;

/**
 * Of two cards that say the opposite of each other, the one to believe which word is which: whose given name is known as one, and
 * whose surname is not. Where that says nothing, it is told from what is written and then from where, so that no order of the two makes a difference.
 */
export function isBetterRead(one: Profile, other: Profile): boolean {
  const [mine, yours] = [credibility(one), credibility(other)];
  if (mine !== yours) return mine > yours;
  const at = one.words.findIndex(({ text }, index) => text !== other.words[index]?.text);
  if (at < 0) return one.family.length > other.family.length;
  return one.words[at]!.text < (other.words[at]?.text ?? '');
}

const credibility = ({ given, family }: Profile): number =>
  Number(given[0]?.known ?? false) + Number(family.length > 0 && !family[0]!.known);
