/** When two lines of a property hold the same value, when one that is near, and what they say to people. */
import { distance } from 'fastest-levenshtein';
import type { ContentLine } from '../contentline/content-line.ts';
import { parameter } from '../contentline/content-line.ts';
import { normalizeAddress } from '../dedup/normalize/address.ts';
import { normalizeBirthday } from '../dedup/normalize/date.ts';
import { normalizeEmail } from '../dedup/normalize/email.ts';
import { normalizeOrganization } from '../dedup/normalize/organization.ts';
import { foldTight, foldWords } from '../dedup/normalize/text.ts';
import { components, folded, plainText } from './field-text.ts';
import { photoInfo } from './photo.ts';

/** The value in lower case without accents, spaces and punctuation. */
export const tight = (line: ContentLine): string => foldTight(plainText(line));
/** Values are the same text where case and spaces make no difference. */
export const textKey = (line: ContentLine): string => folded(plainText(line));
/** Every octet counts. */
export const exactKey = (line: ContentLine): string => plainText(line);
const near = (one: string, other: string, most: number): boolean =>
  one !== '' && other !== '' && Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
/** Letters of a value that are compared with those of another: what is longer is no name, and comparing takes the square of it. */
const LONGEST = 500;
/** A few letters apart, the fewer the shorter the text is. */
export const nearText = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [tight(one).slice(0, LONGEST), tight(other).slice(0, LONGEST)];
  return near(a, b, Math.min(3, Math.floor(Math.max(a.length, b.length) / 5)));
};
const sameWords = (one: string, other: string): boolean =>
  foldWords(one).sort().join(' ') === foldWords(other).sort().join(' ');

/** Components one by one, empty ones at the end left out. */
export const structured = (line: ContentLine): string => components(line).map(folded).join(';').replace(/;+$/, '');
/** Words in any order: `Muster, Anna` is `Anna Muster`. */
export const nameKey = (line: ContentLine): string =>
  (folded(plainText(line)).match(/[^\s,;]+/g) ?? []).sort().join(' ');
/** The same words in another order, a name in short, or nearly the same. */
export const sameName = (spoken: (line: ContentLine) => string) => (one: ContentLine, other: ContentLine) =>
  sameWords(spoken(one), spoken(other)) || isInShort(spoken(one), spoken(other)) || nearText(one, other);

/** Initials for words or words left out, with one word in full: `C. Perrin` and `Perrin` for `Camille Perrin`. */
function isInShort(one: string, other: string): boolean {
  const [a, b] = [foldWords(one.slice(0, LONGEST)), foldWords(other.slice(0, LONGEST))];
  const [short, full] = a.length < b.length ? [a, b] : [b, a];
  const left = [...full];
  const taken = (fits: (word: string) => boolean): boolean => {
    const at = left.findIndex(fits);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  };
  const rest = short.filter((word) => !(word.length > 1 && taken((each) => each === word)));
  return (
    rest.length < short.length && rest.every((word) => taken((each) => isInitial(word, each) || isInitial(each, word)))
  );
}

const isInitial = (letter: string, word: string): boolean => letter.length === 1 && word.startsWith(letter);

const birthday = (line: ContentLine): ReturnType<typeof normalizeBirthday> =>
  normalizeBirthday(plainText(line), parameter(line, 'X-APPLE-OMIT-YEAR') !== undefined);
/** A day whatever its form. */
export const dateKey = (line: ContentLine): string => {
  const read = birthday(line);
  return read === null ? textKey(line) : `${read.year}-${read.month}-${read.day}`;
};
/** The same day with the year missing on one side, or one digit off. */
export const nearDate = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [birthday(one), birthday(other)];
  if (a === null || b === null) return nearText(one, other);
  if (a.month === b.month && a.day === b.day) return true;
  const digits = ({ year, month, day }: typeof a): string => `${year * 10000 + month * 100 + day}`;
  return a.year !== 0 && b.year !== 0 && distance(digits(a), digits(b)) <= 1;
};

/** The last digits, which a country or area code does not change. */
export const phoneTail = (line: ContentLine): string => plainText(line).replace(/\D/g, '').slice(-7);
/** An address without `mailto:`. */
export const emailText = (line: ContentLine): string => plainText(line).replace(/^mailto:/i, '');
const mailbox = (line: ContentLine): string => normalizeEmail(plainText(line))?.mailbox ?? tight(line);
/** Letters and digits of all components. */
export const addressKey = (line: ContentLine): string =>
  folded(components(line).join(' ')).replace(/[^\p{L}\p{N}]+/gu, '');
/** One house: the street but for slips, the number, and the place unless a card leaves it out. */
export const nearAddress = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [normalizeAddress(one.value, false), normalizeAddress(other.value, false)];
  if (a === undefined || b === undefined) return false;
  const place = (a.postcode !== '' && a.postcode === b.postcode) || (a.city !== '' && a.city === b.city);
  return a.street !== '' && near(a.street, b.street, 2) && a.number === b.number && (place || !a.city || !b.city);
};
/** Scheme and host do not tell case apart, the path does (RFC 3986 §6.2.2.1). */
export const urlKey = (line: ContentLine): string =>
  plainText(line).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, (start) => start.toLowerCase());
/** What is left of a URL without scheme, `www.` and slashes at the end. */
export const bareUrl = (line: ContentLine): string =>
  folded(plainText(line))
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/+$/, '');
const organization = (line: ContentLine): string => normalizeOrganization(components(line)[0] ?? '');
/** Its address, or its type and size. */
export const photoText = (line: ContentLine): string => {
  const { link, size, mediaType } = photoInfo(line);
  return link ?? `${mediaType ?? 'image'}, ${size} octets`;
};

/** One mailbox written differently, or one letter apart. */
export function nearEmail(one: ContentLine, other: ContentLine): boolean {
  return mailbox(one) === mailbox(other) || near(folded(emailText(one)), folded(emailText(other)), 1);
}

/** One company with another legal form, or nearly the same name. */
export function nearOrganization(one: ContentLine, other: ContentLine): boolean {
  return organization(one) === organization(other) || nearText(one, other);
}
