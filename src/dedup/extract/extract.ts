/** A card to the record that the engine compares: everything read once, when the card is written. */
import { hash } from 'node:crypto';
import { remembering } from '../../base/remembering.ts';
import type { ContentLine } from '../../contentline/content-line.ts';
import { parameter, typeWords } from '../../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../../contentline/value.ts';
import { type Card, isGroup } from '../../vcard/card.ts';
import { completenessOf } from '../completeness.ts';
import { contentHash } from '../content-hash.ts';
import { EMPTY } from '../empty.ts';
import { normalizeAddress } from '../normalize/address.ts';
import { normalizeBirthday } from '../normalize/date.ts';
import { normalizeEmail } from '../normalize/email.ts';
import { isHouseholdName } from '../normalize/joint-name.ts';
import { NO_NAME } from '../normalize/name.ts';
import { genderOfName } from '../normalize/name-gender.ts';
import { normalizeOrganization } from '../normalize/organization.ts';
import { kindOf } from '../normalize/record-kind.ts';
import { foldWords } from '../normalize/text.ts';
import { normalizeUrl } from '../normalize/url.ts';
import type { AddressRecord, ContactRecord, EmailRecord, PhoneRecord, RecordKind } from '../types.ts';
import { readPhones } from './card-phones.ts';
import { byName, first, type Lines, TEXT_LIMIT, texts, unique } from './card-values.ts';
import { mayBeMisplaced, misplacedMail } from './misplaced.ts';
import { readName, type WrittenName, writtenName } from './written-name.ts';

export interface ExtractOptions {
  /** ISO 3166 code of the country whose national phone numbers the book is written in. */
  readonly region?: string;
  /** What the caller calls the card; its UID when left out. */
  readonly id?: string;
}

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

/** Job titles come again and again. */
const titleOf = remembering(20_000, (text) => foldWords(text).join(' '));

const URL_PROPERTIES = ['URL', 'X-SOCIALPROFILE', 'IMPP'];

function readUrls(lines: Lines): readonly string[] {
  if (!URL_PROPERTIES.some((name) => lines.has(name))) return EMPTY;
  return unique(URL_PROPERTIES.flatMap((name) => texts(lines, name).map(normalizeUrl)));
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

function readEmails(lines: Lines): readonly EmailRecord[] {
  const misplaced = mayBeMisplaced(lines) ? misplacedMail(lines) : EMPTY;
  if (!lines.has('EMAIL') && !lines.has('X-MS-IMADDRESS') && misplaced.length === 0) return EMPTY;
  const found: EmailRecord[] = [];
  const add = (text: string): void => {
    const email = normalizeEmail(text);
    if (email && !found.some(({ mailbox }) => mailbox === email.mailbox)) found.push(email);
  };
  for (const name of ['EMAIL', 'X-MS-IMADDRESS']) texts(lines, name).forEach(add);
  misplaced.forEach(add);
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
