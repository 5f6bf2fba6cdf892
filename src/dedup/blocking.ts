/** Blocking: which cards are compared at all, and which values are counted to know how rare they are. */

import { EMPTY } from './empty.ts';
import { seededKey, seedOf } from './key.ts';
import { type Named, namedOf } from './named.ts';
import { shortFormClasses } from './names/given-names.ts';
import { subscriberKey } from './normalize/phone.ts';
import { type Word, wordOf } from './similarity/word-relation.ts';
import type { ContactRecord } from './types.ts';

/** Takes a value, or one that is made of two words with a space between. */
type Emit = (value: string, second?: string) => void;

export interface BlockingRule {
  readonly name: string;
  /** Blocks with more distinct contents than this are not crossed; 0: the key is only counted. */
  readonly limit: number;
  /** Scores ask how many hold a value, since a rare one says more. */
  readonly weighs?: boolean;
  /** They ask it of pairs, too, of which one card alone holds the value. */
  readonly oneSided?: boolean;
  /** What a rarer value would make of a pair is thought of beforehand: such pairs are stored as latent. */
  readonly foreseen?: boolean;
  /** Counts up to this one all say the same. */
  readonly alike?: number;
  /** Calls `emit` with each value of the record; doubles do no harm. */
  values(record: ContactRecord, emit: Emit, named: Named): void;
}

/** A desk number, a company or a default date never brings everybody together. */
const WIDE = 60;
const USUAL = 150;
/** One name with one number or mailbox: a device that made copy after copy, each a little different. */
const COPIED = 400;
/** Two weak facts together: worth comparing only where few share them. */
const NARROW = 30;
const TIGHT = 12;
const COUNTED = 0;

/** Words of a name that a card counts for, to tell how common they are: the first ones. */
export const COUNTED_WORDS = { given: 1, family: 2 } as const;

/** Up to this scale (5 to 8 cards) an identifier still says something about its holders. */
export const TELLING_SCALE = 3;
/** How many hold a number or a mailbox under one name is asked only where more than that hold it. */
const NAMED_ALIKE = 2 ** TELLING_SCALE;

/** A word that one or two cards hold is as rare as a word can be: the two that are compared may be all. */
export const PAIR = 2;

/** `forEach` would hand its index over as second word. */
function each(values: readonly string[], emit: Emit): void {
  for (const value of values) emit(value);
}

function one(value: string | undefined, emit: Emit): void {
  if (value) emit(value);
}

/** The first three name words: what a place or a company is crossed with. */
function eachWord({ words }: Named, visit: (word: Word) => void): void {
  for (let i = 0; i < 3 && i < words.length; i++) visit(words[i]!);
}

/** Every given word with every family word in one form, the smaller form first: the same for both orders. */
function pairKeys(record: ContactRecord, emit: Emit, { given, family }: Named, form: 'sound' | 'bones'): void {
  const { nicknames, unordered } = record.name;
  const further = unordered ? family : nicknames.length > 0 ? nicknames.map(wordOf) : EMPTY;
  const first = further.length > 0 ? given.concat(further) : given;
  const second = unordered ? first : family;
  for (let i = 0; i < 4 && i < first.length; i++)
    for (let j = 0; j < 3 && j < second.length; j++) {
      const g = first[i]![form];
      const f = second[j]![form];
      if (g < f) emit(g, f);
      else if (g !== f) emit(f, g);
    }
}

function initialKeys(record: ContactRecord, emit: Emit, { given, family }: Named): void {
  const called = given[0];
  const surname = family[0];
  if (!called) return;
  for (let i = 0; i < 2 && i < family.length; i++) emit(family[i]!.sound, called.text[0]);
  if (record.name.unordered && surname) emit(called.sound, surname.text[0]);
}

function shortFormKeys(record: ContactRecord, emit: Emit, { given, family }: Named): void {
  const { nicknames } = record.name;
  for (let i = 0; i < 2 && i < family.length; i++) {
    const { sound } = family[i]!;
    for (let j = 0; j < 2 && j < given.length; j++)
      for (const index of given[j]!.classes.short ?? EMPTY) emit(String(index), sound);
    for (let j = 0; j < 2 && j < nicknames.length; j++)
      for (const index of shortFormClasses(nicknames[j]!)) emit(String(index), sound);
  }
}

function mailNames(record: ContactRecord, emit: Emit): void {
  for (const email of record.emails) {
    const tight = email.local.replace(/[^a-z]/g, '');
    if (!email.role && tight.length >= 5) emit(tight);
  }
  const g = record.name.given[0];
  const f = record.name.family[0];
  if (g === undefined || f === undefined || g.length + f.length < 5) return;
  emit(g + f);
  emit(f + g);
  if (g.length > 1) emit(g[0] + f);
}

/** One name with one number: copies of one card, however many and however different they have become. */
function phonePersonKeys(record: ContactRecord, emit: Emit, { fullName }: Named): void {
  if (fullName !== '') for (const phone of record.phones) emit(subscriberKey(phone.number), fullName);
}

function emailPersonKeys(record: ContactRecord, emit: Emit, { fullName }: Named): void {
  if (fullName !== '') for (const email of record.emails) emit(email.mailbox, fullName);
}

function birthdayKeys(record: ContactRecord, emit: Emit): void {
  const day = record.birthday;
  if (day?.year) emit(`${day.year}-${day.month}-${day.day}`);
}

function birthdayNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  const day = record.birthday;
  if (!day) return;
  eachWord(named, ({ text }) => {
    emit(`${day.month}-${day.day}`, text.slice(0, 2));
    if (day.year) emit(String(day.year), text.slice(0, 4));
  });
}

function streetKeys(record: ContactRecord, emit: Emit): void {
  for (const { street, number } of record.addresses) if (street !== '' && number !== '') emit(street, number);
}

function postcodeNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { postcode } of record.addresses)
    if (postcode !== '') eachWord(named, ({ text }) => emit(postcode, text.slice(0, 3)));
}

function cityNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { city } of record.addresses) if (city !== '') eachWord(named, ({ sound }) => emit(city, sound));
}

function streetNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { street } of record.addresses)
    if (street !== '') eachWord(named, ({ text }) => emit(street, text.slice(0, 3)));
}

function organizationNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const organization of record.organizations)
    for (const { text } of named.words) emit(organization, text.slice(0, 4));
  for (const { domain, free } of record.emails)
    if (!free) for (const { text } of named.words) emit(`@${domain}`, text.slice(0, 4));
}

/** The rules, most telling first. Stored keys depend on them: a change here needs a new ENGINE_VERSION. */
export const BLOCKING_RULES: readonly BlockingRule[] = [
  {
    name: 'phone',
    limit: WIDE,
    weighs: true,
    values: (record, emit) => {
      for (const phone of record.phones) emit(subscriberKey(phone.number));
    },
  },
  {
    name: 'email',
    limit: WIDE,
    weighs: true,
    values: (record, emit) => {
      for (const email of record.emails) emit(email.mailbox);
    },
  },
  { name: 'phoneperson', limit: COPIED, weighs: true, oneSided: true, alike: NAMED_ALIKE, values: phonePersonKeys },
  { name: 'emailperson', limit: COPIED, weighs: true, oneSided: true, alike: NAMED_ALIKE, values: emailPersonKeys },
  { name: 'local', limit: WIDE, values: mailNames },
  { name: 'han', limit: USUAL, values: (record, emit) => one(record.name.han, emit) },
  { name: 'sound', limit: USUAL, values: (record, emit, named) => pairKeys(record, emit, named, 'sound') },
  { name: 'consonants', limit: USUAL, values: (record, emit, named) => pairKeys(record, emit, named, 'bones') },
  { name: 'initial', limit: NARROW, values: initialKeys },
  { name: 'shortform', limit: WIDE, values: shortFormKeys },
  { name: 'birthday', limit: WIDE, weighs: true, values: birthdayKeys },
  { name: 'birthdayname', limit: TIGHT, values: birthdayNameKeys },
  { name: 'street', limit: TIGHT, values: streetKeys },
  { name: 'postcodename', limit: NARROW, values: postcodeNameKeys },
  { name: 'cityname', limit: TIGHT, values: cityNameKeys },
  { name: 'streetname', limit: TIGHT, values: streetNameKeys },
  { name: 'orgname', limit: WIDE, values: organizationNameKeys },
  { name: 'url', limit: WIDE, values: (record, emit) => each(record.urls, emit) },
  { name: 'photo', limit: WIDE, values: (record, emit) => one(record.photo, emit) },
  { name: 'org', limit: COUNTED, weighs: true, values: (record, emit) => each(record.organizations, emit) },
  {
    name: 'given',
    limit: COUNTED,
    weighs: true,
    foreseen: true,
    alike: PAIR,
    values: (record, emit) => each(record.name.given.slice(0, COUNTED_WORDS.given), emit),
  },
  {
    name: 'family',
    limit: COUNTED,
    weighs: true,
    foreseen: true,
    alike: PAIR,
    values: (record, emit) => each(record.name.family.slice(0, COUNTED_WORDS.family), emit),
  },
  { name: 'fullname', limit: COUNTED, weighs: true, values: (_, emit, { fullName }) => one(fullName, emit) },
];

const seeds = BLOCKING_RULES.map((rule) => seedOf(rule.name));

/** The keys of the rule at work. */
let told = new Float64Array(256);

/** Tells every key of the record with the rule's place in the table; doubles are left out, groups have none. */
export function eachKey(
  record: ContactRecord,
  visit: (key: number, rule: number) => void,
  named: Named = namedOf(record),
): void {
  if (record.kind === 'group') return;
  let rule = 0;
  let count = 0;
  const emit: Emit = (value, second) => {
    const key = seededKey(seeds[rule]!, value, second);
    for (let i = 0; i < count; i++) if (told[i] === key) return;
    if (count === told.length) told = withRoom(told);
    told[count++] = key;
    visit(key, rule);
  };
  for (; rule < BLOCKING_RULES.length; rule++) {
    count = 0;
    BLOCKING_RULES[rule]!.values(record, emit, named);
  }
}

function withRoom(keys: Float64Array): Float64Array<ArrayBuffer> {
  const wider = new Float64Array(keys.length * 2);
  wider.set(keys);
  return wider;
}

/** As `eachKey`, in two lists. */
export function keysByRule(record: ContactRecord): { readonly keys: number[]; readonly rules: number[] } {
  const keys: number[] = [];
  const rules: number[] = [];
  eachKey(record, (key, rule) => {
    keys.push(key);
    rules.push(rule);
  });
  return { keys, rules };
}
