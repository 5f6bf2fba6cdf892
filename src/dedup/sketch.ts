/** A book's cards as a few numbers each, side by side: most candidates are strangers, and these already tell. */
import { chanceOf, spreadOf } from './comparisons/place.ts';
import { keyOf } from './key.ts';
import { MODEL, modelFor } from './model.ts';
import { FIELD, type Profile } from './profile.ts';
import { makeRelations, OTHER_NAME, PART, type Relate } from './similarity/relation-memo.ts';
import { RELATION, type Word } from './similarity/word-relation.ts';
import type { Statistics } from './types.ts';
import { type Bounds, boundsOf } from './weight-bounds.ts';

/** Numbers of one card: flags, three phones, three mailboxes, two given and two family words, both joined, three fields. */
const STRIDE = 16;
const [PHONES, MAILBOXES, GIVEN, FAMILY, GIVEN_JOINED, FAMILY_JOINED] = [1, 4, 7, 9, 11, 12] as const;
const [ORGANIZATION, TITLE, BIRTHDAY] = [13, 14, 15] as const;
const MOST = 3;
const NONE = -1;

/** Flags beside the seven bits of `Profile.fields`. */
const FIELDS = 127;
const PHONE = 128;
const MOBILE = 256;
const MAIL = 512;
const MIDDLE = 1024;
const SUFFIX = 2048;
/** A person with one or two given and family words, and no more phones and mailboxes than fit. */
const PLAIN = 4096;
const NICKNAME = 8192;
const HAN = 16384;
const COUPLE = 32768;
const UNORDERED = 65536;
/** A lone letter is among the words. */
const INITIAL = 131072;

/** Behind the relations and `PART`: what only a middle name answers to. */
const BY_MIDDLE = 9;
/** Several companies: any may be common. */
const SEVERAL = -2;

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
    const commoner = Math.max(given[cells[i + GIVEN]!]!, given[cells[j + GIVEN]!]!);
    return chanceOf(commoner, Math.max(familyOf(i), familyOf(j)), statistics);
  };
}

/** A hash that is never `NONE`. Two values may share one: what passes the sieve is compared anyway. */
const hashOf = (rule: string, value: string): number => keyOf(rule, value) & 0x3fffffff;

function draw(profile: Profile, cells: Int32Array, numbers: Float64Array, at: number, words: Map<Word, number>): void {
  const { record, given, family, tails, mailboxes } = profile;
  const base = at * STRIDE;
  const id = (word: Word): number => {
    const known = words.get(word);
    if (known !== undefined) return known;
    words.set(word, words.size);
    return words.size - 1;
  };
  const plain =
    (record.kind === 'individual' || record.kind === 'couple') &&
    [given, family].every((list) => list.length === 1 || list.length === 2) &&
    tails.length <= MOST &&
    mailboxes.length <= MOST &&
    record.phones.every((phone) => !phone.number.includes(';'));
  cells[base] =
    profile.fields |
    (tails.length > 0 ? PHONE : 0) |
    (record.phones.some((phone) => phone.use !== 'fixed') ? MOBILE : 0) |
    (mailboxes.length > 0 ? MAIL : 0) |
    (profile.middle.length > 0 ? MIDDLE : 0) |
    (record.name.suffix === '' ? 0 : SUFFIX) |
    (profile.nicknames.length > 0 ? NICKNAME : 0) |
    (record.name.han === '' ? 0 : HAN) |
    (record.kind === 'couple' ? COUPLE : 0) |
    (record.name.unordered ? UNORDERED : 0) |
    (profile.words.some((word) => word.text.length === 1) ? INITIAL : 0) |
    (plain ? PLAIN : 0);
  if (!plain) return;
  const [organization, ...further] = record.organizations;
  if (organization) cells[base + ORGANIZATION] = further.length > 0 ? SEVERAL : hashOf('org', organization);
  if (record.title) cells[base + TITLE] = hashOf('title', record.title);
  const day = record.birthday;
  if (day) cells[base + BIRTHDAY] = ((day.year & 0x3fff) << 12) | ((day.month & 63) << 6) | (day.day & 63);
  tails.forEach((tail, i) => {
    cells[base + PHONES + i] = tail & 0x3fffffff;
    const phone = record.phones[i]!;
    numbers[at * MOST + i] = phone.use === 'fixed' ? 0 : Number(phone.number.replace('+', ''));
  });
  mailboxes.forEach((mailbox, i) => {
    cells[base + MAILBOXES + i] = mailbox;
  });
  given.forEach((word, i) => {
    cells[base + GIVEN + i] = id(word);
  });
  family.forEach((word, i) => {
    cells[base + FAMILY + i] = id(word);
  });
  cells[base + GIVEN_JOINED] = id(profile.givenJoined);
  cells[base + FAMILY_JOINED] = id(profile.familyJoined);
}

function sharesContact(cells: Int32Array, i: number, j: number): boolean {
  return shares(cells, i + PHONES, j + PHONES) || shares(cells, i + MAILBOXES, j + MAILBOXES);
}

function shares(cells: Int32Array, i: number, j: number): boolean {
  for (let m = i; m < i + MOST && cells[m] !== NONE; m++)
    for (let n = j; n < j + MOST && cells[n] !== NONE; n++) if (cells[m] === cells[n]) return true;
  return false;
}

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

/** As `matchGiven` in name-match, for names without nicknames and middle names. */
function givenMatch(cells: Int32Array, i: number, j: number, relate: Relate): number {
  if (cells[i + GIVEN] === cells[j + GIVEN]) return RELATION.same;
  if ((cells[i + GIVEN + 1] === NONE) !== (cells[j + GIVEN + 1] === NONE)) {
    const whole = relate(cells[i + GIVEN_JOINED]!, cells[j + GIVEN_JOINED]!);
    if ((whole & OTHER_NAME) === 0 && (whole & 7) >= RELATION.sound) return whole & 7;
  }
  return best(cells, i + GIVEN, j + GIVEN, relate, OTHER_NAME);
}

/** As `matchFamily` in name-match. */
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
const orderedBound: NameBound = (bounds, cells, i, j, relate, chance) => {
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
const unorderedBound: NameBound = (bounds, cells, i, j, relate, chance) => {
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
