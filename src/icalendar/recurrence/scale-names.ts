/** Calendar scales by their RSCALE names: Temporal's calendars, and ICU's astronomy where Temporal only estimates (RFC 7529 §4). */
import { AppError } from '../../base/errors.ts';
import { DAY } from '../date-time.ts';
import { type CalendarScale, GREGORIAN, type Month, newYear, scaleOf } from './scale.ts';

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

/** What `supported-rscale-set` offers (RFC 7529 §10.1). */
export const SCALE_NAMES: readonly string[] = [
  'GREGORIAN',
  ...Object.keys(LUNAR_CALENDARS),
  ...Object.keys(TEMPORAL_CALENDARS),
];

const EPOCH = Temporal.PlainDate.from('1970-01-01');
const scales = new Map<string, CalendarScale>([['GREGORIAN', GREGORIAN]]);

/** The scale an RSCALE names. Throws AppError `supported-rscale` (RFC 7529 §10) for one this server cannot count in. */
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
