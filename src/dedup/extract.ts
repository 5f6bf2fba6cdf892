/** A card to the record that the engine compares: everything read once, when the card is written. */

import { hash } from 'node:crypto';
import { remembering } from '../base/remembering.ts';
import type { ContentLine } from '../contentline/content-line.ts';
import { parameter, typeWords } from '../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../contentline/value.ts';
import { type Card, isGroup } from '../vcard/card.ts';
import { completenessOf } from './completeness.ts';
import { contentHash } from './content-hash.ts';
import { EMPTY } from './empty.ts';
import { isGivenName } from './names/given-names.ts';
import { LABEL_WORDS } from './names/words.ts';
import { countryOf, normalizeAddress } from './normalize/address.ts';
import { normalizeBirthday } from './normalize/date.ts';
import { normalizeEmail } from './normalize/email.ts';
import { isHouseholdName } from './normalize/joint-name.ts';
import { type NameFields, NO_NAME, normalizeName } from './normalize/name.ts';
import { genderOfName } from './normalize/name-gender.ts';
import { normalizeOrganization } from './normalize/organization.ts';
import { normalizePhone, regionOf } from './normalize/phone.ts';
import { kindOf } from './normalize/record-kind.ts';
import { foldWords } from './normalize/text.ts';
import { normalizeUrl } from './normalize/url.ts';
import { regionOfMail } from './region.ts';
import type { AddressRecord, ContactRecord, EmailRecord, PhoneRecord, RecordKind } from './types.ts';

export interface ExtractOptions {
  /** ISO 3166 code of the country whose national phone numbers the book is written in. */
  readonly region?: string;
  /** What the caller calls the card; its UID when left out. */
  readonly id?: string;
}

/** More values of one property than a person has: the rest of a broken or hostile card is not compared. */
const VALUE_LIMIT = 24;
/** Longest text that is looked at; names and numbers are far shorter. */
const TEXT_LIMIT = 300;

type Lines = ReadonlyMap<string, readonly ContentLine[]>;

/** Reads everything the engine compares. Never throws; unreadable values are left out. Groups come back as kind `group`. */
export function extractRecord(card: Card, options: ExtractOptions = {}): ContactRecord {
  const lines = byName(card);
  const addresses = readAddresses(lines);
  const emails = readEmails(lines);
  const phones = readPhones(lines, emails, options.region);
  const orgs = texts(lines, 'ORG').map((org) => splitValue(org, ';')[0] ?? '');
  const organizations = unique(orgs.map((org) => normalizeOrganization(unescapeText(org))));
  const title = first(lines, 'TITLE') ?? first(lines, 'ROLE') ?? '';
  const written = writtenName(lines, emails);
  const kind = isGroup(card)
    ? 'group'
    : kindOf(written, organizations[0] ?? '', declaredKind(lines), () => hasOwnLine(phones, emails));
  const name = kind === 'organization' ? NO_NAME : readName(lines, ofHousehold(kind, written), emails);
  const revised = first(lines, 'REV') ?? '';
  const content = contentHash(card);
  return {
    id: options.id ?? (first(lines, 'UID') || content),
    kind,
    contentHash: content,
    name,
    phones,
    emails,
    addresses,
    birthday: readBirthday(lines),
    organizations: kind === 'organization' && organizations.length === 0 ? [organizationName(lines)] : organizations,
    title: title === '' ? '' : titleOf(title),
    gender: readGender(lines) || genderOfName(written, name),
    urls: readUrls(lines),
    photo: readPhoto(lines),
    completeness: completenessOf(card),
    revised: revised.replace(/[^0-9]/g, ''),
  };
}

/** `Familie` in the given field is no given name. */
const ofHousehold = (kind: RecordKind, written: WrittenName): WrittenName =>
  kind === 'couple' && isHouseholdName(written.given) ? { ...written, given: '' } : written;

/** `org` where KIND or Apple's own property says so, else what KIND says. */
function declaredKind(lines: Lines): string {
  if (/company/i.test(first(lines, 'X-ABSHOWAS') ?? '')) return 'org';
  return first(lines, 'KIND')?.toLowerCase() ?? '';
}

/** A mobile or a mailbox of one's own, which somebody at a company has whose name is not told. */
const hasOwnLine = (phones: readonly PhoneRecord[], emails: readonly EmailRecord[]): boolean =>
  phones.some(({ use }) => use === 'mobile') || emails.some(({ role }) => !role);

function byName(card: Card): Lines {
  const lines = new Map<string, ContentLine[]>();
  for (const line of card.lines) {
    const same = lines.get(line.name);
    if (!same) lines.set(line.name, [line]);
    else if (same.length < VALUE_LIMIT) same.push(line);
  }
  return lines;
}

