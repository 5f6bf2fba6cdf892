/** A book's cards as a few numbers each, side by side: most candidates are strangers, and these already tell. */
import { COMPARISONS, LEVEL_NAMES } from './comparisons.ts';
import { type LevelWeights, MODEL } from './model.ts';
import type { Profile } from './profile.ts';
import { RELATION, type Word, wordRelation } from './similarity/word-relation.ts';

/** Numbers of one card: flags, three phones, three mailboxes, two given and two family words and both joined. */
const STRIDE = 16;
const [PHONES, MAILBOXES, GIVEN, FAMILY, GIVEN_JOINED, FAMILY_JOINED] = [1, 4, 7, 9, 11, 12] as const;
const MOST = 3;
const NONE = -1;

/** Flags beside the seven bits of `Profile.fields`. */
const FIELDS = 127;
const PHONE = 128;
const MOBILE = 256;
const MAIL = 512;
const MIDDLE = 1024;
const SUFFIX = 2048;
/** A person with one or two given and family words in known order, and no more phones and mailboxes than fit. */
const PLAIN = 4096;
const BIRTHDAY = 1;

/** `Match` as a number: the relations, and `part` behind them. */
const PART = 8;

/**
 * Makes the test that a candidate must pass to be worth scoring: false only where the weight of the pair (places in
 * `profiles`) cannot reach `MODEL.kept`, so that leaving it out changes nothing.
 */
export function makeSieve(profiles: readonly Profile[], weights: LevelWeights): (a: number, b: number) => boolean {
  const words = new Map<Word, number>();
  const cells = new Int32Array(profiles.length * STRIDE).fill(NONE);
  const numbers = new Float64Array(profiles.length * MOST);
  profiles.forEach((profile, at) => {
    draw(profile, cells, numbers, at, words);
  });
  const relate = makeRelations([...words.keys()]);
  const bounds = boundsOf(weights);
  return (a, b) => {
    const [i, j] = [a * STRIDE, b * STRIDE];
    const [mine, yours] = [cells[i]!, cells[j]!];
    if ((mine & yours & PLAIN) === 0 || sharesContact(cells, i, j)) return true;
    const given = givenMatch(cells, i, j, relate);
    if (given < RELATION.near && ((mine | yours) & MIDDLE) !== 0) return true;
    const family = familyMatch(cells, i, j, relate);
    if (given < RELATION.near && family < RELATION.near && isSwapped(cells, i, j, relate)) return true;
    const bound = boundOf(bounds, mine, yours, given, family);
    if (bound >= MODEL.kept - 1e-9) return true;
    const mobiles = (mine & yours & MOBILE) !== 0;
    if (!mobiles || bound - bounds.phoneApart + bounds.phoneNear < MODEL.kept - 1e-9) return false;
    return mayBeMistyped(numbers, a * MOST, b * MOST);
  };
}

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
    record.kind === 'individual' &&
    !record.name.unordered &&
    record.name.han === '' &&
    profile.nicknames.length === 0 &&
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
    (plain ? PLAIN : 0);
  if (!plain) return;
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

type Relate = (one: number, other: number) => number;

const MEMO_BITS = 18;

/** Relations of words by number, `PART` added where one ends the other; remembered, since books repeat their names. */
function makeRelations(words: readonly Word[]): Relate {
  const size = 1 << MEMO_BITS;
  const keys = new Float64Array(size).fill(NONE);
  const values = new Uint8Array(size);
  return (one, other) => {
    if (one === other) return RELATION.same;
    const [low, high] = one < other ? [one, other] : [other, one];
    const key = low * 0x4000000 + high;
    const at = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca6b)) >>> (32 - MEMO_BITS);
    if (keys[at] === key) return values[at]!;
    const [a, b] = [words[low]!, words[high]!];
    const relation = wordRelation(a, b);
    const value = relation <= RELATION.prefix && endsOther(a.text, b.text) ? relation + PART : relation;
    keys[at] = key;
    values[at] = value;
    return value;
  };
}

function endsOther(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= 4 && long.length > short.length && long.endsWith(short);
}

/** The strongest plain relation between two lists of one or two words. */
function best(cells: Int32Array, i: number, j: number, relate: Relate): number {
  let found: number = RELATION.none;
  for (let m = i; m < i + 2 && cells[m] !== NONE; m++)
    for (let n = j; n < j + 2 && cells[n] !== NONE; n++) {
      const relation = relate(cells[m]!, cells[n]!) & 7;
      if (relation > found) found = relation;
    }
  return found;
}

