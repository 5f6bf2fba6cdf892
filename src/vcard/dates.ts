/** Dates of cards in the extended form of 3.0 (`1985-04-12`, ISO 8601) and the basic form of 4.0 (`19850412`, RFC 6350 §4.3). */
import { type ContentLine, parameter } from '../contentline/content-line.ts';
import { decodedValue, unescapeText } from '../contentline/value.ts';

const DATE = /^(\d{4})-?(\d{2})-?(\d{2})$/;
const DATE_TIME =
  /^(\d{4})-?(\d{2})-?(\d{2})[Tt ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?(Z|z|[+-]\d{2}(?::?\d{2})?)?$/;
const NO_YEAR = /^--(\d{2})-?(\d{2})$/;

/** The year that Apple's programs write for "no year", named again in X-APPLE-OMIT-YEAR. */
export const OMITTED_YEAR = '1604';

/** `1985-04-12` to `19850412`, with its time too; a text that is no such date comes back unchanged. */
export function basicDate(text: string): string {
  const date = DATE.exec(text.trim());
  if (date) return date.slice(1).join('');
  const time = DATE_TIME.exec(text.trim());
  if (!time) return text;
  const [, year, month, day, hour, minute, second, fraction, zone = ''] = time;
  const part = fraction === undefined ? '' : `.${fraction}`;
  return `${year}${month}${day}T${hour}${minute}${second ?? ''}${part}${zone.toUpperCase().replace(':', '')}`;
}

/** `19850412` to `1985-04-12`, with its time too; undefined for what 3.0 cannot say (`--0412`, `1985-04`, `T10`). */
export function extendedDate(text: string): string | undefined {
  const date = DATE.exec(text.trim());
  if (date) return date.slice(1).join('-');
  const time = DATE_TIME.exec(text.trim());
  if (!time) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone = ''] = time;
  const part = fraction === undefined ? '' : `.${fraction}`;
  const offset = zone.toUpperCase().replace(/^([+-]\d{2}):?(\d{2})$/, '$1:$2');
  return `${year}-${month}-${day}T${hour}:${minute}${second === undefined ? '' : `:${second}`}${part}${offset}`;
}

const PART_OF_DATE = /^(?:\d{4}(?:\d{4}|-\d{2})?|--\d{2}(?:\d{2})?|---\d{2})$/;
const PART_OF_TIME = /^(?:\d{2}(?:\d{2}(?:\d{2}(?:\.\d+)?)?)?|-\d{2}(?:\d{2})?|--\d{2})(?:Z|[+-]\d{2}(?:\d{2})?)?$/;

/** True for a whole or cut date, a time behind `T`, or both, as 4.0 writes them (RFC 6350 §4.3.4); a fraction of a second passes. */
export function isDateAndOrTime(text: string): boolean {
  const [date = '', time, more] = text.trim().split('T');
  if (more !== undefined || !(PART_OF_DATE.test(date) || (date === '' && time !== undefined))) return false;
  return time === undefined || PART_OF_TIME.test(time);
}

/** Month and day of a 4.0 date without a year (`--0412`, `--04-12`), or undefined. */
export function monthAndDay(text: string): readonly [month: string, day: string] | undefined {
  const found = NO_YEAR.exec(text.trim());
  return found ? [found[1]!, found[2]!] : undefined;
}

const DAY = /^(\d{4})-?(\d{2})-?(\d{2})(?:[Tt ].*)?$/;

/** A date for people: as it is written, but `--04-12` where its year stands for none. */
export function shownDate(line: ContentLine): string {
  const text = unescapeText(decodedValue(line)).trim();
  const [, year, month, day] = DAY.exec(text) ?? [];
  return year === (parameter(line, 'X-APPLE-OMIT-YEAR') ?? OMITTED_YEAR) ? `--${month}-${day}` : text;
}
