/** One card of a book as a few numbers, side by side with all others: what the sieve of candidates reads. */

import { keyOf } from '../blocking/key.ts';
import { isLatin } from '../normalize/organization.ts';
import type { Profile } from '../profile.ts';
import type { Word } from '../similarity/word-relation.ts';

/** Numbers of one card: flags, three phones, three mailboxes, two given and two family words, both joined, three fields. */
export const STRIDE = 16;
export const [PHONES, MAILBOXES, GIVEN, FAMILY, GIVEN_JOINED, FAMILY_JOINED] = [1, 4, 7, 9, 11, 12] as const;
export const [ORGANIZATION, TITLE, BIRTHDAY] = [13, 14, 15] as const;
/** Phones and mailboxes that fit. */
export const MOST = 3;
/** An empty cell. */
export const NONE = -1;

/** Flags beside the seven bits of `Profile.fields`. */
export const FIELDS = 127;
export const PHONE = 128;
export const MOBILE = 256;
export const MAIL = 512;
export const MIDDLE = 1024;
export const SUFFIX = 2048;
/** A person with one or two given and family words, and no more phones and mailboxes than fit. */
export const PLAIN = 4096;
export const NICKNAME = 8192;
export const HAN = 16384;
export const COUPLE = 32768;
export const UNORDERED = 65536;
/** A lone letter is among the words. */
export const INITIAL = 131072;
/** Several companies: any may be common. */
export const SEVERAL = -2;

/** A hash that is never `NONE`. Two values may share one: what passes the sieve is compared anyway. */
export const hashOf = (rule: string, value: string): number => keyOf(rule, value) & 0x3fffffff;

/** Writes what the sieve asks of a card into the cells at place `at`; `words` numbers the words of all cards. */
export function draw(
  profile: Profile,
  cells: Int32Array,
  numbers: Float64Array,
  at: number,
  words: Map<Word, number>,
): void {
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
  if (organization) {
    const isOne = further.length === 0 && isLatin(organization);
    cells[base + ORGANIZATION] = isOne ? hashOf('org', organization) : SEVERAL;
  }
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
