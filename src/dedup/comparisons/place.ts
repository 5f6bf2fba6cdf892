/** Comparisons of addresses, companies and titles. */
import { keyOf } from '../blocking/key.ts';
import { COUNTED_WORDS, PAIR } from '../blocking/rules.ts';
import { comparison, type Pairing } from '../comparison.ts';
import { areInOneScript } from '../normalize/organization.ts';
import { rarityOf, scaleOf } from '../profile.ts';
import { jaroWinkler } from '../similarity/jaro-winkler.ts';
import { RELATION, type Word } from '../similarity/word-relation.ts';
import type { AddressRecord, Statistics } from '../types.ts';
import { isSaid } from './ordered-names.ts';
import { areBornAlike } from './person.ts';

const ADDRESS_LEVELS = 'missing full street near place postcode city differ'.split(' ');

export const address = comparison('address', ADDRESS_LEVELS, closestAddresses, ({ a, b }) => ({
  a: line(a.record.addresses[0]),
  b: line(b.record.addresses[0]),
}));

/** The level of the two addresses that say most. */
function closestAddresses({ a, b }: Pairing): string {
  let level = 'missing';
  for (const mine of a.record.addresses)
    for (const yours of b.record.addresses) {
      const here = addressLevel(mine, yours);
      if (here === 'missing') continue;
      if (level === 'missing' || ADDRESS_LEVELS.indexOf(here) < ADDRESS_LEVELS.indexOf(level)) level = here;
    }
  return level;
}

const line = (address: AddressRecord | undefined): string =>
  address
    ? [address.street, address.number, address.postcode, address.city].filter((part) => part !== '').join(' ')
    : '';

function addressLevel(a: AddressRecord, b: AddressRecord): string {
  const postcode = a.postcode !== '' && a.postcode === b.postcode;
  const city = a.city !== '' && b.city !== '' && (a.city === b.city || jaroWinkler(a.city, b.city) >= 0.9);
  const streets = a.street !== '' && b.street !== '';
  const street = streets && a.street === b.street;
  const number = a.number !== '' && a.number === b.number;
  if (street && number) return postcode || city ? 'full' : 'street';
  if (streets && (number || postcode) && isNearStreet(a, b)) return 'near';
  if (street && (postcode || city)) return 'near';
  if (postcode && city) return 'place';
  if (postcode) return 'postcode';
  if (city) return 'city';
  if ((a.city === '' || b.city === '') && (a.postcode === '' || b.postcode === '') && !streets) return 'missing';
  return 'differ';
}

/** Misspelt, or street and building name changed over. */
function isNearStreet(a: AddressRecord, b: AddressRecord): boolean {
  return jaroWinkler(a.street, b.street) >= 0.88 || (a.extra !== '' && (a.extra === b.street || b.extra === a.street));
}

/** The other line of an address: district, building, floor. */
export const extra = comparison('extra', ['missing', 'same', 'near', 'differ'], ({ a, b }) => {
  const mine = a.record.addresses[0]?.extra ?? '';
  const yours = b.record.addresses[0]?.extra ?? '';
  if (mine === '' || yours === '') return 'missing';
  return mine === yours ? 'same' : jaroWinkler(mine, yours) >= 0.88 ? 'near' : 'differ';
});

export const organization = comparison(
  'organization',
  'missing same.1 same.2 same.3 same.4 same.5 part differ'.split(' '),
  ({ a, b, statistics }) => {
    const [mine, yours] = [a.record.organizations, b.record.organizations];
    if (mine.length === 0 || yours.length === 0) return 'missing';
    const shared = mine.find((name) => yours.includes(name));
    if (shared) return `same.${Math.min(5, Math.max(1, scaleOf(statistics.holders(keyOf('org', shared)))))}`;
    if (mine.some((name) => yours.some((other) => isPart(name, other)))) return 'part';
    return mine.some((name) => yours.some((other) => areInOneScript(name, other))) ? 'differ' : 'missing';
  },
  ({ a, b }) => ({ a: a.record.organizations[0] ?? '', b: b.record.organizations[0] ?? '' }),
);

