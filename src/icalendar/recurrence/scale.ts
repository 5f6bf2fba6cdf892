/** Calendar scales: years and months as day numbers, Gregorian by arithmetic, others through Temporal (RFC 7529 §3). */
import { AppError } from '../../base/errors.ts';
import { DAY } from '../date-time.ts';

/** A month as a run of days. A day number counts days since 1970-01-01. */
export interface Month {
  readonly start: number;
  readonly length: number;
  readonly number: number;
  readonly leap: boolean;
}

export interface CalendarScale {
  /** The months of a year in order: twelve, or thirteen. */
  months(year: number): readonly Month[];
  yearOf(day: number): number;
  /** Roughly how many months a year has: to jump near a month, never to land on it. */
  readonly monthsPerYear: number;
}

const CACHED_YEARS = 2000;

/** Sunday is 0. */
export function weekdayOf(day: number): number {
  return (((day + 4) % 7) + 7) % 7;
}

function cachedYears(read: (year: number) => readonly Month[]): (year: number) => readonly Month[] {
  const years = new Map<number, readonly Month[]>();
  return (year) => {
    let months = years.get(year);
    if (!months) {
      if (years.size >= CACHED_YEARS) years.clear();
      months = read(year);
      years.set(year, months);
    }
    return months;
  };
}

/** Day number of the first of a month; months may run past the year. */
function gregorianDay(year: number, month: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month, 1);
  return date.getTime() / DAY;
}

export const GREGORIAN: CalendarScale = {
  monthsPerYear: 12,
  yearOf: (day) => new Date(day * DAY).getUTCFullYear(),
  months: cachedYears((year) =>
    Array.from({ length: 12 }, (_, month) => {
      const start = gregorianDay(year, month);
      return { start, length: gregorianDay(year, month + 1) - start, number: month + 1, leap: false };
    }),
  ),
};

/** RSCALE names (CLDR calendar names in upper case) and Temporal's name for each. */
const TEMPORAL_CALENDARS: Readonly<Record<string, string>> = {
  BUDDHIST: 'buddhist',
  COPTIC: 'coptic',
  ETHIOPIC: 'ethiopic',
  'ETHIOPIC-AMETE-ALEM': 'ethioaa',
  HEBREW: 'hebrew',
  INDIAN: 'indian',
  'ISLAMIC-CIVIL': 'islamic-civil',
  'ISLAMIC-TBLA': 'islamic-tbla',
  'ISLAMIC-UMALQURA': 'islamic-umalqura',
  JAPANESE: 'japanese',
  PERSIAN: 'persian',
  ROC: 'roc',
};

/** Lunisolar calendars for which Temporal only estimates leap months far from today: ICU's astronomy serves them. */
const INTL_CALENDARS: Readonly<Record<string, string>> = { CHINESE: 'chinese', DANGI: 'dangi' };

/** What `supported-rscale-set` offers (RFC 7529 §5). */
export const SCALE_NAMES: readonly string[] = [
  'GREGORIAN',
  ...Object.keys(INTL_CALENDARS),
  ...Object.keys(TEMPORAL_CALENDARS),
];

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const scales = new Map<string, CalendarScale>([['GREGORIAN', GREGORIAN]]);

/** The scale an RSCALE names. Throws AppError `supported-rscale` (RFC 7529 §4.1) for one this server cannot count in. */
export function scaleNamed(name: string): CalendarScale {
  const known = scales.get(name);
  if (known) return known;
  if (!SCALE_NAMES.includes(name))
    throw new AppError('invalid', 'supported-rscale', `The calendar scale ${name.slice(0, 40)} is not supported.`);
  const scale = Object.hasOwn(INTL_CALENDARS, name)
    ? intlScale(INTL_CALENDARS[name]!)
    : temporalScale(TEMPORAL_CALENDARS[name]!);
  scales.set(name, scale);
  return scale;
}

function temporalScale(calendar: string): CalendarScale {
  return {
    monthsPerYear: 12,
    yearOf: (day) => EPOCH.add({ days: day }).withCalendar(calendar).year,
    months: cachedYears((year) => {
      const first = Temporal.PlainDate.from({ calendar, year, month: 1, day: 1 });
      let start = first.withCalendar('iso8601').since(EPOCH).days;
      return Array.from({ length: first.monthsInYear }, (_, index) => {
        const month = first.add({ months: index });
        const entry = { start, length: month.daysInMonth, ...monthCode(month.monthCode) };
        start += month.daysInMonth;
        return entry;
      });
    }),
  };
}

/** `M05L` is the leap month after month 5. */
function monthCode(code: string): { number: number; leap: boolean } {
  return { number: Number(code.slice(1, 3)), leap: code.endsWith('L') };
}

interface LunarDate {
  readonly year: number;
  readonly number: number;
  readonly leap: boolean;
}

function intlScale(calendar: string): CalendarScale {
  const format = new Intl.DateTimeFormat(`en-u-ca-${calendar}`, {
    timeZone: 'UTC',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
  });
  const read = (day: number): LunarDate => {
    const parts = format.formatToParts(day * DAY);
    const month = parts.find((part) => part.type === 'month')!.value;
    const year = Number(parts.find((part) => (part.type as string) === 'relatedYear')!.value);
    return { year, number: Number.parseInt(month, 10), leap: !/^\d+$/.test(month) };
  };
  return { monthsPerYear: 12, yearOf: (day) => read(day).year, months: cachedYears((year) => lunarMonths(year, read)) };
}

/** Looks for new year around the second new moon of the Gregorian year, then counts months of 29 or 30 days. */
function lunarMonths(year: number, read: (day: number) => LunarDate): Month[] {
  let start = gregorianDay(year, 0) + 15;
  while (read(start).year < year) start++;
  const months: Month[] = [];
  for (let month = read(start); month.year === year; month = read(start)) {
    const after = read(start + 29);
    const length = after.number === month.number && after.leap === month.leap ? 30 : 29;
    months.push({ start, length, number: month.number, leap: month.leap });
    start += length;
  }
  return months;
}
