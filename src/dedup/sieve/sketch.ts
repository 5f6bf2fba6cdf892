/** A book's cards as a few numbers each, side by side: most candidates are strangers, and these already tell. */
import { chanceOf, spreadOf } from '../comparisons/place.ts';
import { MODEL, modelFor } from '../model.ts';
import { FIELD, type Profile } from '../profile.ts';
import { makeRelations, type Relate } from '../similarity/relation-memo.ts';
import type { Word } from '../similarity/word-relation.ts';
import type { Statistics } from '../types.ts';
import { orderedBound, unorderedBound } from './name-bounds.ts';
import {
  BIRTHDAY,
  draw,
  FAMILY,
  FIELDS,
  GIVEN,
  HAN,
  hashOf,
  MAILBOXES,
  MOBILE,
  MOST,
  NONE,
  ORGANIZATION,
  PHONES,
  PLAIN,
  SEVERAL,
  STRIDE,
  TITLE,
  UNORDERED,
} from './sketched-card.ts';
import { type Bounds, boundsOf } from './weight-bounds.ts';

/**
 * Makes the test that a candidate must pass to be worth scoring: false only where the weight of the pair (places in
 * `profiles`) cannot reach `MODEL.kept` and the two do not share a full name, so that leaving it out changes nothing. `latentToo`:
 * nor could it were their names rarer.
 */
export function makeSieve(
  profiles: readonly Profile[],
  statistics: Statistics,
  latentToo = false,
): (a: number, b: number) => boolean {
  const known = new Map<Word, number>();
  const cells = new Int32Array(profiles.length * STRIDE).fill(NONE);
  const numbers = new Float64Array(profiles.length * MOST);
  profiles.forEach((profile, at) => {
    draw(profile, cells, numbers, at, known);
  });
  const names = Int32Array.from(profiles, ({ fullName }) => (fullName === '' ? NONE : hashOf('fullname', fullName)));
  const words = [...known.keys()];
  const relate = makeRelations(words);
  const bounds = boundsOf(modelFor(statistics));
  const chance = latentToo ? () => 0 : makeChance(cells, words, statistics);
  return (a, b) => {
    if (names[a] === names[b] && names[a] !== NONE) return true;
    const i = a * STRIDE;
    const j = b * STRIDE;
    const mine = cells[i]!;
    const yours = cells[j]!;
    if ((mine & yours & PLAIN) === 0 || (mine & yours & HAN) !== 0 || sharesContact(cells, i, j)) return true;
    const boundOf = ((mine | yours) & UNORDERED) === 0 ? orderedBound : unorderedBound;
    const bound = boundOf(bounds, cells, i, j, relate, bounds.chance[chance(i, j)]!) + fieldBound(bounds, cells, i, j);
    if (bound >= MODEL.reach) return true;
    if ((mine & yours & MOBILE) === 0 || bound - bounds.phoneDiffer + bounds.phoneNear < MODEL.reach) return false;
    return mayBeMistyped(numbers, a * MOST, b * MOST);
  };
}

/** The level of `coincidence` of two cards that share no number and no mailbox. */
function makeChance(cells: Int32Array, words: readonly Word[], statistics: Statistics): Relate {
  const given = Uint8Array.from(words, (word) => spreadOf([word], 'given', statistics));
  const family = Uint8Array.from(words, (word) => spreadOf([word], 'family', statistics));
  const familyOf = (i: number): number => {
    const first = family[cells[i + FAMILY]!]!;
    const second = cells[i + FAMILY + 1]!;
    return second === NONE ? first : Math.max(first, family[second]!);
  };
  return (i, j) => {
    // what two namesakes born on one day are is no chance
    if (cells[i + BIRTHDAY] === cells[j + BIRTHDAY] && cells[i + BIRTHDAY] !== NONE) return 0;
    if ((cells[i]! & cells[j]! & FIELD.address) !== 0) return 0;
    const commoner = Math.max(given[cells[i + GIVEN]!]!, given[cells[j + GIVEN]!]!);
    return chanceOf(commoner, Math.max(familyOf(i), familyOf(j)), statistics);
  };
}

function sharesContact(cells: Int32Array, i: number, j: number): boolean {
  return shares(cells, i + PHONES, j + PHONES) || shares(cells, i + MAILBOXES, j + MAILBOXES);
}

function shares(cells: Int32Array, i: number, j: number): boolean {
  for (let m = i; m < i + MOST && cells[m] !== NONE; m++)
    for (let n = j; n < j + MOST && cells[n] !== NONE; n++) if (cells[m] === cells[n]) return true;
  return false;
}

const FEW_VALUES = FIELD.organization | FIELD.title | FIELD.birthday;

/** The most that the fields can weigh which both cards fill. */
function fieldBound(bounds: Bounds, cells: Int32Array, i: number, j: number): number {
  const shared = cells[i]! & cells[j]! & FIELDS;
  let bound = bounds.gains[shared & ~FEW_VALUES]!;
  if (shared & FIELD.organization) {
    const mine = cells[i + ORGANIZATION]!;
    const yours = cells[j + ORGANIZATION]!;
    bound += bounds.organization[mine === yours || mine === SEVERAL || yours === SEVERAL ? 0 : 1];
  }
  if (shared & FIELD.title) bound += bounds.title[cells[i + TITLE] === cells[j + TITLE] ? 0 : 1];
  if (shared & FIELD.birthday) bound += bounds.birthday[cells[i + BIRTHDAY] === cells[j + BIRTHDAY] ? 0 : 1];
  return bound;
}

/** One digit changed moves a number by a digit times a power of ten, two neighbours swapped by nine times that. */
function mayBeMistyped(numbers: Float64Array, i: number, j: number): boolean {
  for (let m = i; m < i + MOST; m++)
    for (let n = j; n < j + MOST; n++) {
      if (numbers[m] === 0 || numbers[n] === 0) continue;
      let apart = Math.abs(numbers[m]! - numbers[n]!);
      while (apart >= 10 && apart % 10 === 0) apart /= 10;
      if (apart < 10 || (apart < 100 && apart % 9 === 0)) return true;
    }
  return false;
}
