/** One table of what counts as the same value and what a merge does with it: read by the rows on the page and by the merge alike. */
import { distance } from 'fastest-levenshtein';
import type { ContentLine } from '../contentline/content-line.ts';
import { parameter } from '../contentline/content-line.ts';
import { formatParameter } from '../contentline/write.ts';
import { normalizeAddress } from '../dedup/normalize/address.ts';
import { normalizeBirthday } from '../dedup/normalize/date.ts';
import { normalizeEmail } from '../dedup/normalize/email.ts';
import { normalizeOrganization } from '../dedup/normalize/organization.ts';
import { foldTight, foldWords } from '../dedup/normalize/text.ts';
import { shownDate } from '../vcard/dates.ts';
import { isPropertyName, UNREADABLE_LINE } from '../vcard/upgrade.ts';
import type { MergeRule } from './field-row.ts';
import { components, folded, plainText, spokenAddress, spokenName } from './field-text.ts';
import { photoInfo } from './photo.ts';

export interface FieldRule {
  /** What a merge does with the values. */
  readonly merge: MergeRule;
  /** Lines with the same key hold the same value. The empty key stands for no value at all. */
  readonly key: (line: ContentLine) => string;
  /** True for values that are near: shown side by side, but both kept. */
  readonly similar: (one: ContentLine, other: ContentLine) => boolean;
  /** The value for people. */
  readonly text: (line: ContentLine) => string;
  /** The value that a card without the property stands for, as a key. */
  readonly implied?: string;
  /** `single` only: values that lost are of no use to people and stay in the merge record alone. */
  readonly loserOnlyInRecord?: true;
  /** Of two values of which one begins with the other, the fuller one stands for both (a company and its department). */
  readonly fullerAbsorbs?: true;
  /** The label of the line's group is part of what it says: `Anna` as mother is not `Anna` as sister. */
  readonly labelCounts?: true;
  /** TEL only: keys depend on all the numbers of the merge (`phoneKeys`). */
  readonly phones?: true;
}

const tight = (line: ContentLine): string => foldTight(plainText(line));
const textKey = (line: ContentLine): string => folded(plainText(line));
const exactKey = (line: ContentLine): string => plainText(line);
const near = (one: string, other: string, most: number): boolean =>
  one !== '' && other !== '' && Math.abs(one.length - other.length) <= most && distance(one, other) <= most;
const nearText = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [tight(one).slice(0, 500), tight(other).slice(0, 500)];
  return near(a, b, Math.min(3, Math.floor(Math.max(a.length, b.length) / 5)));
};
const sameWords = (one: string, other: string): boolean =>
  foldWords(one).sort().join(' ') === foldWords(other).sort().join(' ');

const text = (merge: MergeRule): FieldRule => ({ merge, key: textKey, similar: nearText, text: plainText });
const exact = (merge: MergeRule): FieldRule => ({ merge, key: exactKey, similar: nearText, text: plainText });

const structured = (line: ContentLine): string => components(line).map(folded).join(';').replace(/;+$/, '');
/** Words in any order: `Muster, Anna` is `Anna Muster`. */
const nameKey = (line: ContentLine): string => (folded(plainText(line)).match(/[^\s,;]+/g) ?? []).sort().join(' ');
const sameName = (spoken: (line: ContentLine) => string) => (one: ContentLine, other: ContentLine) =>
  sameWords(spoken(one), spoken(other)) || nearText(one, other);

const birthday = (line: ContentLine): ReturnType<typeof normalizeBirthday> =>
  normalizeBirthday(plainText(line), parameter(line, 'X-APPLE-OMIT-YEAR') !== undefined);
const dateKey = (line: ContentLine): string => {
  const read = birthday(line);
  return read === null ? textKey(line) : `${read.year}-${read.month}-${read.day}`;
};
/** The same day with the year missing on one side, or one digit off. */
const nearDate = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [birthday(one), birthday(other)];
  if (a === null || b === null) return nearText(one, other);
  if (a.month === b.month && a.day === b.day) return true;
  const digits = ({ year, month, day }: typeof a): string => `${year * 10000 + month * 100 + day}`;
  return a.year !== 0 && b.year !== 0 && distance(digits(a), digits(b)) <= 1;
};

