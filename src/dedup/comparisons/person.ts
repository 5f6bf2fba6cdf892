/** Comparisons of birthdays, gender, kind, photos, profiles. */
import { keyOf } from '../blocking/key.ts';
import { comparison, type Pairing } from '../comparison.ts';
import { type Profile, scaleOf } from '../profile.ts';
import { givenRelation, RELATION, type Word } from '../similarity/word-relation.ts';
import type { BirthdayRecord } from '../types.ts';
import { isSaid } from './ordered-names.ts';
import { beginsWithTrade } from './trade.ts';

const birthdayHolders = (day: BirthdayRecord): number => keyOf('birthday', `${day.year}-${day.month}-${day.day}`);

/** Birthdays that programs and clerks fill in when they know only the year. */
const isDefault = (day: BirthdayRecord): boolean => day.month === 1 && day.day === 1;

export const birthday = comparison(
  'birthday',
  'missing same.1 same.2 same.3 same.4 same.6 default day near part year conflict'.split(' '),
  ({ a, b, statistics }) => {
    const [mine, yours] = [a.record.birthday, b.record.birthday];
    if (!mine || !yours) return 'missing';
    const sameDay = mine.month === yours.month && mine.day === yours.day;
    if (mine.year === 0 || yours.year === 0) return sameDay ? 'day' : 'conflict';
    if (mine.year === yours.year && sameDay) {
      if (isDefault(mine)) return 'default';
      const scale = scaleOf(statistics.holders(birthdayHolders(mine)));
      return `same.${scale <= 1 ? 1 : scale >= 6 ? 6 : Math.min(4, scale)}`;
    }
    return apart(mine, yours);
  },
  ({ a, b }) => ({ a: dayText(a.record.birthday), b: dayText(b.record.birthday) }),
);

/** One day, its year known. */
export function areBornTogether(mine: BirthdayRecord | null, yours: BirthdayRecord | null): boolean {
  if (!mine || !yours || mine.year === 0) return false;
  return mine.year === yours.year && mine.month === yours.month && mine.day === yours.day;
}

/**
 * One full name and one day of birth, and no number or mailbox in common: hardly any namesake is born on that day, and twins have
 * names of their own.
 */
export const birth = comparison('birth', ['no', 'shared'], (pairing) =>
  !pairing.touching && areBornAlike(pairing) ? 'shared' : 'no',
);

/** The same, whatever else they share. */
export function areBornAlike({ a, b, name: { given, family } }: Pairing): boolean {
  const [mine, yours] = [a.record.birthday, b.record.birthday];
  if (!areBornTogether(mine, yours) || isDefault(mine!)) return false;
  return isSaid(given) && (isSaid(family) || family === 'part');
}

/** One digit wrong, day and month changed over: near; two of three parts equal: part; only the year: year. */
function apart(a: BirthdayRecord, b: BirthdayRecord): string {
  if (a.year === b.year && a.month === b.day && a.day === b.month) return 'near';
  const [left, right] = [digits(a), digits(b)];
  let differing = 0;
  for (let i = 0; i < 8; i++) if (left[i] !== right[i]) differing++;
  if (differing === 1) return 'near';
  const equal = Number(a.year === b.year) + Number(a.month === b.month) + Number(a.day === b.day);
  if (equal === 2) return 'part';
  return a.year === b.year ? 'year' : 'conflict';
}

const digits = (day: BirthdayRecord): string =>
  String(day.year).padStart(4, '0') + String(day.month).padStart(2, '0') + String(day.day).padStart(2, '0');

function dayText(day: BirthdayRecord | null): string {
  if (!day) return '';
  const short = `${String(day.month).padStart(2, '0')}-${String(day.day).padStart(2, '0')}`;
  return day.year === 0 ? `--${short}` : `${day.year}-${short}`;
}

export const gender = comparison('gender', ['missing', 'same', 'conflict'], ({ a, b }) => {
  if (a.record.gender === '' || b.record.gender === '') return 'missing';
  return a.record.gender === b.record.gender ? 'same' : 'conflict';
});

const KINDS = 'individual organization named partners couple household conflict'.split(' ');

/** A company's card is not its employee's, a couple's card neither spouse's. */
export const kind = comparison('kind', KINDS, ({ a, b, touching }) => {
  if (a.record.kind !== b.record.kind) {
    const isNamed = isNamedLike(a, b) || isNamedLike(b, a) || (touching && (isTradeOf(a, b) || isTradeOf(b, a)));
    return isNamed ? 'named' : 'conflict';
  }
  if (a.record.kind === 'couple')
    return a.given.length + b.given.length === 0 ? 'household' : arePartners(a.given, b.given) ? 'partners' : 'couple';
  return a.record.kind === 'organization' ? 'organization' : 'individual';
});

/**
 * A card in one field that says nothing but the company's name, as phones keep them: `Riva Hotel Konstanz` and the company Hotel
 * Riva. One word may be its owner's surname.
 */
function isNamedLike(company: Profile, { record, words, given, family }: Profile): boolean {
  if (company.record.kind !== 'organization' || record.kind !== 'individual') return false;
  if (isItsOwner(company, given[0], family[0])) return true;
  if (!record.name.unordered) return false;
  if (words.length < 2 || words.some(({ known }) => known)) return false;
  return company.record.organizations.some((name) => {
    const parts = name.split(' ');
    const shared = parts.filter((part) => words.some(({ text }) => text === part)).length;
    return shared > 1 && shared === Math.min(parts.length, words.length);
  });
}

/** `Fysio` behind the number of the company Fysio Dekker. */
const isTradeOf = (company: Profile, { record, nameless, nicknames }: Profile): boolean =>
  company.record.kind === 'organization' &&
  record.kind === 'individual' &&
  nameless &&
  company.record.organizations.some((name) => beginsWithTrade(name.split(' '), nicknames));

/** `Malerbetrieb Jan Hinrichs` and Jan Hinrichs: a firm of one. */
const isItsOwner = ({ record }: Profile, called: Word | undefined, surname: Word | undefined): boolean =>
  called !== undefined &&
  surname !== undefined &&
  record.organizations.some((name) =>
    [called, surname].every(({ text }) => text.length > 2 && name.split(' ').includes(text)),
  );

/** Both couples are of the same two people: two given names of the one answer to two of the other. */
function arePartners(mine: readonly Word[], yours: readonly Word[]): boolean {
  const answered = mine.filter((word) => yours.some((other) => givenRelation(word, other) >= RELATION.near));
  return answered.length >= 2;
}

export const photo = comparison('photo', ['missing', 'same', 'differ'], ({ a, b }) => {
  if (a.record.photo === '' || b.record.photo === '') return 'missing';
  return a.record.photo === b.record.photo ? 'same' : 'differ';
});

/** A home page may be the company's or the family's, a profile at one of the networks is one person's. */
export const url = comparison('url', ['missing', 'profile', 'same', 'differ'], ({ a, b }) => {
  if (a.record.urls.length === 0 || b.record.urls.length === 0) return 'missing';
  const shared = a.record.urls.filter((address) => b.record.urls.includes(address));
  return shared.length === 0 ? 'differ' : shared.some(isProfile) ? 'profile' : 'same';
});

const PROFILE =
  /^(?:[a-z]{2,3}\.)?(?:(?:linkedin\.com\/(?:in|pub)|xing\.com\/profiles?|vk\.com|t\.me|wa\.me|github\.com|instagram\.com|facebook\.com|fb\.com|twitter\.com|x\.com|tiktok\.com)\/@?[^/]{4,})$/;
const isProfile = (address: string): boolean => PROFILE.test(address);
