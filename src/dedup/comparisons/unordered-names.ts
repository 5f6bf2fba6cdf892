/** Names of which at least one does not say which word is which. */
import type { Profile } from '../profile.ts';
import {
  best,
  endsOther,
  givenRelation,
  RELATION,
  type Relation,
  type Word,
  wordRelation,
} from '../similarity/word-relation.ts';
import { isBetterRead, joined, matchNicknames, type NameMatch, UNKNOWN } from './ordered-names.ts';
import { areCrossed, differByAName, isCalledByMiddle, isChain, withGluedWords } from './other-name.ts';

/** At least one card does not say which word is which: words answer to whatever fits best, each once. */
export function matchUnordered(a: Profile, b: Profile, touching: boolean): NameMatch {
  const [short, long] = isShorter(b, a) ? [b, a] : [a, b];
  if (short.words.length === 1) return matchSingle(short, long);
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

/** Fewer words; among as many the card whose fields say less of which word is which. */
function isShorter(one: Profile, other: Profile): boolean {
  if (one.words.length !== other.words.length) return one.words.length < other.words.length;
  if (one.record.name.unordered !== other.record.name.unordered) return one.record.name.unordered;
  return isBetterRead(other, one);
}

/** Particles and articles that one card glues to the word: `Alfarsi` and `Al-Farsi`. */
export function closeRelation(a: Word, b: Word): Relation {
  const relation = wordRelation(a, b);
  return relation <= RELATION.prefix && endsOther(a, b) ? RELATION.near : relation;
}

/** All that one card says is one word of the other: `Ruiz Santana` in the mailbox `laura.ruizsantana`. */
const isGlued = (one: Profile, other: Profile): boolean =>
  one.words.length > 1 && other.words.some(({ text }) => text === joined(one.words));

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
