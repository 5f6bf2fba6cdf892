/** RRULE values: text to a checked, sorted recurrence rule (RFC 5545 §3.3.10, RFC 7529 §4). */
import { AppError } from '../../base/errors.ts';
import { type DateTime, parseDateTime } from '../date-time.ts';

/** From the longest period to the shortest: a greater index is a shorter period. */
export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY', 'SECONDLY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];
export type Skip = 'OMIT' | 'FORWARD' | 'BACKWARD';

/** Sunday is 0, as in ECMAScript. */
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];

export interface WeekdayNumber {
  /** 0: every such weekday; n: the n-th of the month or year; -n: counted from its end. */
  readonly ordinal: number;
  readonly weekday: number;
}

export interface MonthNumber {
  readonly number: number;
  /** RFC 7529 §4.2: `5L` is the leap month after month 5. */
  readonly leap: boolean;
}

export interface RecurrenceRule {
  /** Characters it is written in: what going through its parts costs. */
  readonly size: number;
  readonly frequency: Frequency;
  readonly interval: number;
  readonly count: number | undefined;
  readonly until: DateTime | undefined;
  readonly weekStart: number;
  /** Calendar scale in upper case, `GREGORIAN` unless RSCALE says otherwise. */
  readonly scale: string;
  readonly skip: Skip;
  /** BY parts: absent, or numbers in ascending order without repeats. */
  readonly byMonth?: readonly MonthNumber[];
  readonly byWeekNo?: readonly number[];
  readonly byYearDay?: readonly number[];
  readonly byMonthDay?: readonly number[];
  readonly byDay?: readonly WeekdayNumber[];
  readonly byHour?: readonly number[];
  readonly byMinute?: readonly number[];
  readonly bySecond?: readonly number[];
  readonly bySetPos?: readonly number[];
}

interface NumberPart {
  readonly field: 'byWeekNo' | 'byYearDay' | 'byMonthDay' | 'byHour' | 'byMinute' | 'bySecond' | 'bySetPos';
  readonly least: number;
  readonly most: number;
  readonly signed: boolean;
}

const NUMBER_PARTS: Readonly<Record<string, NumberPart>> = {
  BYSECOND: { field: 'bySecond', least: 0, most: 60, signed: false },
  BYMINUTE: { field: 'byMinute', least: 0, most: 59, signed: false },
  BYHOUR: { field: 'byHour', least: 0, most: 23, signed: false },
  BYMONTHDAY: { field: 'byMonthDay', least: 1, most: 31, signed: true },
  BYYEARDAY: { field: 'byYearDay', least: 1, most: 385, signed: true },
  BYWEEKNO: { field: 'byWeekNo', least: 1, most: 53, signed: true },
  BYSETPOS: { field: 'bySetPos', least: 1, most: 366, signed: true },
};

type Draft = { -readonly [K in keyof RecurrenceRule]: RecurrenceRule[K] };

const PARTS: Readonly<Record<string, (rule: Draft, value: string) => void>> = {
  FREQ: (rule, value) => {
    rule.frequency = FREQUENCIES.find((known) => known === value) ?? bad(`FREQ=${value}`);
  },
  INTERVAL: (rule, value) => {
    rule.interval = Math.max(1, wholeNumber('INTERVAL', value));
  },
  COUNT: (rule, value) => {
    rule.count = value === '-1' ? undefined : wholeNumber('COUNT', value) || undefined;
  },
  UNTIL: (rule, value) => {
    rule.until = parseDateTime(value) ?? bad(`UNTIL=${value}`);
  },
  WKST: (rule, value) => {
    rule.weekStart = weekday(value);
  },
  BYDAY: (rule, value) => {
    rule.byDay = unique(value.split(',')).map(weekdayNumber);
  },
  BYMONTH: (rule, value) => {
    rule.byMonth = unique(value.split(',')).map(monthNumber);
  },
  RSCALE: (rule, value) => {
    rule.scale = value;
  },
  SKIP: (rule, value) => {
    if (value !== 'OMIT' && value !== 'FORWARD' && value !== 'BACKWARD') bad(`SKIP=${value}`);
    rule.skip = value as Skip;
  },
};

/**
 * Reads the value of an RRULE or EXRULE. Letter case, order of parts and stray spaces do not matter; X- parts are passed over;
 * of a part written twice the last one counts; one without a value says nothing (`BYDAY=` where a program offered days and none
 * was chosen). `INTERVAL=0` is 1, `COUNT=0` and `COUNT=-1` are no count, as the programs mean that write them; TZID tells UNTIL's
 * clock, which is DTSTART's. Throws AppError `valid-calendar-data` naming the part that is wrong.
 */
export function parseRule(text: string): RecurrenceRule {
  const rule: Partial<Draft> = { size: text.length, interval: 1, count: undefined, until: undefined, weekStart: 1 };
  const draft = Object.assign(rule, { scale: 'GREGORIAN', skip: 'OMIT' }) as Draft;
  for (const part of text.toUpperCase().replace(/\s/g, '').split(';')) {
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = part.slice(0, Math.max(equals, 0));
    const value = part.slice(equals + 1);
    if (equals < 1) bad(part);
    if (value === '') continue;
    if (Object.hasOwn(PARTS, name)) PARTS[name]!(draft, value);
    else if (Object.hasOwn(NUMBER_PARTS, name)) {
      const { field, ...range } = NUMBER_PARTS[name]!;
      draft[field] = numbers(name, value, range);
    } else if (name !== 'TZID' && !name.startsWith('X-')) bad(part);
  }
  if (draft.frequency === undefined) bad('no FREQ');
  // RFC 5545 §3.3.10 forbids BYYEARDAY here. Apple's and Google's calendars pass over it: as a limit it left one day a year.
  if (draft.frequency === 'MONTHLY' && draft.byMonthDay) delete draft.byYearDay;
  return draft;
}

function bad(what: string): never {
  throw new AppError('invalid', 'valid-calendar-data', `The recurrence rule cannot be read: ${what.slice(0, 80)}.`);
}

/** Huge numbers stay exact enough to compare: a step beyond the year 9999 gives no second instance. */
function wholeNumber(name: string, value: string): number {
  return /^\d+$/.test(value) ? Math.min(Number(value), 1e15) : bad(`${name}=${value}`);
}

function numbers(name: string, value: string, range: Omit<NumberPart, 'field'>): number[] {
  const list = unique(value.split(',')).map((text) => {
    const amount = /^[+-]?\d{1,4}$/.test(text) ? Number(text) : Number.NaN;
    const size = range.signed ? Math.abs(amount) : amount;
    return size >= range.least && size <= range.most ? amount : bad(`${name}=${text}`);
  });
  return unique(list).sort((a, b) => a - b);
}

function weekday(value: string): number {
  const index = WEEKDAYS.indexOf(value);
  return index >= 0 ? index : bad(`weekday ${value}`);
}

function weekdayNumber(text: string): WeekdayNumber {
  const found = /^([+-]?\d{1,2})?([A-Z]{2})$/.exec(text) ?? bad(`BYDAY=${text}`);
  const ordinal = Number(found[1] ?? 0);
  if ((found[1] !== undefined && ordinal === 0) || Math.abs(ordinal) > 53) bad(`BYDAY=${text}`);
  return { ordinal, weekday: weekday(found[2]!) };
}

function monthNumber(text: string): MonthNumber {
  const found = /^(\d{1,2})(L?)$/.exec(text) ?? bad(`BYMONTH=${text}`);
  const number = Number(found[1]);
  return number >= 1 && number <= 13 ? { number, leap: found[2] === 'L' } : bad(`BYMONTH=${text}`);
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