const phoneTail = (line: ContentLine): string => plainText(line).replace(/\D/g, '').slice(-7);
const emailText = (line: ContentLine): string => plainText(line).replace(/^mailto:/i, '');
const mailbox = (line: ContentLine): string => normalizeEmail(plainText(line))?.mailbox ?? tight(line);
const addressKey = (line: ContentLine): string => folded(components(line).join(' ')).replace(/[^\p{L}\p{N}]+/gu, '');
const nearAddress = (one: ContentLine, other: ContentLine): boolean => {
  const [a, b] = [normalizeAddress(one.value, false), normalizeAddress(other.value, false)];
  if (a === undefined || b === undefined) return false;
  const place = (a.postcode !== '' && a.postcode === b.postcode) || (a.city !== '' && a.city === b.city);
  return a.street !== '' && near(a.street, b.street, 2) && a.number === b.number && (place || !a.city || !b.city);
};
/** Scheme and host do not tell case apart, the path does (RFC 3986 §6.2.2.1). */
const urlKey = (line: ContentLine): string =>
  plainText(line).replace(/^[a-z][a-z0-9+.-]*:\/\/[^/?#]*/i, (start) => start.toLowerCase());
const bareUrl = (line: ContentLine): string =>
  folded(plainText(line))
    .replace(/^https?:\/\/(?:www\.)?/, '')
    .replace(/\/+$/, '');
const organization = (line: ContentLine): string => normalizeOrganization(components(line)[0] ?? '');
const photoText = (line: ContentLine): string => {
  const { link, size, mediaType } = photoInfo(line);
  return link ?? `${mediaType ?? 'image'}, ${size} octets`;
};

const phonetic = text('single');
const photo: FieldRule = {
  merge: 'photo',
  key: (line) => photoInfo(line).digest,
  similar: () => false,
  text: photoText,
};
const own = exact('own');
/** Display settings of one program. */
const ofProgram: FieldRule = { ...exact('single'), loserOnlyInRecord: true };
const date: FieldRule = { merge: 'single', key: dateKey, similar: nearDate, text: shownDate };
const url: FieldRule = {
  merge: 'union',
  key: urlKey,
  similar: (one, other) => bareUrl(one) === bareUrl(other),
  text: plainText,
};

/** By property name in upper case; Apple's group names stand under the names of 4.0. What is not listed is carried line by line. */
export const FIELD_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
  ['N', { merge: 'single', key: structured, similar: sameName(spokenName), text: spokenName }],
  ['FN', { merge: 'single', key: nameKey, similar: sameName(plainText), text: plainText }],
  ['NICKNAME', text('list')],
  ['X-PHONETIC-FIRST-NAME', phonetic],
  ['X-PHONETIC-MIDDLE-NAME', phonetic],
  ['X-PHONETIC-LAST-NAME', phonetic],
  ['X-PHONETIC-ORG', phonetic],
  ['SORT-STRING', phonetic],
  ['X-MAIDENNAME', text('union')],
  ['KIND', { ...text('single'), implied: 'individual' }],
  ['GENDER', { ...text('single'), key: structured }],
  ['X-GENDER', text('single')],
  ['PHOTO', photo],
  ['LOGO', photo],
  ['BDAY', date],
  ['DEATHDATE', date],
  ['ANNIVERSARY', date],
  ['X-ANNIVERSARY', date],
  [
    'TEL',
    { merge: 'union', key: textKey, similar: (a, b) => phoneTail(a) === phoneTail(b), text: plainText, phones: true },
  ],
  ['EMAIL', { merge: 'union', key: (line) => folded(emailText(line)), similar: nearEmail, text: emailText }],
  ['ADR', { merge: 'union', key: addressKey, similar: nearAddress, text: spokenAddress }],
  ['LABEL', text('union')],
  [
    'ORG',
    {
      merge: 'union',
      fullerAbsorbs: true,
      key: structured,
      similar: nearOrganization,
      text: (line) => components(line).filter(Boolean).join(', '),
    },
  ],
  ['TITLE', text('union')],
  ['ROLE', text('union')],
  ['URL', url],
  ['IMPP', url],
  ['X-SOCIALPROFILE', url],
  ['X-ABRELATEDNAMES', { ...text('union'), labelCounts: true }],
  ['X-ABDATE', { ...date, merge: 'union', labelCounts: true }],
  [
    'NOTE',
    {
      merge: 'note',
      key: textKey,
      similar: (a, b) => tight(a).includes(tight(b)) || tight(b).includes(tight(a)),
      text: plainText,
    },
  ],
  ['CATEGORIES', text('list')],
  ['MAILER', text('single')],
  ['CLASS', text('single')],
  ['X-ABSHOWAS', text('single')],
  ['X-EVOLUTION-FILE-AS', text('single')],
  ['X-MS-OL-DESIGN', ofProgram],
  ['X-MS-OL-DEFAULT-POSTAL-ADDRESS', ofProgram],
  ['X-MS-CARDPICTURE-ID', ofProgram],
  ['UID', own],
  ['REV', own],
  ['PRODID', own],
  ['VERSION', own],
  ['BEGIN', own],
  ['END', own],
  ['CLIENTPIDMAP', own],
]);

