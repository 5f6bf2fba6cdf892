/** What is derived of a record once per run, so that comparing two of them is cheap. */
import { seededKey, seedOf } from './blocking/key.ts';
import { EMPTY } from './empty.ts';
import { type Named, namedOf } from './named.ts';
import { subscriberKey } from './normalize/phone.ts';
import { type Word, wordOf } from './similarity/word-relation.ts';
import type { ContactRecord, EmailRecord, PhoneRecord, Statistics } from './types.ts';

export interface Profile extends Named {
  readonly record: ContactRecord;
  readonly middle: readonly Word[];
  readonly nicknames: readonly Word[];
  /** The given words written together, and the family words. */
  readonly givenJoined: Word;
  readonly familyJoined: Word;
  readonly nameless: boolean;
  /** Which fields the card fills, as bits of `FIELD`. */
  readonly fields: number;
  /** Subscriber keys of the phones, in their order, as numbers: most pairs differ, and numbers tell that fast. */
  readonly tails: readonly number[];
  /** Hashes of the mailboxes, in their order, 30 bits each. */
  readonly mailboxes: readonly number[];
}

/** Bits of `Profile.fields`. */
export const FIELD = { birthday: 1, gender: 2, photo: 4, url: 8, address: 16, organization: 32, title: 64 } as const;

function fieldsOf(record: ContactRecord): number {
  return (
    (record.birthday ? FIELD.birthday : 0) |
    (record.gender ? FIELD.gender : 0) |
    (record.photo ? FIELD.photo : 0) |
    (record.urls.length > 0 ? FIELD.url : 0) |
    (record.addresses.length > 0 ? FIELD.address : 0) |
    (record.organizations.length > 0 ? FIELD.organization : 0) |
    (record.title ? FIELD.title : 0)
  );
}

export function profileOf(record: ContactRecord): Profile {
  const { given, family, words, fullName } = namedOf(record);
  return {
    record,
    given,
    family,
    middle: each(record.name.middle, wordOf),
    nicknames: each(record.name.nicknames, wordOf),
    givenJoined: joinedWord(given),
    familyJoined: joinedWord(family),
    words,
    fields: fieldsOf(record),
    fullName,
    nameless: words.length === 0,
    tails: each(record.phones, tailOf),
    mailboxes: each(record.emails, mailboxOf),
  };
}

/** Most cards lack something: their empty lists are one. */
const each = <T, U>(list: readonly T[], make: (item: T) => U): readonly U[] =>
  list.length === 0 ? EMPTY : list.map((item) => make(item));

/** The digits of a subscriber key as a number. */
function tailOf({ number }: PhoneRecord): number {
  const key = subscriberKey(number);
  let tail = 0;
  for (let i = 0; i < key.length; i++) {
    const digit = key.charCodeAt(i) - 48;
    if (digit >= 0 && digit <= 9) tail = tail * 10 + digit;
  }
  return tail;
}

const EMAIL = seedOf('email');
const mailboxOf = ({ mailbox }: EmailRecord): number => seededKey(EMAIL, mailbox) & 0x3fffffff;

const joinedWord = (words: readonly Word[]): Word =>
  words.length === 1 ? words[0]! : wordOf(words.map((word) => word.text).join(''));

/** 1, 2, 3-4, 5-8, 9-16 … holders: counts enter scores only as 0, 1, 2, 3, 4 …, so that few changes move them. */
export function scaleOf(count: number): number {
  return count <= 1 ? 0 : Math.ceil(Math.log2(count));
}

/** How rare a value is in the book: doublings from its holders to all cards, 0 for everybody's. */
export function rarityOf(holders: number, statistics: Statistics): number {
  return Math.max(0, scaleOf(statistics.cards) - scaleOf(Math.max(1, holders)));
}

/**
 * A book of contacts has phone numbers; a register of people (a census, a list of members) has birthdays instead. In a
 * register name, birthday and address are all there is, and each of them is full of slips; in a book of contacts two
 * given names behind one address are two people.
 */
export function isRegister({
  cards,
  withPhone,
  withBirthday,
}: Pick<Statistics, 'cards' | 'withPhone' | 'withBirthday'>): boolean {
  return cards >= 16 && withPhone * 16 < cards && withBirthday * 2 > cards;
}
