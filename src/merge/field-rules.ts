/** One table of what counts as the same value and what a merge does with it: read by the rows on the page and by the merge alike. */
import type { ContentLine } from '../contentline/content-line.ts';
import { formatParameter } from '../contentline/write.ts';
import { shownDate } from '../vcard/dates.ts';
import { isPropertyName, UNREADABLE_LINE } from '../vcard/upgrade.ts';
import {
  addressKey,
  bareUrl,
  dateKey,
  emailText,
  exactKey,
  nameKey,
  nearAddress,
  nearDate,
  nearEmail,
  nearOrganization,
  nearText,
  phoneTail,
  photoText,
  sameName,
  structured,
  textKey,
  tight,
  urlKey,
} from './field-comparisons.ts';
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

const text = (merge: MergeRule): FieldRule => ({ merge, key: textKey, similar: nearText, text: plainText });
const exact = (merge: MergeRule): FieldRule => ({ merge, key: exactKey, similar: nearText, text: plainText });

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
const FIELD_RULES: ReadonlyMap<string, FieldRule> = new Map<string, FieldRule>([
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