/** Values of a property with transfer encoding undone and escapes kept, cut to a sane length. */
function raw(lines: Lines, name: string): readonly string[] {
  return lines.get(name)?.map((line) => decodedValue(line).slice(0, TEXT_LIMIT)) ?? EMPTY;
}

function texts(lines: Lines, name: string): readonly string[] {
  return lines.get(name)?.map(textOf) ?? EMPTY;
}

const textOf = (line: ContentLine): string => unescapeText(decodedValue(line).slice(0, TEXT_LIMIT)).trim();

/** The first value of a property as text. */
function first(lines: Lines, name: string): string | undefined {
  const line = lines.get(name)?.[0];
  return line && textOf(line);
}

function unique(values: readonly string[]): readonly string[] {
  if (values.length === 0) return EMPTY;
  if (values.length === 1) return values[0] === '' ? EMPTY : values;
  return [...new Set(values)].filter((value) => value !== '');
}

/** Job titles come again and again. */
const titleOf = remembering(20_000, (text) => foldWords(text).join(' '));

const URL_PROPERTIES = ['URL', 'X-SOCIALPROFILE', 'IMPP'];

function readUrls(lines: Lines): readonly string[] {
  if (!URL_PROPERTIES.some((name) => lines.has(name))) return EMPTY;
  return unique(URL_PROPERTIES.flatMap((name) => texts(lines, name).map(normalizeUrl)));
}

type WrittenName = Pick<NameFields, 'family' | 'given' | 'additional' | 'prefix' | 'suffix' | 'formatted'>;

/** N and FN as text, without what only repeats an address or a number. */
function writtenName(lines: Lines, emails: readonly EmailRecord[]): WrittenName {
  const parts = splitValue(raw(lines, 'N')[0] ?? '', ';').map((part) => unescapeText(part).trim());
  const [family = '', given = '', additional = '', prefix = '', suffix = ''] = parts;
  const name = (text: string): string => withoutTag(personal(text), emails);
  const formatted = name(first(lines, 'FN') ?? '');
  return { family: name(family), given: name(given), additional, prefix, suffix, formatted };
}

function readName(lines: Lines, written: WrittenName, emails: readonly EmailRecord[]): ContactRecord['name'] {
  const fields: NameFields = {
    ...written,
    nicknames: readNicknames(lines),
    phoneticGiven: first(lines, 'X-PHONETIC-FIRST-NAME') ?? '',
    phoneticFamily: first(lines, 'X-PHONETIC-LAST-NAME') ?? '',
    maiden: lines.has('X-MAIDENNAME') ? texts(lines, 'X-MAIDENNAME').join(' ') : '',
  };
  const name = normalizeName(fields);
  return isOnlyMail(name, emails) ? { ...NO_NAME, nicknames: name.nicknames } : completedName(name, emails);
}

/** Half a name, and the other half in the card's own mailbox: `Meier` with `anna.meier84@`. */
function completedName(name: ContactRecord['name'], emails: readonly EmailRecord[]): ContactRecord['name'] {
  if (name.given.length + name.family.length !== 1 || name.han !== '') return name;
  const known = name.given[0] ?? name.family[0]!;
  for (const { address, role } of emails) {
    const [, first, second] = SPELLED.exec(address) ?? [];
    const other = first === known ? second : second === known ? first : undefined;
    if (role || other === undefined || LABEL_WORDS.has(other)) continue;
    return { ...name, [name.given.length > 0 ? 'family' : 'given']: [other], completed: true };
  }
  return name;
}

/** A mailbox of two words, as most people's with an employer. */
const SPELLED = /^([a-z]{3,})[._-]([a-z]{3,})\d*(?:\+[^@]*)?@/;

/** A name field that holds an address or a number says no name. */
function personal(text: string): string {
  return /@[\w-]+\./.test(text) || /^[+\d\s()/.-]{5,}$/.test(text) ? '' : text;
}

/** A mailbox taken for a name keeps its tag (`Anna Meier+news`), which is neither a name nor a second person. */
function withoutTag(text: string, emails: readonly EmailRecord[]): string {
  const plus = text.indexOf('+');
  if (plus < 1) return text;
  const tag = `${text.slice(plus).toLowerCase()}@`;
  return emails.some(({ address }) => address.includes(tag)) ? text.slice(0, plus) : text;
}

/** A single word that repeats a mailbox (`sunnytom12`, but for `anna84`) was never typed as a name. */
function isOnlyMail(name: ContactRecord['name'], emails: readonly EmailRecord[]): boolean {
  if (name.given.length + name.family.length !== 1) return false;
  const word = name.given[0] ?? name.family[0]!;
  return emails.some(({ local }) => {
    const numbered = /\d$/.test(local) && !isGivenName(word);
    return (word.length > 8 || numbered) && local.replace(/\d+$/, '') === word;
  });
}

