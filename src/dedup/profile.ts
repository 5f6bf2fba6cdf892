/** What is derived of a record once per run, so that comparing two of them is cheap. */
import { subscriberKey } from './normalize/phone.ts';
import type { ContactRecord, NameRecord, Statistics } from './types.ts';

export interface Profile {
  readonly record: ContactRecord;
  readonly name: NameRecord;
  /** All name words, given ones first. */
  readonly words: readonly string[];
  readonly nameless: boolean;
  /** Subscriber keys of the phones, in their order. */
  readonly tails: readonly string[];
  /** Letters of the mailboxes' local parts, in their order. */
  readonly mailLetters: readonly string[];
}

export function profileOf(record: ContactRecord): Profile {
  const words = [...record.name.given, ...record.name.family];
  return {
    record,
    name: record.name,
    words,
    nameless: words.length === 0,
    tails: record.phones.map((phone) => subscriberKey(phone.number)),
    mailLetters: record.emails.map((email) => email.local.replace(/[^a-z]/g, '')),
  };
}

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
export function isRegister({ cards, withPhone, withBirthday }: Statistics): boolean {
  return cards >= 16 && withPhone * 16 < cards && withBirthday * 2 > cards;
}
