/** The most that two names can weigh, told from sketches: which words answer to which, as the comparisons of names do. */
import { FIELD } from '../profile.ts';
import { OTHER_NAME, PART, type Relate } from '../similarity/relation-memo.ts';
import { RELATION } from '../similarity/word-relation.ts';
import {
  COUPLE,
  FAMILY,
  FAMILY_JOINED,
  GIVEN,
  GIVEN_JOINED,
  INITIAL,
  MAIL,
  MIDDLE,
  MOBILE,
  NICKNAME,
  NONE,
  PHONE,
  SUFFIX,
} from './sketched-card.ts';
import type { Bounds } from './weight-bounds.ts';

/** Behind the relations and `PART`: what only a middle name answers to. */
const BY_MIDDLE = 9;

/** The strongest plain relation between two lists of one or two words; `ignored`: flag of what does not hold. */
function best(cells: Int32Array, i: number, j: number, relate: Relate, ignored = 0): number {
  let found: number = RELATION.none;
  for (let m = i; m < i + 2 && cells[m] !== NONE; m++)
    for (let n = j; n < j + 2 && cells[n] !== NONE; n++) {
      const value = relate(cells[m]!, cells[n]!);
      if ((value & ignored) === 0 && (value & 7) > found) found = value & 7;
    }
  return found;
}

/** As `matchGiven` in ordered-names, for names without nicknames and middle names. */
function givenMatch(cells: Int32Array, i: number, j: number, relate: Relate): number {
  if (cells[i + GIVEN] === cells[j + GIVEN]) return RELATION.same;
  if ((cells[i + GIVEN + 1] === NONE) !== (cells[j + GIVEN + 1] === NONE)) {
    const whole = relate(cells[i + GIVEN_JOINED]!, cells[j + GIVEN_JOINED]!);
    if ((whole & OTHER_NAME) === 0 && (whole & 7) >= RELATION.sound) return whole & 7;
  }
  return best(cells, i + GIVEN, j + GIVEN, relate, OTHER_NAME);
}

/** As `matchFamily` in ordered-names. */
function familyMatch(cells: Int32Array, i: number, j: number, relate: Relate): number {
  const one = cells[i + FAMILY + 1] === NONE;
  const other = cells[j + FAMILY + 1] === NONE;
  if (one && other) {
    const relation = relate(cells[i + FAMILY]!, cells[j + FAMILY]!) & ~OTHER_NAME;
    return relation >= PART ? PART : relation;
  }
  if (cells[i + FAMILY_JOINED] === cells[j + FAMILY_JOINED]) return RELATION.same;
  if (!one && !other) {
    const first = relate(cells[i + FAMILY]!, cells[j + FAMILY]!) & 7;
    const weakest = Math.min(first, relate(cells[i + FAMILY + 1]!, cells[j + FAMILY + 1]!) & 7);
    if (weakest >= RELATION.near) return weakest;
  }
  const found = best(cells, i + FAMILY, j + FAMILY, relate);
  if (found >= RELATION.near) return PART;
  const whole = relate(cells[i + FAMILY_JOINED]!, cells[j + FAMILY_JOINED]!) & 7;
  return whole >= RELATION.near ? whole : found;
}

function isSwapped(cells: Int32Array, i: number, j: number, relate: Relate): boolean {
  return (
    best(cells, i + GIVEN, j + FAMILY, relate) >= RELATION.near &&
    best(cells, i + FAMILY, j + GIVEN, relate) >= RELATION.near
  );
}

/** `chance`: the weight of the level of `coincidence`. */
type NameBound = (bounds: Bounds, cells: Int32Array, i: number, j: number, relate: Relate, chance: number) => number;

/** The most that two names can weigh whose cards say which word is which; infinite where they must be compared. */
export const orderedBound: NameBound = (bounds, cells, i, j, relate, chance) => {
  const mine = cells[i]!;
  const yours = cells[j]!;
  const given = givenMatch(cells, i, j, relate);
  const family = familyMatch(cells, i, j, relate);
  const boundOf = (match: number): number => boundOfMatch(bounds, mine, yours, match, family, chance);
  let bound = boundOf(given);
  if (family < RELATION.near && isSwapped(cells, i, j, relate)) return Number.POSITIVE_INFINITY;
  if (given >= RELATION.near) return bound;
  if (((mine | yours) & MIDDLE) !== 0) bound = Math.max(bound, boundOf(BY_MIDDLE));
  if (((mine | yours) & NICKNAME) !== 0) bound = Math.max(bound, boundOf(RELATION.short));
  return bound;
};

/** As `orderedBound` where words answer in any order: told while no more than one word of a side answers to the other's. */
export const unorderedBound: NameBound = (bounds, cells, i, j, relate, chance) => {
  const mine = cells[i]!;
  const yours = cells[j]!;
  if (((mine | yours) & INITIAL) !== 0) return Number.POSITIVE_INFINITY;
  const called = ((mine | yours) & NICKNAME) !== 0 ? RELATION.short : RELATION.none;
  const boundOf = (given: number, family: number): number => boundOfMatch(bounds, mine, yours, given, family, chance);
  const middle = ((mine | yours) & MIDDLE) !== 0 ? BY_MIDDLE : called;
  const told = Math.max(boundOf(called, RELATION.none), boundOf(middle, RELATION.none));
  let bound = Math.max(boundOf(RELATION.none, RELATION.none), told);
  let left: number = NONE;
  let right: number = NONE;
  let lefts = 0;
  let rights = 0;
  for (let m = i + GIVEN; m < i + GIVEN_JOINED; m++)
    for (let n = j + GIVEN; n < j + GIVEN_JOINED; n++) {
      const relation = cells[m] === NONE || cells[n] === NONE ? RELATION.none : relate(cells[m]!, cells[n]!) & 7;
      if (relation === RELATION.none) continue;
      if (m !== left) lefts++;
      if (n !== right) rights++;
      left = m;
      right = n;
      if (lefts > 1 && rights > 1) return Number.POSITIVE_INFINITY;
      bound = Math.max(bound, boundOf(relation, RELATION.none), boundOf(called, relation), boundOf(middle, relation));
    }
  return bound;
};

/** The most that names, phones and mailboxes of a pair can weigh that shares none and no full name, mistyped numbers left out. */
function boundOfMatch(
  bounds: Bounds,
  mine: number,
  yours: number,
  given: number,
  family: number,
  chance: number,
): number {
  const shared = mine & yours;
  let bound = bounds.intercept + bounds.given[given]! + bounds.family[family]!;
  if ((shared & PHONE) !== 0) bound += (shared & MOBILE) !== 0 ? bounds.phoneDiffer : bounds.fixedDiffer;
  if ((shared & MAIL) !== 0) bound += bounds.mail;
  if (((mine ^ yours) & COUPLE) !== 0) bound += bounds.kindConflict;
  else if ((shared & COUPLE) !== 0) bound += bounds.couple;
  if (family >= RELATION.prefix) bound += given === RELATION.none ? bounds.familyOnly : bounds.agree;
  else bound += given === RELATION.none ? bounds.neither : bounds.givenOnly;
  if ((shared & MIDDLE) !== 0) bound += bounds.middle;
  if (((mine | yours) & SUFFIX) !== 0) bound += bounds.suffix;
  if (given !== RELATION.none) bound += chance + ((shared & (PHONE | MAIL)) !== 0 ? bounds.apart : bounds.mute);
  else if ((shared & FIELD.birthday) !== 0) bound += bounds.clashBirthday;
  else if (family !== RELATION.none) bound += bounds.clashFamily;
  return bound;
}