function isPart(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return (short.length >= 4 && ` ${long} `.includes(` ${short} `)) || jaroWinkler(a, b) >= 0.93;
}

export const title = comparison('title', ['missing', 'same', 'differ'], ({ a, b }) => {
  const [mine, yours] = [a.record.title, b.record.title];
  if (mine === '' || yours === '') return 'missing';
  return mine === yours ? 'same' : 'differ';
});

/** The name is all that they share. */
const isNameAll = ({ touching, name }: Pairing): boolean => !touching && name.given !== RELATION.none;

/** Nothing but the name in common, whether the cards had the chance to share more, and whether it is one name letter for letter. */
export const alone = comparison('alone', ['no', 'mute', 'apart', 'spelt'], (pairing) => {
  if (!isNameAll(pairing)) return 'no';
  if (!canAnswer(pairing)) return 'mute';
  const { given, family } = pairing.name;
  return given === RELATION.same && family === RELATION.same ? 'apart' : 'spelt';
});

const COINCIDENCE = ['none', 'usual', 'common', 'crowded'] as const;

/**
 * How many cards of the book would share such a name by chance, where the name is all they share: one Olga Petrova among a
 * hundred cards is she again, among twenty thousand she has namesakes. Hardly any of them is born on her day.
 */
export const coincidence = comparison('coincidence', COINCIDENCE, (pairing) => {
  if (!isNameAll(pairing) || areBornAlike(pairing) || closestAddresses(pairing) === 'full') return 'none';
  const { a, b, statistics } = pairing;
  const given = Math.max(spreadOf(a.given, 'given', statistics), spreadOf(b.given, 'given', statistics));
  const family = Math.max(spreadOf(a.family, 'family', statistics), spreadOf(b.family, 'family', statistics));
  return COINCIDENCE[chanceOf(given, family, statistics)]!;
});

/** The place of the level, from how far the commoner given and family word of the two cards are spread. */
export function chanceOf(given: number, family: number, { cards }: Pick<Statistics, 'cards'>): number {
  if (given <= OWN || family <= OWN) return 0;
  const expected = given + family - scaleOf(cards);
  return expected < -5 ? 0 : expected < -3 ? 1 : expected < -1 ? 2 : 3;
}

/** One full name at one address, and nothing else in common: a former number is likelier than a namesake in the house. */
export const residence = comparison('residence', ['no', 'shared'], (pairing) => {
  const { given, family } = pairing.name;
  if (!isNameAll(pairing) || !isSaid(given) || !(isSaid(family) || family === 'part')) return 'no';
  return closestAddresses(pairing) === 'full' ? 'shared' : 'no';
});

/**
 * One full name in one company of which the book knows few, and nothing else in common: of all its namesakes hardly two work
 * there. The greater the company, the likelier two do.
 */
export const employment = comparison('employment', ['no', 'shared'], (pairing) => {
  const { a, b, name, statistics } = pairing;
  if (!isNameAll(pairing) || !isSaid(name.given) || !isSaid(name.family)) return 'no';
  const shared = a.record.organizations.find((company) => b.record.organizations.includes(company));
  if (shared === undefined) return 'no';
  return rarityOf(statistics.holders(keyOf('org', shared)), statistics) >= FEW_COLLEAGUES ? 'shared' : 'no';
});

/** Doublings from a company's people to the whole book. */
const FEW_COLLEAGUES = 5;

/** `spreadOf` a word that the two cards alone hold. */
const OWN = scaleOf(PAIR);

/** Doublings of cards that hold the commonest of some words, as far as a card counts for them. */
export function spreadOf(words: readonly Word[], rule: keyof typeof COUNTED_WORDS, statistics: Statistics): number {
  let holders = 1;
  for (let i = Math.min(words.length, COUNTED_WORDS[rule]) - 1; i >= 0; i--)
    holders = Math.max(holders, statistics.holders(keyOf(rule, words[i]!.text)));
  return scaleOf(holders);
}

function canAnswer({ a, b }: Pairing): boolean {
  const [mine, yours] = [a.record, b.record];
  return (mine.phones.length > 0 && yours.phones.length > 0) || (mine.emails.length > 0 && yours.emails.length > 0);
}
