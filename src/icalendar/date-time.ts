/** DATE, DATE-TIME, PERIOD and DURATION values as numbers (RFC 5545 §3.3.4, §3.3.5, §3.3.6, §3.3.9). */
import { type ContentLine, parameter } from '../contentline/content-line.ts';

export const SECOND = 1000;
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 86_400_000;

/** A date or date-time as its clock shows it. */
export interface DateTime {
  /** Wall time: ms since 1970-01-01T00:00 on the clock it was written for. Midnight for a date. */
  readonly wall: number;
  readonly isDate: boolean;
  /** Written with Z. */
  readonly isUtc: boolean;
  /** The TZID parameter; undefined for UTC, floating times and dates. */
  readonly tzid: string | undefined;
}

/** Days count by the calendar (nominal), the rest is exact time (RFC 5545 §3.3.6). Both are negative in a negative duration. */
export interface Duration {
  readonly days: number;
  /** Milliseconds. */
  readonly exact: number;
}

/** A period: its end as a date-time or as a duration. */
export interface Period {
  readonly start: DateTime;
  readonly end: DateTime | Duration;
}

/**
 * Reads `20260105`, `20260105T090000` or `20260105T090000Z`; undefined when it is none of these or no day of the calendar.
 * A leap second reads as the 59th second, 24:00:00 as the next midnight, fractions of seconds are cut. Lists hold thousands of
 * them: no pattern, no Date.
 */
export function parseDateTime(text: string, tzid?: string): DateTime | undefined {
  const stamp = text.trim();
  const { length } = stamp;
  if (length > 16) return FRACTION.test(stamp) ? parseDateTime(stamp.replace(FRACTION, '$1$2'), tzid) : undefined;
  const isDate = length === 8;
  const isUtc = length === 16 && (stamp.charCodeAt(15) | 32) === 122;
  if (!isDate && !(length === 15 || isUtc)) return undefined;
  const midnight = utcDay(digits(stamp, 0, 4), digits(stamp, 4, 6), digits(stamp, 6, 8));
  if (midnight === undefined) return undefined;
  if (isDate) return { wall: midnight, isDate, isUtc, tzid: undefined };
  const hour = digits(stamp, 9, 11);
  const minute = digits(stamp, 11, 13);
  const second = digits(stamp, 13, 15);
  const isTime = hour <= 24 && minute <= 59 && second <= 60 && !(hour === 24 && minute + second > 0);
  if ((stamp.charCodeAt(8) | 32) !== 116 || !isTime) return undefined;
  const wall = midnight + hour * HOUR + minute * MINUTE + Math.min(second, 59) * SECOND;
  return { wall, isDate, isUtc, tzid: isUtc ? undefined : tzid };
}

/** Fractions of a second, which no iCalendar time has and programs in JavaScript leave there: `20260105T090000.000Z`. */
const FRACTION = /^(\d{8}T\d{6})(?:[.,]\d+|\d{3})(Z?)$/i;

/** The number that digits make; NaN, which passes no comparison, when one of them is none. */
function digits(text: string, from: number, to: number): number {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const DAYS_BEFORE = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

/** Midnight of a day in ms, or undefined when the month has no such day. Years below 100 are themselves. */
function utcDay(year: number, month: number, day: number): number | undefined {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const length = month === 2 && leap ? 29 : MONTH_LENGTHS[month - 1];
  if (!(year >= 0 && length !== undefined && day >= 1 && day <= length)) return undefined;
  const before = year - 1;
  const leaps = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const days = year * 365 + leaps + DAYS_BEFORE[month - 1]! + (leap && month > 2 ? 1 : 0) + day - 1;
  return (days - DAYS_TO_1970) * DAY;
}

/** From January 1 of the year 0 to that of 1970: 1970 years of 365 days and 477 leap days but that of the year 0 itself. */
const DAYS_TO_1970 = 1970 * 365 + 477;

/** The value of a property that holds one date or date-time, with its TZID. */
export function dateTimeOf(line: ContentLine | undefined): DateTime | undefined {
  return line && parseDateTime(line.value, parameter(line, 'TZID'));
}

/** All dates and date-times of a list property (EXDATE, RDATE); what cannot be read is left out. Periods give their start. */
export function dateTimesOf(line: ContentLine): DateTime[] {
  return periodsOf(line).map((entry) => ('start' in entry ? entry.start : entry));
}

/** All entries of an RDATE or FREEBUSY: date-times or periods; what cannot be read is left out. */
export function periodsOf(line: ContentLine): (DateTime | Period)[] {
  const tzid = parameter(line, 'TZID');
  const entries: (DateTime | Period)[] = [];
  for (const text of line.value.split(',')) {
    const entry = text.includes('/') ? parsePeriod(text, tzid) : parseDateTime(text, tzid);
    if (entry) entries.push(entry);
  }
  return entries;
}

/** Reads `start/end` or `start/duration` (RFC 5545 §3.3.9). */
export function parsePeriod(text: string, tzid?: string): Period | undefined {
  const slash = text.indexOf('/');
  const start = parseDateTime(text.slice(0, slash), tzid);
  const rest = text.slice(slash + 1);
  const end = parseDateTime(rest, tzid) ?? parseDuration(rest);
  return start && end && { start, end };
}

const DURATION = /^([+-])?P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/i;

/** Single parts that some programs write with a T where none belongs, or without theirs, as Android keeps lengths: `P3600S`. */
const MISPLACED_T = /^([+-]?P)T?(\d+(?:[WD]|([HMS])))$/i;

/**
 * Reads a duration; `P` and `PT` are zero, one part with a T where none belongs or without its T is that part (iCalendar has no
 * months: `P90M` is minutes); undefined for years and anything longer than 10,000 years.
 */
export function parseDuration(text: string): Duration | undefined {
  const placed = (_: string, period: string, part: string, isTime?: string) => `${period}${isTime ? 'T' : ''}${part}`;
  const found = DURATION.exec(text.trim().replace(MISPLACED_T, placed));
  if (!found) return undefined;
  const sign = found[1] === '-' ? -1 : 1;
  const [weeks, days, hours, minutes, seconds] = found.slice(2).map((part) => Number(part ?? 0)) as number[];
  const exact = hours! * HOUR + minutes! * MINUTE + seconds! * SECOND;
  const whole = weeks! * 7 + days!;
  if (whole * DAY + exact > 10_000 * 366 * DAY) return undefined;
  return { days: sign * whole || 0, exact: sign * exact || 0 };
}

/** `20260105T090000`, with a Z when it stands for UTC, or `20260105` for a date. Years 0 to 9999. */
export function formatDateTime(wall: number, form: 'date' | 'local' | 'utc'): string {
  const digits = new Date(wall).toISOString().replace(/^\+00|\.\d+Z$|[-:]/g, '');
  return form === 'date' ? digits.slice(0, 8) : form === 'utc' ? `${digits}Z` : digits;
}

/** `P1DT2H`, `-PT15M`, `PT0S`. */
export function formatDuration(duration: Duration): string {
  const sign = duration.days < 0 || duration.exact < 0 ? '-' : '';
  const days = Math.abs(duration.days);
  const seconds = Math.abs(duration.exact) / SECOND;
  const clock = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor(seconds / 60) % 60, 'M'],
    [Math.floor(seconds % 60), 'S'],
  ] as const;
  const time = clock.map(([amount, unit]) => (amount ? `${amount}${unit}` : '')).join('');
  return `${sign}P${days ? `${days}D` : ''}${time || !days ? `T${time || '0S'}` : ''}`;
}
