/** What a calendar scale is: years and months as day numbers; the Gregorian one by arithmetic (RFC 7529 §3). */
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

/** A scale from its three readings; years are read once and kept. */
export function scaleOf(
  yearCost: CalendarScale['yearCost'],
  yearOf: CalendarScale['yearOf'],
  read: CalendarScale['months'],
): CalendarScale {
  const months = cachedYears(read);
  return { yearCost, yearOf, months, place: placesOf({ yearOf, months }) };
}

/** Day number of January 1: 365 days a year and one for each leap year since 1970. */
export function newYear(year: number): number {
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