/** As `matchGiven` in name-match, for names without nicknames and middle names. */
function givenMatch(cells: Int32Array, i: number, j: number, relate: Relate): number {
  if (cells[i + GIVEN] === cells[j + GIVEN]) return RELATION.same;
  if (cells[i + GIVEN_JOINED] === cells[j + GIVEN_JOINED]) return RELATION.same;
  return best(cells, i + GIVEN, j + GIVEN, relate);
}

/** As `matchFamily` in name-match. */
function familyMatch(cells: Int32Array, i: number, j: number, relate: Relate): number {
  const [one, other] = [cells[i + FAMILY + 1] === NONE, cells[j + FAMILY + 1] === NONE];
  if (one && other) {
    const relation = relate(cells[i + FAMILY]!, cells[j + FAMILY]!);
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

/** The most that each comparison can give, by what the sketch knows. */
interface Bounds {
  readonly intercept: number;
  readonly gains: Float64Array;
  readonly given: Float64Array;
  readonly family: Float64Array;
  readonly agree: number;
  readonly givenOnly: number;
  readonly familyOnly: number;
  readonly neither: number;
  readonly namesakes: number;
  readonly middle: number;
  readonly suffix: number;
  readonly clashFamily: number;
  readonly clashBirthday: number;
  readonly mute: number;
  readonly apart: number;
  readonly mail: number;
  readonly phoneApart: number;
  readonly phoneNear: number;
}

const WORDS = 'conflict initial prefix near language sound short same part'.split(' ');

function boundsOf({ intercept, weights, gains }: LevelWeights): Bounds {
  const of = (level: string): number => weights[LEVEL_NAMES.indexOf(level)] ?? 0;
  const most = (name: string, ...levels: string[]): number =>
    Math.max(0, ...levels.map((level) => of(`${name}.${level}`)));
  const all = (name: string): number =>
    most(name, ...(COMPARISONS.find((comparison) => comparison.name === name)?.levels ?? []));
  const match = (name: string): Float64Array =>
    Float64Array.from(WORDS, (word) =>
      word === 'same'
        ? Math.max(...['common', 'usual', 'rare'].map((step) => of(`${name}.same.${step}`)))
        : of(`${name}.${word}`),
    );
  return {
    intercept,
    gains,
    given: match('given'),
    family: match('family'),
    agree: of('names.agree'),
    givenOnly: of('names.given'),
    familyOnly: of('names.family'),
    neither: of('names.neither'),
    namesakes: all('namesakes'),
    middle: all('middle'),
    suffix: all('suffix'),
    clashFamily: of('clash.family'),
    clashBirthday: Math.max(of('clash.birthday'), of('clash.family'), 0),
    mute: of('alone.mute'),
    apart: of('alone.apart'),
    mail: most('email', 'near', 'local', 'colleague', 'domain', 'differ'),
    phoneApart: Math.max(of('phone.differ'), of('phone.fixed.differ')),
    phoneNear: of('phone.near'),
  };
}

/** The most that a pair without a common phone or mailbox can weigh, mistyped numbers left out. */
function boundOf(bounds: Bounds, mine: number, yours: number, given: number, family: number): number {
  const shared = mine & yours;
  let bound = bounds.intercept + bounds.gains[shared & FIELDS]! + bounds.given[given]! + bounds.family[family]!;
  if ((shared & PHONE) !== 0) bound += bounds.phoneApart;
  if ((shared & MAIL) !== 0) bound += bounds.mail;
  if (family >= RELATION.prefix) bound += given === RELATION.none ? bounds.familyOnly : bounds.agree;
  else bound += given === RELATION.none ? bounds.neither : bounds.givenOnly;
  if (given === RELATION.same && family === RELATION.same) bound += bounds.namesakes;
  if ((shared & MIDDLE) !== 0) bound += bounds.middle;
  if (((mine | yours) & SUFFIX) !== 0) bound += bounds.suffix;
  if (given !== RELATION.none) bound += (shared & (PHONE | MAIL)) !== 0 ? bounds.apart : bounds.mute;
  else if ((shared & BIRTHDAY) !== 0) bound += bounds.clashBirthday;
  else if (family !== RELATION.none) bound += bounds.clashFamily;
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
