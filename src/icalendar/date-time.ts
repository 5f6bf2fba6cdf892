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

const STAMP = /^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)(\d\d)(Z)?)?$/i;

/**
 * Reads `20260105`, `20260105T090000` or `20260105T090000Z`; undefined when it is none of these or no day of the calendar.
 * A leap second reads as the 59th second, 24:00:00 as the next midnight.
 */
export function parseDateTime(text: string, tzid?: string): DateTime | undefined {
  const found = STAMP.exec(text.trim());
  if (!found) return undefined;
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map((part) => Number(part ?? 0)) as number[];
  if (hour! > 24 || minute! > 59 || second! > 60 || (hour === 24 && minute! + second! > 0)) return undefined;
  const midnight = utcDay(year!, month!, day!);
  if (midnight === undefined) return undefined;
  const wall = midnight + hour! * HOUR + minute! * MINUTE + Math.min(second!, 59) * SECOND;
  const isDate = found[4] === undefined;
  const isUtc = found[7] !== undefined;
  return { wall, isDate, isUtc, tzid: isDate || isUtc ? undefined : tzid };
}

/** Midnight of a day in ms, or undefined when the month has no such day. Years below 100 are themselves. */
function utcDay(year: number, month: number, day: number): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

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

/** Reads a duration; `P` and `PT` are zero; undefined for years, months and anything longer than 10,000 years. */
export function parseDuration(text: string): Duration | undefined {
  const found = DURATION.exec(text.trim());
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
