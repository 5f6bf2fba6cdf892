/** Phone numbers to E.164, by the numbering plans of libphonenumber, without calling its slow parser. */
import type { PhoneRecord, PhoneUse } from '../types.ts';
import { KEEPS_ZERO, planOf, regionOfCallingCode } from './numbering-plan.ts';

const NOT_ASCII_DIGIT = /[\u0660-\u0669\u06f0-\u06f9\uff10-\uff19\uff0b]/g;
/** Named, or behind the pauses that a phone dials it after: `+44 161 555 0100,,39#`. */
const EXTENSION =
  /(?:;ext=|[\s,;]*(?:ext|extn|durchwahl|dw|app|apdo|poste|x|#)\.?[\s:]*|(?<=\d)\s?(?:,+|[pw])\s?(?=\d+#?\s*$))(\d{1,6})#?\s*$/i;
/** Most numbers are digits and what sets them apart: those have no extension that is named. */
const MORE_THAN_DIALLED = /[^\d\s+()./-]/;
/** What is longer is no number, and would take long to search for an extension. */
const LONGEST = 200;
const SWITCHBOARD = /[-\u2010-\u2013]\s?0{1,2}$/;

/**
 * Reads one TEL value. `regions`: countries to read a national number in, best first (the book's, the card's own).
 * `words`: TYPE words of the line, lower case. Returns undefined when there are fewer than three digits, or far too much text.
 */
export function normalizePhone(
  text: string,
  regions: readonly string[],
  words: readonly string[],
): PhoneRecord | undefined {
  if (text.length > LONGEST) return undefined;
  let value = text.replace(/^tel:/i, '').replace(NOT_ASCII_DIGIT, asciiDigit).trim();
  let extension = '';
  const extended = MORE_THAN_DIALLED.test(value) ? EXTENSION.exec(value) : null;
  if (extended) {
    extension = extended[1]!;
    value = value.slice(0, extended.index);
  }
  value = value.replace(/;.*$/, '');
  const work = words.includes('work');
  const switchboard = extension === '' && SWITCHBOARD.test(value);
  let read = readNumber(value, regions);
  const within = extension === '' && isTooLong(read) ? DIALLED_ON.exec(value) : null;
  if (within) {
    extension = within[1]!;
    read = readNumber(value.slice(0, within.index), regions);
  }
  const digits = read.digits;
  if (digits.length < 3) return undefined;
  const number = read.callingCode ? `+${read.callingCode}${digits}` : digits;
  return {
    number: extension ? `${number};ext=${extension}` : number,
    use: useOf(read.region, digits, words),
    work,
    shared: switchboard || digits.length < 6 || isPlaceholder(digits),
  };
}

/** What a number of its country cannot have is an extension behind a hyphen: `+39 0461 555010-39`, but not Germany's numbers of any length. */
const DIALLED_ON = /(?<=\d)\s?[-\u2010-\u2013]\s?(\d{1,4})$/;

function isTooLong({ region, digits }: ReadNumber): boolean {
  // lengths come in their order
  const longest = planOf(region)?.lengths.at(-1);
  return longest !== undefined && digits.length > longest;
}

interface ReadNumber {
  readonly callingCode: string;
  readonly region: string;
  readonly digits: string;
}

function readNumber(value: string, regions: readonly string[]): ReadNumber {
  const nanp = regions[0] !== undefined && planOf(regions[0])?.callingCode === '1';
  const international = /^\s*\+|^\s*\(\+/.test(value);
  const trimmed = value.replace(/\(0\)/, ' ');
  let digits = trimmed.replace(/\D+/g, '');
  if (international) return internationalNumber(digits) ?? { callingCode: '', region: '', digits };
  if (digits.startsWith('00') && digits.length > 8) digits = digits.slice(2);
  else if (nanp && digits.startsWith('011') && digits.length > 10) digits = digits.slice(3);
  else return nationalNumber(value.replace(/\D+/g, ''), regions);
  return internationalNumber(digits) ?? { callingCode: '', region: '', digits };
}

/** Digits behind `+`: calling code split off, a trunk zero written by mistake (`+49 0151…`) dropped. */
function internationalNumber(digits: string): ReadNumber | undefined {
  for (let length = 1; length <= 3; length++) {
    const callingCode = digits.slice(0, length);
    const region = regionOfCallingCode(callingCode);
    if (region === undefined) continue;
    let national = digits.slice(length);
    if (national.startsWith('0') && !KEEPS_ZERO.has(callingCode)) national = national.replace(/^0+/, '');
    return { callingCode, region, digits: national };
  }
  return undefined;
}

/** Mobiles that are dialled otherwise within their country: Argentinians put a 15 behind the area code, others a 9 before it. */
const DIALLED_AT_HOME: ReadonlyMap<string, { readonly pattern: RegExp; readonly abroad: string }> = new Map([
  ['AR', { pattern: /^0?(?=\d{12}$)(11|[23]\d{2}|[23]\d{3})15(\d{6,8})$/, abroad: '9$1$2' }],
]);

function nationalNumber(digits: string, regions: readonly string[]): ReadNumber {
  let guess: ReadNumber | undefined;
  for (const region of regions) {
    const plan = planOf(region);
    if (!plan) continue;
    const atHome = DIALLED_AT_HOME.get(region);
    if (atHome?.pattern.test(digits))
      return { callingCode: plan.callingCode, region, digits: digits.replace(atHome.pattern, atHome.abroad) };
    const trunked = plan.trunk !== '' && digits.startsWith(plan.trunk);
    const national = trunked && !plan.trunkKept ? digits.slice(plan.trunk.length) : digits;
    const here = { callingCode: plan.callingCode, region, digits: national };
    if (trunked || plan.trunk === '' || plan.trunk === '1') {
      if (plan.valid.test(national) && plan.lengths.includes(national.length)) return here;
      if (trunked && national.length >= 6) guess ??= here;
    }
    const unplussed = digits.slice(plan.callingCode.length);
    if (!trunked && digits.startsWith(plan.callingCode) && plan.mobile?.pattern.test(unplussed))
      return { ...here, digits: unplussed };
    if (!trunked && plan.mobile?.pattern.test(digits)) guess ??= { ...here, digits };
  }
  return guess ?? { callingCode: '', region: '', digits };
}

function useOf(region: string, digits: string, words: readonly string[]): PhoneUse {
  const plan = planOf(region);
  // North America gives mobiles and landlines the same numbers: there only the card can say
  const mobile = plan?.mobile?.pattern.test(digits) ?? false;
  const fixed = plan?.mobile !== undefined && (plan.fixed?.pattern.test(digits) ?? false);
  if (mobile && !fixed) return 'mobile';
  if (fixed && !mobile) return 'fixed';
  if (words.includes('cell') || words.includes('iphone') || words.includes('mobile')) return 'mobile';
  return words.includes('home') || words.includes('work') || words.includes('fax') ? 'fixed' : 'unknown';
}

function isPlaceholder(digits: string): boolean {
  return /^(\d)\1+$/.test(digits) || /0{6}$/.test(digits) || '01234567890'.includes(digits) || /^123456/.test(digits);
}

function asciiDigit(c: string): string {
  const code = c.codePointAt(0)!;
  if (code === 0xff0b) return '+';
  return String(code >= 0xff10 ? code - 0xff10 : code >= 0x6f0 ? code - 0x6f0 : code - 0x660);
}

function withoutExtension(number: string): string {
  const end = number.indexOf(';');
  return end < 0 ? number : number.slice(0, end);
}

/** The last eight digits of the number, extension left out: equal for national and international spellings. */
export function subscriberKey(number: string): string {
  const bare = withoutExtension(number);
  return bare.length > 8 ? bare.slice(-8) : bare;
}

/**
 * True for two numbers of one subscriber key that are two lines all the same: of one country, equally long, of two areas or
 * networks; or of two countries. Where a prefix came later (the 9 of Brazil), lengths differ; where a country was guessed, the
 * digits behind it are the same.
 */
export function areTwoLines(a: string, b: string): boolean {
  if (a === b) return false;
  const [one, other] = [withoutExtension(a), withoutExtension(b)];
  if (one === other) return false;
  const [mine, yours] = [split(one), split(other)];
  if (!mine || !yours) return false;
  if (mine.region === yours.region) return one.length === other.length;
  return !mine.digits.endsWith(yours.digits) && !yours.digits.endsWith(mine.digits);
}

/** Country and digits of an E.164 number, or undefined. */
const split = (number: string): ReadNumber | undefined =>
  number.startsWith('+') ? internationalNumber(number.slice(1)) : undefined;

/** Region (ISO 3166 code) of an E.164 number by its calling code alone, or undefined. */
export const regionOf = (number: string): string | undefined => split(number)?.region;

/** True for a number written with its country: `+…`, `00…` (RFC 3966 forms too). */
export function isInternational(text: string): boolean {
  return /^\s*(?:tel:)?\s*\(?\s*(?:\+|00)/i.test(text.replace(NOT_ASCII_DIGIT, asciiDigit));
}

/** The digits of a TEL value as dialled, extension and the `00` before a country left out. */
export function nationalDigits(text: string): string {
  const value = text
    .replace(NOT_ASCII_DIGIT, asciiDigit)
    .replace(EXTENSION, '')
    .replace(/^tel:/i, '')
    .replace(/;.*$/, '');
  return value.replace(/\D+/g, '').replace(/^00/, '');
}
