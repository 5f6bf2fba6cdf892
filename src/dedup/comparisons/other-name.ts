/** Names that agree in part and are two people's all the same; words that are one name in two pieces. */
import { VIETNAMESE_SURNAMES } from '../names/eastern.ts';
import { isArabicName } from '../names/given-names.ts';
import type { Profile } from '../profile.ts';
import {
  best,
  givenRelation,
  RELATION,
  type Relation,
  type Word,
  wordOf,
  wordRelation,
} from '../similarity/word-relation.ts';

/**
 * Jean-Luc and Jean-Marc, Maria Clara and Maria Luisa are two people: each card has a word that nothing on the other answers
 * to. One that leaves a word out says nothing else.
 */
export function isOtherCompound(a: Profile, b: Profile): boolean {
  if (!isUnanswered(a, b) || !isUnanswered(b, a)) return false;
  return a.given.length === b.given.length || givenRelation(a.givenJoined, b.givenJoined) < RELATION.sound;
}

const isUnanswered = ({ given }: Profile, other: Profile): boolean => given.some((word) => !isAnswered(word, other));

const isAnswered = (word: Word, { words }: Profile): boolean => best([word], words, givenRelation) !== RELATION.none;

/**
 * Juan Pablo and Juan Pedro: the second names are known ones, and nothing of the one answers to the other's. Whether a second name
 * stands in the field of given names or of middle ones is up to the program.
 */
export function haveOtherMiddles(a: Profile, b: Profile): boolean {
  if (a.middle.length + b.middle.length === 0) return false;
  const [mine, yours] = [furtherOf(a), furtherOf(b)];
  if (mine.length === 0 || yours.length === 0 || a.given[0] !== b.given[0]) return false;
  return mine.every(({ known }) => known) && yours.every(({ known }) => known) && best(mine, yours) === RELATION.none;
}

const furtherOf = ({ given, middle }: Profile): readonly Word[] => (middle.length > 0 ? middle : given.slice(1));

/** Vietnamese are called by their last word: Mai Anh is not Mai. Told where the surname is hardly anybody else's, or a middle word says so. */
export function areCalledOtherwise(a: Profile, b: Profile): boolean {
  if (a.given.length === b.given.length || !isVietnamese(a) || !isVietnamese(b)) return false;
  return givenRelation(a.given.at(-1)!, b.given.at(-1)!) === RELATION.none;
}

const isVietnamese = ({ given, family, middle }: Profile): boolean => {
  const surname = VIETNAMESE_SURNAMES.get(family[0]?.text ?? '');
  return given.length > 0 && (surname === 'only' || (surname === 'also' && middle.some(({ text }) => text === 'thi')));
};

/** María José is a woman, José María a man. */
export const isTurned = (mine: readonly Word[], yours: readonly Word[]): boolean =>
  mine.length === 2 && yours.length === 2 && mine[0] === yours[1] && mine[1] === yours[0] && mine[0] !== mine[1];

/** Khaled Mansour is the son of Mansour: the one's second name is the other's first, among people who name their fathers. */
export function isChain(son: Profile, father: Profile): boolean {
  const [first, second] = son.words;
  if (first === undefined || second === undefined || son.words.length !== father.words.length + 1) return false;
  return (
    isArabicName(first.text) && isArabicName(second.text) && father.words[0] === second && !isAnswered(first, father)
  );
}

/** Su-jin and Su-min, Zhiqiang and Zhigang: where a syllable makes another name, a slip is as likely as a sister. */
export function areSyllables(a: Profile, b: Profile): boolean {
  if (a.givenJoined.sound === b.givenJoined.sound) return false;
  if (!haveEastAsianSurnames(a, b)) return false;
  return ![...a.given, ...b.given].some(({ known }) => known);
}

/** Both surnames are among those that are spelt in several ways in Latin letters. */
export const haveEastAsianSurnames = (a: Profile, b: Profile): boolean =>
  a.family[0]?.classes.spelling !== undefined && b.family[0]?.classes.spelling !== undefined;

/** Navarro López and Navarro Pérez: each has a second surname that nothing on the other answers to, as cousins have. */
export function haveOtherHalves(mine: readonly Word[], yours: readonly Word[]): boolean {
  if (mine.length < 2 || yours.length < 2) return false;
  const isAlone = (words: readonly Word[]) => (word: Word) => best([word], words) === RELATION.none;
  return mine.some(isAlone(yours)) && yours.some(isAlone(mine));
}

/**
 * `Pablo Iturbe Arregui` and `Pedro Iturbe Arregui`, in one field each: what agrees are the two surnames of brothers. `Ana Paula
 * Rezende` and `Ana Clara Rezende` are sisters.
 */
export function differByAName(a: Profile, b: Profile): boolean {
  if (a.words.length < 3 || a.words.length !== b.words.length) return false;
  if (!isAnswered(a.words[0]!, b) && !isAnswered(b.words[0]!, a)) return true;
  const [mine, yours] = [
    a.words.filter((word) => !isAnswered(word, b)),
    b.words.filter((word) => !isAnswered(word, a)),
  ];
  return mine.length === 1 && yours.length === 1 && mine[0]!.known && yours[0]!.known;
}

/** Two words of one card that are one on the other: `Li Hua Zhao` and `Zhao Lihua`, `Min-ho` and `Minho`. */
export function withGluedWords(long: Profile, short: Profile): Profile | undefined {
  if (long.words.length !== short.words.length + 1 || short.words.length < 2) return undefined;
  for (let at = 0; at + 1 < long.words.length; at++) {
    const text = long.words[at]!.text + long.words[at + 1]!.text;
    const isOne = ({ text: other }: Word): boolean =>
      other[0] === text[0] && other.at(-1) === text.at(-1) && Math.abs(other.length - text.length) <= 2;
    if (!short.words.some((word) => isOne(word) && wordRelation(word, wordOf(text)) >= RELATION.sound)) continue;
    const words = long.words.toSpliced(at, 2, wordOf(text));
    const givens = long.given.length - (at < long.given.length ? 1 : 0);
    return { ...long, words, given: words.slice(0, givens), family: words.slice(givens) };
  }
  return undefined;
}

/** Georgios Nikolaou and Nikolaos Georgiou, father and son: two slips and another order at once are no slip. */
export const areCrossed = (relations: readonly Relation[], places: readonly number[]): boolean =>
  places.length === 2 &&
  places[0] === 1 &&
  places[1] === 0 &&
  relations.every((relation) => relation === RELATION.near);

/** María Elena García is called Elena: the card in one field holds her second name, the other has it as a middle name. */
export const isCalledByMiddle = (called: Profile, whole: Profile): boolean =>
  called.record.name.unordered && whole.middle.length > 0 && best(called.words, whole.middle) >= RELATION.short;

/** `KD Zimmermann` is Klaus-Dieter. */
export function spellsInitials({ given: short }: Profile, { given: long }: Profile): boolean {
  const [letters] = short;
  if (letters === undefined || short.length > 1 || long.length < 2 || letters.text.length !== long.length) return false;
  return long.every(({ text }, at) => text[0] === letters.text[at]);
}
