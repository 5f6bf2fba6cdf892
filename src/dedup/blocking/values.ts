/** The values of a record that blocking rules are made of. */
import { EMPTY } from '../empty.ts';
import type { Named } from '../named.ts';
import { shortFormClasses } from '../names/given-names.ts';
import { subscriberKey } from '../normalize/phone.ts';
import { type Word, wordOf } from '../similarity/word-relation.ts';
import type { ContactRecord } from '../types.ts';

/** Takes a value, or one that is made of two words with a space between. */
export type Emit = (value: string, second?: string) => void;

/** `forEach` would hand its index over as second word. */
export function emitEach(values: readonly string[], emit: Emit): void {
  for (const value of values) emit(value);
}

/** Emits a value that there is. */
export function emitOne(value: string | undefined, emit: Emit): void {
  if (value) emit(value);
}

/** The first three name words: what a place or a company is crossed with. */
function eachWord({ words }: Named, visit: (word: Word) => void): void {
  for (let i = 0; i < 3 && i < words.length; i++) visit(words[i]!);
}

/** Every given word with every family word in one form, the smaller form first: the same for both orders. */
export function pairKeys(record: ContactRecord, emit: Emit, { given, family }: Named, form: 'sound' | 'bones'): void {
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

/** Each surname with the first letter of the given name. */
export function initialKeys(record: ContactRecord, emit: Emit, { given, family }: Named): void {
  const called = given[0];
  const surname = family[0];
  if (!called) return;
  for (let i = 0; i < 2 && i < family.length; i++) emit(family[i]!.sound, called.text[0]);
  if (record.name.unordered && surname) emit(called.sound, surname.text[0]);
}

/** Each class of short forms (Bob, Robert) with each surname. */
export function shortFormKeys(record: ContactRecord, emit: Emit, { given, family }: Named): void {
  const { nicknames } = record.name;
  for (let i = 0; i < 2 && i < family.length; i++) {
    const { sound } = family[i]!;
    for (let j = 0; j < 2 && j < given.length; j++)
      for (const index of given[j]!.classes.short ?? EMPTY) emit(String(index), sound);
    for (let j = 0; j < 2 && j < nicknames.length; j++)
      for (const index of shortFormClasses(nicknames[j]!)) emit(String(index), sound);
  }
}

/** What a mailbox of a person is called, and what mailboxes of this name would be. */
export function mailNames(record: ContactRecord, emit: Emit): void {
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
export function phonePersonKeys(record: ContactRecord, emit: Emit, { fullName }: Named): void {
  if (fullName !== '') for (const phone of record.phones) emit(subscriberKey(phone.number), fullName);
}

/** One name at one mailbox, as `phonePersonKeys`. */
export function emailPersonKeys(record: ContactRecord, emit: Emit, { fullName }: Named): void {
  if (fullName !== '') for (const email of record.emails) emit(email.mailbox, fullName);
}

/** A whole date of birth. */
export function birthdayKeys(record: ContactRecord, emit: Emit): void {
  const day = record.birthday;
  if (day?.year) emit(`${day.year}-${day.month}-${day.day}`);
}

/** Day and month with two letters of a name, the year with four. */
export function birthdayNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  const day = record.birthday;
  if (!day) return;
  eachWord(named, ({ text }) => {
    emit(`${day.month}-${day.day}`, text.slice(0, 2));
    if (day.year) emit(String(day.year), text.slice(0, 4));
  });
}

/** Street and house number. */
export function streetKeys(record: ContactRecord, emit: Emit): void {
  for (const { street, number } of record.addresses) if (street !== '' && number !== '') emit(street, number);
}

/** A postcode with three letters of a name. */
export function postcodeNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { postcode } of record.addresses)
    if (postcode !== '') eachWord(named, ({ text }) => emit(postcode, text.slice(0, 3)));
}

/** A city with the sound of a name. */
export function cityNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { city } of record.addresses) if (city !== '') eachWord(named, ({ sound }) => emit(city, sound));
}

/** A street with three letters of a name. */
export function streetNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const { street } of record.addresses)
    if (street !== '') eachWord(named, ({ text }) => emit(street, text.slice(0, 3)));
}

/** A company, or the domain of its mailboxes, with four letters of a name. */
export function organizationNameKeys(record: ContactRecord, emit: Emit, named: Named): void {
  for (const organization of record.organizations)
    for (const { text } of named.words) emit(organization, text.slice(0, 4));
  for (const { domain, free } of record.emails)
    if (!free) for (const { text } of named.words) emit(`@${domain}`, text.slice(0, 4));
}
