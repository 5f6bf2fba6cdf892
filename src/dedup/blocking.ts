/** Blocking: which cards are compared at all, and which values are counted to know how rare they are. */

import { keyOf } from './key.ts';
import { shortFormClasses } from './names/given-names.ts';
import { subscriberKey } from './normalize/phone.ts';
import { consonantsOf, soundOf } from './normalize/skeleton.ts';
import type { ContactRecord } from './types.ts';

export interface BlockingRule {
  readonly name: string;
  /** Blocks with more distinct contents than this are not crossed; 0: the key is only counted. */
  readonly limit: number;
  values(record: ContactRecord): Iterable<string>;
}

/** A desk number, a company or a default date never brings everybody together. */
const WIDE = 60;
const USUAL = 150;
/** Two weak facts together: worth comparing only where few share them. */
const NARROW = 30;
const TIGHT = 12;
const COUNTED = 0;

const words = (record: ContactRecord): string[] => [...record.name.given, ...record.name.family];

/** Every given word with every family word in one form, the smaller form first: the same for both orders. */
function* pairKeys(record: ContactRecord, form: (word: string) => string): Iterable<string> {
  const { given, family, nicknames, unordered } = record.name;
  const first = (unordered ? [...given, ...family] : [...given, ...nicknames]).slice(0, 4).map(form);
  const second = unordered ? first.slice(0, 3) : family.slice(0, 3).map(form);
  for (const g of first) for (const f of second) if (g !== f) yield g < f ? `${g} ${f}` : `${f} ${g}`;
}

function* initialKeys(record: ContactRecord): Iterable<string> {
  const { given, family, unordered } = record.name;
  for (const f of family.slice(0, 2)) if (given[0]) yield `${soundOf(f)} ${given[0][0]}`;
  if (unordered && given.length > 0 && family[0]) yield `${soundOf(given[0]!)} ${family[0][0]}`;
}

function* shortFormKeys(record: ContactRecord): Iterable<string> {
  const { given, family, nicknames } = record.name;
  for (const f of family.slice(0, 2))
    for (const g of [...given.slice(0, 2), ...nicknames.slice(0, 2)])
      for (const index of shortFormClasses(g)) yield `${index} ${soundOf(f)}`;
}

function* mailNames(record: ContactRecord): Iterable<string> {
  for (const email of record.emails) {
    const tight = email.local.replace(/[^a-z]/g, '');
    if (!email.role && tight.length >= 5) yield tight;
  }
  const { given, family } = record.name;
  for (const g of given.slice(0, 1))
    for (const f of family.slice(0, 1)) {
      if (g.length + f.length < 5) continue;
      yield g + f;
      yield f + g;
      if (g.length > 1) yield g[0] + f;
    }
}

function* birthdayKeys(record: ContactRecord): Iterable<string> {
  const day = record.birthday;
  if (day?.year) yield `${day.year}-${day.month}-${day.day}`;
}

function* birthdayNameKeys(record: ContactRecord): Iterable<string> {
  const day = record.birthday;
  if (!day) return;
  for (const word of words(record).slice(0, 3)) {
    yield `${day.month}-${day.day} ${word.slice(0, 2)}`;
    if (day.year) yield `${day.year} ${word.slice(0, 4)}`;
  }
}

function* streetKeys(record: ContactRecord): Iterable<string> {
  for (const { street, number } of record.addresses) if (street !== '' && number !== '') yield `${street} ${number}`;
}

function* postcodeNameKeys(record: ContactRecord): Iterable<string> {
  for (const { postcode } of record.addresses)
    if (postcode !== '') for (const word of words(record).slice(0, 3)) yield `${postcode} ${word.slice(0, 3)}`;
}

function* cityNameKeys(record: ContactRecord): Iterable<string> {
  for (const { city } of record.addresses)
    if (city !== '') for (const word of words(record).slice(0, 3)) yield `${city} ${soundOf(word)}`;
}

function* streetNameKeys(record: ContactRecord): Iterable<string> {
  for (const { street } of record.addresses)
    if (street !== '') for (const word of words(record).slice(0, 3)) yield `${street} ${word.slice(0, 3)}`;
}

function* organizationNameKeys(record: ContactRecord): Iterable<string> {
  for (const organization of record.organizations)
    for (const word of words(record)) yield `${organization} ${word.slice(0, 4)}`;
  for (const { domain, free } of record.emails)
    if (!free) for (const word of words(record)) yield `@${domain} ${word.slice(0, 4)}`;
}

/** The rules, most telling first. Stored keys depend on them: a change here needs a new ENGINE_VERSION. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
  { name: 'phone', limit: WIDE, values: (record) => record.phones.map((phone) => subscriberKey(phone.number)) },
  { name: 'email', limit: WIDE, values: (record) => record.emails.map((email) => email.mailbox) },
  { name: 'local', limit: WIDE, values: mailNames },
  { name: 'han', limit: USUAL, values: (record) => (record.name.han ? [record.name.han] : []) },
  { name: 'sound', limit: USUAL, values: (record) => pairKeys(record, soundOf) },
  { name: 'consonants', limit: USUAL, values: (record) => pairKeys(record, consonantsOf) },
  { name: 'initial', limit: NARROW, values: initialKeys },
  { name: 'shortform', limit: WIDE, values: shortFormKeys },
  { name: 'birthday', limit: WIDE, values: birthdayKeys },
  { name: 'birthdayname', limit: TIGHT, values: birthdayNameKeys },
  { name: 'street', limit: TIGHT, values: streetKeys },
  { name: 'postcodename', limit: NARROW, values: postcodeNameKeys },
  { name: 'cityname', limit: TIGHT, values: cityNameKeys },
  { name: 'streetname', limit: TIGHT, values: streetNameKeys },
  { name: 'orgname', limit: WIDE, values: organizationNameKeys },
  { name: 'url', limit: WIDE, values: (record) => record.urls },
  { name: 'photo', limit: WIDE, values: (record) => (record.photo ? [record.photo] : []) },
  { name: 'org', limit: COUNTED, values: (record) => record.organizations },
  { name: 'given', limit: COUNTED, values: (record) => record.name.given.slice(0, 1) },
  { name: 'family', limit: COUNTED, values: (record) => record.name.family.slice(0, 2) },
  { name: 'fullname', limit: COUNTED, values: (record) => fullName(record) },
];

/** Given and family words in alphabetical order: the same for both orders. */
export function fullName(record: ContactRecord): string[] {
  const all = words(record);
  return all.length > 1 ? [all.sort().join(' ')] : [];
}

/** Every key of the record with the rule's place in the table; doubles are removed, groups have none. */
export function keysByRule(record: ContactRecord): { readonly keys: number[]; readonly rules: number[] } {
  const keys: number[] = [];
  const rules: number[] = [];
  if (record.kind === 'group') return { keys, rules };
  BLOCKING_RULES.forEach((rule, index) => {
    const from = keys.length;
    for (const value of rule.values(record)) {
      const key = keyOf(rule.name, value);
      if (keys.indexOf(key, from) >= 0) continue;
      keys.push(key);
      rules.push(index);
    }
  });
  return { keys, rules };
}

/** The keys to store for a record, as signed 64-bit numbers: blocking keys and counting keys alike. */
export function blockingKeys(record: ContactRecord): bigint[] {
  return keysByRule(record).keys.map(BigInt);
}