function nearEmail(one: ContentLine, other: ContentLine): boolean {
  return mailbox(one) === mailbox(other) || near(folded(emailText(one)), folded(emailText(other)), 1);
}

function nearOrganization(one: ContentLine, other: ContentLine): boolean {
  return organization(one) === organization(other) || nearText(one, other);
}

/** Nobody knows what the parameters of an unknown property mean: they are part of its value. */
const UNKNOWN: FieldRule = {
  ...exact('union'),
  key: (line) => {
    const params = line.params.filter(({ name }) => name !== 'TYPE' && name !== '').map(formatParameter);
    const value = exactKey(line);
    return value === '' ? '' : value + params.sort().join('');
  },
};
const ASIDE = 'X-MERGED-';

/** The name under which a value that lost stays on the card: `X-MERGED-BDAY`. */
export function asideName(property: string): string {
  return ASIDE + property.replace(/^X-/, '');
}

/** The property whose losers stand under `name`, or undefined when it is no such name. */
export function asideOf(name: string): string | undefined {
  if (!name.startsWith(ASIDE)) return undefined;
  const bare = name.slice(ASIDE.length);
  return FIELD_RULES.has(bare) ? bare : `X-${bare}`;
}

/** The rule of a canonical property name. Values kept aside compare like those of their property, and are all kept. */
export function ruleOf(property: string): FieldRule {
  const base = asideOf(property);
  if (base === undefined) return FIELD_RULES.get(property) ?? UNKNOWN;
  const { key, similar, text: spoken } = FIELD_RULES.get(base) ?? UNKNOWN;
  return { merge: 'union', key, similar, text: spoken };
}

const CANONICAL: ReadonlyMap<string, string> = new Map([
  ['X-ADDRESSBOOKSERVER-KIND', 'KIND'],
  ['X-ADDRESSBOOKSERVER-MEMBER', 'MEMBER'],
]);

/** The name under which the rules know a line; what is no property line stands under `X-UNREADABLE-LINE`. */
export function propertyOf(line: ContentLine): string {
  if (!isPropertyName(line.name)) return UNREADABLE_LINE;
  return CANONICAL.get(line.name) ?? line.name;
}

/** Lines that say something of another line of their group: they go where it goes. */
export function isCompanion(line: ContentLine): boolean {
  return line.group !== '' && (line.name === 'X-ABLABEL' || line.name === 'X-ABADR');
}
