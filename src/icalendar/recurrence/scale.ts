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

/** The month of a day and all months of its year. */
export interface DayPlace {
  readonly month: Month;
  readonly months: readonly Month[];
}

export interface CalendarScale {
  /** The months of a year in order: twelve, or thirteen. */
  months(year: number): readonly Month[];
  yearOf(day: number): number;
  place(day: number): DayPlace;
  /** Steps of the budget that reading this year costs. */
  yearCost(year: number): number;
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

/** Days arrive in order: the year of the last one answers most questions. */
function placesOf(scale: Pick<CalendarScale, 'months' | 'yearOf'>): CalendarScale['place'] {
  let last: DayPlace | undefined;
  return (day) => {
    if (last && day >= last.month.start && day < last.month.start + last.month.length) return last;
    const end = last?.months.at(-1);
    const sameYear = last && end && day >= last.months[0]!.start && day < end.start + end.length;
    const months = sameYear ? last!.months : scale.months(scale.yearOf(day));
    last = { months, month: months.find((month) => day < month.start + month.length)! };
    return last;
  };
}

/** The scale as one expansion sees it: each year and each look-up is paid for before it is read. */
export function meteredScale(scale: CalendarScale, spend: (steps: number) => void): CalendarScale {
  const paid = new Set<number>();
  const metered = {
    yearOf: (day: number) => {
      const year = scale.yearOf(day);
      spend(scale.yearCost(year) / 24);
      return year;
    },
    months: (year: number) => {
      if (!paid.has(year)) spend(scale.yearCost(year));
      paid.add(year);
      return scale.months(year);
    },
  };
  return { ...metered, yearCost: scale.yearCost, place: placesOf(metered) };
}

function scaleOf(
  yearCost: CalendarScale['yearCost'],
  yearOf: CalendarScale['yearOf'],
  read: CalendarScale['months'],
): CalendarScale {
  const months = cachedYears(read);
  return { yearCost, yearOf, months, place: placesOf({ yearOf, months }) };
}

/** Day number of January 1: 365 days a year and one for each leap year since 1970. */
function newYear(year: number): number {
  const leaps = (before: number): number =>
    Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  return 365 * (year - 1970) + leaps(year - 1) - leaps(1969);
}

const MONTH_LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export const GREGORIAN: CalendarScale = scaleOf(
  () => 8,
  (day) => new Date(day * DAY).getUTCFullYear(),
  (year) => {
    let start = newYear(year);
    const leap = newYear(year + 1) - start === 366;
    return MONTH_LENGTHS.map((days, index) => {
      const length = leap && index === 1 ? 29 : days;
      const month = { start, length, number: index + 1, leap: false };
      start += length;
      return month;
    });
  },
);

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

/** Lunisolar calendars for which Temporal only estimates leap months far from today: there ICU's astronomy serves them. */
const LUNAR_CALENDARS: Readonly<Record<string, string>> = { CHINESE: 'chinese', DANGI: 'dangi' };

/** What `supported-rscale-set` offers (RFC 7529 §5). */
export const SCALE_NAMES: readonly string[] = [
  'GREGORIAN',
  ...Object.keys(LUNAR_CALENDARS),
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
  const scale = Object.hasOwn(LUNAR_CALENDARS, name)
    ? lunarScale(LUNAR_CALENDARS[name]!)
    : temporalScale(TEMPORAL_CALENDARS[name]!);
  scales.set(name, scale);
  return scale;
}

const TEMPORAL_YEAR_COST = 300;

function temporalScale(calendar: string): CalendarScale {
  return scaleOf(
    () => TEMPORAL_YEAR_COST,
    (day) => temporalYear(calendar, day),
    (year) => temporalMonths(calendar, year),
  );
}

function temporalYear(calendar: string, day: number): number {
  return EPOCH.add({ days: day }).withCalendar(calendar).year;
}

function temporalMonths(calendar: string, year: number): Month[] {
  const first = Temporal.PlainDate.from({ calendar, year, month: 1, day: 1 });
  let start = first.withCalendar('iso8601').since(EPOCH).days;
  return Array.from({ length: first.monthsInYear }, (_, index) => {
    const month = first.add({ months: index });
    const entry = { start, length: month.daysInMonth, ...monthCode(month.monthCode) };
    start += month.daysInMonth;
    return entry;
  });
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

/** Years whose months Temporal knows from observation; ICU reckons the others, at a millisecond a year. */
const KNOWN_YEARS = { first: 1912, last: 2100 };
const INTL_YEAR_COST = 3000;

function lunarScale(calendar: string): CalendarScale {
  const isKnown = (year: number): boolean => year >= KNOWN_YEARS.first && year <= KNOWN_YEARS.last;
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
  return scaleOf(
    (year) => (isKnown(year) ? TEMPORAL_YEAR_COST : INTL_YEAR_COST),
    (day) => {
      const year = temporalYear(calendar, day);
      return isKnown(year - 1) && isKnown(year + 1) ? year : read(day).year;
    },
    (year) => (isKnown(year) ? temporalMonths(calendar, year) : lunarMonths(year, read)),
  );
}

/** New year lies between January 15 and February 28; from there months of 29 or 30 days follow. */
function lunarMonths(year: number, read: (day: number) => LunarDate): Month[] {
  let low = newYear(year) + 14;
  let high = newYear(year) + 58;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (read(middle).year < year) low = middle + 1;
    else high = middle;
  }
  const months: Month[] = [];
  let start = low;
  for (let month = read(start); month.year === year; ) {
    const after = read(start + 29);
    const length = after.number === month.number && after.leap === month.leap ? 30 : 29;
    months.push({ start, length, number: month.number, leap: month.leap });
    start += length;
    month = length === 29 ? after : read(start);
  }
  return months;
}