function readNicknames(lines: Lines): readonly string[] {
  if (!lines.has('NICKNAME') && !lines.has('X-ANDROID-CUSTOM')) return EMPTY;
  const found = raw(lines, 'NICKNAME').flatMap((value) => splitValue(value, ',').map(unescapeText));
  for (const value of texts(lines, 'X-ANDROID-CUSTOM')) {
    const [type, nickname] = value.split(';');
    if (type === 'vnd.android.cursor.item/nickname' && nickname) found.push(nickname);
  }
  return found;
}

function organizationName(lines: Lines): string {
  return normalizeOrganization(first(lines, 'FN') ?? '');
}

function isWork(line: ContentLine): boolean {
  return typeWords(line).includes('work');
}

function readAddresses(lines: Lines): readonly AddressRecord[] {
  if (!lines.has('ADR')) return EMPTY;
  const found: AddressRecord[] = [];
  for (const line of lines.get('ADR') ?? []) {
    const address = normalizeAddress(decodedValue(line).slice(0, TEXT_LIMIT * 2), isWork(line));
    if (address) found.push(address);
  }
  return found;
}

/**
 * The book's region first, then what the card itself tells: its addresses, then its international numbers; in a book
 * without a region the domains of its mailboxes, too. Two cards meet by the last digits of a number whatever country it
 * was read in: the region only tells mobiles from landlines.
 */
function readPhones(lines: Lines, emails: readonly EmailRecord[], region: string | undefined): readonly PhoneRecord[] {
  const tel = lines.get('TEL');
  if (!tel) return EMPTY;
  const regions: string[] = region ? [region] : [];
  const tell = (country: string | undefined): void => {
    if (country && !regions.includes(country)) regions.push(country);
  };
  for (const line of lines.get('ADR') ?? EMPTY) tell(countryOf(decodedValue(line).slice(0, TEXT_LIMIT)));
  for (const { value } of tel) if (INTERNATIONAL.test(value)) tell(regionOfCallingCode(value));
  if (!region) {
    for (const value of texts(lines, 'X-ABADR')) tell(value.toUpperCase());
    for (const { address } of emails) tell(regionOfMail(address));
  }
  const found: PhoneRecord[] = [];
  for (const line of tel) {
    const phone = normalizePhone(unescapeText(decodedValue(line)).slice(0, 60), regions, typeWords(line));
    if (phone && !found.some(({ number }) => number === phone.number)) found.push(phone);
  }
  return found.length > 0 ? found : EMPTY;
}

const INTERNATIONAL = /^\s*(?:tel:)?\+/;
/** A calling code and the first digits behind it, which tell no more. */
const CALLING_DIGITS = 6;

/** The country of a number written with `+`. */
function regionOfCallingCode(value: string): string | undefined {
  const from = value.indexOf('+') + 1;
  let digits = '+';
  for (let i = from; i < value.length && digits.length <= CALLING_DIGITS; i++) {
    const code = value.charCodeAt(i);
    if (code >= 48 && code <= 57) digits += value[i];
  }
  return regionOf(digits);
}

function readEmails(lines: Lines): readonly EmailRecord[] {
  if (!lines.has('EMAIL') && !lines.has('X-MS-IMADDRESS')) return EMPTY;
  const found: EmailRecord[] = [];
  for (const name of ['EMAIL', 'X-MS-IMADDRESS'])
    for (const text of texts(lines, name)) {
      const email = normalizeEmail(text);
      if (email && !found.some(({ mailbox }) => mailbox === email.mailbox)) found.push(email);
    }
  return found.length > 0 ? found : EMPTY;
}

function readBirthday(lines: Lines): ContactRecord['birthday'] {
  const line = lines.get('BDAY')?.[0];
  return line ? normalizeBirthday(decodedValue(line), parameter(line, 'X-APPLE-OMIT-YEAR') !== undefined) : null;
}

function readGender(lines: Lines): string {
  const word = (first(lines, 'GENDER') ?? first(lines, 'X-GENDER') ?? '').toLowerCase();
  return word.startsWith('m') ? 'm' : word.startsWith('f') || word.startsWith('w') ? 'f' : '';
}

function readPhoto(lines: Lines): string {
  const line = lines.get('PHOTO')?.[0];
  if (!line || line.value.length < 8) return '';
  const value = line.value.replace(/^data:[^,]*,/i, '').replace(/\s+/g, '');
  return hash('sha1', value, 'base64url').slice(0, 16);
}
