/** Two names held against each other: which words answer to which, and how well. */
import { isGivenName } from '../names/given-names.ts';
import type { Profile } from '../profile.ts';
import { best, givenRelation, RELATION, type Relation, type Word, wordRelation } from '../similarity/word-relation.ts';
import {
  isBetterRead,
  isSaid,
  isWeak,
  matchFamily,
  matchGiven,
  matchHan,
  type NameMatch,
  UNKNOWN,
} from './ordered-names.ts';
import { areCalledOtherwise, spellsInitials } from './other-name.ts';
import { closeRelation, matchUnordered } from './unordered-names.ts';

/**
 * Compares two names in every order that their cards leave open. Symmetric. `touching`: the cards share a number or a mailbox,
 * so that a surname found in the other card's given field is taken for a slip of the fields.
 */
export function matchNames(a: Profile, b: Profile, touching = false): NameMatch {
  const words = matchWords(a, b, touching);
  const match = touching ? withSurnameAmongMiddles(words, a, b) : words;
  const isOne = match.given === RELATION.same || match.given === RELATION.near;
  if (isOne && (haveOtherMarks(a, b) || areCalledOtherwise(a, b))) return { ...match, given: 'alike' };
  if (!touching || match.given !== RELATION.none || !(spellsInitials(a, b) || spellsInitials(b, a))) return match;
  return { ...match, given: RELATION.initial };
}

/**
 * Characters beside Latin letters: 里奈 is Rina or Satona in Japan and Linai in China, so that a reading which nobody is known to be
 * called by says nothing where it does not fit.
 */
function mayBeReadOtherwise(a: Profile, b: Profile): boolean {
  const isHan = a.record.name.han !== '';
  if (isHan === (b.record.name.han !== '')) return false;
  const [read] = (isHan ? a : b).given;
  return read !== undefined && !read.known;
}

/** Both cards write their marks, and not the same ones: Hùng and Hưng. */
const haveOtherMarks = ({ record: a }: Profile, { record: b }: Profile): boolean =>
  a.name.marked !== undefined && b.name.marked !== undefined && a.name.marked !== b.name.marked;

function matchWords(a: Profile, b: Profile, touching: boolean): NameMatch {
  if (a.nameless || b.nameless) return UNKNOWN;
  if (a.record.name.han !== '' && b.record.name.han !== '') return matchHan(a, b, touching);
  if (a.record.name.unordered || b.record.name.unordered) {
    const [mine, yours] = withoutMisfits(a, b);
    return mine === a && yours === b ? matchUnordered(a, b, touching) : matchNames(mine, yours, touching);
  }
  const straight = {
    given: matchGiven(a, b),
    family: matchFamily(a.family, b.family),
    swapped: false,
  };
  if (!isWeak(straight.given) && !isWeak(straight.family)) return straight;
  if (touching && straight.given === RELATION.none && isSaid(straight.family) && mayBeReadOtherwise(a, b))
    return { ...straight, given: 'missing' };
  const across = touching ? bestOrWhole : bestOfWords;
  const given = across(a.given, a.givenJoined, b.family, b.familyJoined);
  const family = across(a.family, a.familyJoined, b.given, b.givenJoined);
  if (Math.min(given, family) >= RELATION.near)
    return isBetterRead(a, b) ? { given, family, swapped: true } : { given: family, family: given, swapped: true };
  if (!touching || !isWeak(straight.given) || !isWeak(straight.family)) return straight;
  return halfSwapped(a, b, given, family) ?? straight;
}

type Across = (mine: readonly Word[], mineJoined: Word, yours: readonly Word[], yoursJoined: Word) => Relation;

const bestOfWords: Across = (mine, _, yours) => best(mine, yours);

/** Words that only one of the cards writes together: `Chih-Ming` in the field of surnames and `Zhiming`, `De Smet` and `Desmet`. */
const bestOrWhole: Across = (mine, mineJoined, yours, yoursJoined) => {
  const found = best(mine, yours, closeRelation);
  if (mine.length === yours.length) return found;
  const whole = wordRelation(mineJoined, yoursJoined);
  return whole > found ? whole : found;
};

/**
 * What programs cut off three words takes the first of two surnames for a middle name: `Quiroga` of `Mercedes Quiroga Peralta`.
 */
function withSurnameAmongMiddles(match: NameMatch, a: Profile, b: Profile): NameMatch {
  if (match.family !== RELATION.none || !isSaid(match.given)) return match;
  const isTold = (one: Profile, other: Profile): boolean =>
    one.family.some((word) => !word.known && best([word], other.middle) >= RELATION.sound);
  return isTold(a, b) || isTold(b, a) ? { ...match, family: 'part' } : match;
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

/** Two names of several words without the lone letters of one field that nothing on the other card answers to. */
function withoutMisfits(a: Profile, b: Profile): readonly [Profile, Profile] {
  // a lone letter behind a name is as often "M" for mobile as an initial: it speaks only where it fits
  if (a.words.length === 1 || b.words.length === 1) return [a, b];
  return [fitting(a, b), fitting(b, a)];
}

function fitting(one: Profile, other: Profile): Profile {
  if (!one.record.name.unordered) return one;
  const fits = (word: Word): boolean => word.text.length > 1 || best([word], other.words) !== RELATION.none;
  if (one.words.every(fits)) return one;
  const [words, given, family] = [one.words.filter(fits), one.given.filter(fits), one.family.filter(fits)];
  return { ...one, words, given, family, nameless: words.length === 0 };
}
