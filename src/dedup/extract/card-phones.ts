/** The numbers of a card, read by its country. */
import { typeWords } from '../../contentline/content-line.ts';
import { decodedValue, unescapeText } from '../../contentline/value.ts';
import { EMPTY } from '../empty.ts';
import { countryOf } from '../normalize/address.ts';
import { normalizePhone, regionOf } from '../normalize/phone.ts';
import { regionOfMail } from '../region/guess-region.ts';
import type { EmailRecord, PhoneRecord } from '../types.ts';
import { type Lines, TEXT_LIMIT, texts } from './card-values.ts';
import { mayBeMisplaced, misplacedPhone } from './misplaced.ts';

/**
 * The book's region first, then what the card itself tells: its addresses, then its international numbers; in a book
 * without a region the domains of its mailboxes, too. Two cards meet by the last digits of a number whatever country it
 * was read in: the region only tells mobiles from landlines.
 */
export function readPhones(
  lines: Lines,
  emails: readonly EmailRecord[],
  region: string | undefined,
): readonly PhoneRecord[] {
  const tel = lines.get('TEL');
  if (!tel && !mayBeMisplaced(lines)) return EMPTY;
  const regions: string[] = region ? [region] : [];
  const tell = (country: string | undefined): void => {
    if (country && !regions.includes(country)) regions.push(country);
  };
  for (const line of lines.get('ADR') ?? EMPTY) tell(countryOf(decodedValue(line).slice(0, TEXT_LIMIT)));
  for (const { value } of tel ?? EMPTY) if (INTERNATIONAL.test(value)) tell(regionOfCallingCode(value));
  if (!region) {
    for (const value of texts(lines, 'X-ABADR')) tell(value.toUpperCase());
    for (const { address } of emails) tell(regionOfMail(address));
  }
  if (!tel) return misplacedPhone(lines, regions);
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
