/** A rule and the day of its DTSTART, with what both say about every period. */
import { DAY } from '../date-time.ts';
import type { RecurrenceRule } from './rule.ts';
import { type CalendarScale, meteredScale } from './scale.ts';
import { scaleNamed } from './scale-names.ts';

/** A rule and the day of its DTSTART, with what both say about every period. */
export interface DayRule {
  readonly rule: RecurrenceRule;
  readonly scale: CalendarScale;
  readonly startDay: number;
  /** Year of the start and index of its month in that year. */
  readonly startYear: number;
  readonly startMonth: number;
  readonly startMonthDay: number;
  readonly monthDays: ReadonlySet<number> | undefined;
  readonly yearDays: ReadonlySet<number> | undefined;
  /** Weekdays of BYDAY, ordinals left aside; undefined without BYDAY. */
  readonly weekdays: ReadonlySet<number> | undefined;
}

/** Reads a rule for a start (wall time in milliseconds); `spend` is told the steps that reckoning takes. */
export function dayRule(rule: RecurrenceRule, startWall: number, spend: (steps: number) => void): DayRule {
  const scale = meteredScale(scaleNamed(rule.scale), spend);
  const startDay = Math.floor(startWall / DAY);
  const startYear = scale.yearOf(startDay);
  const months = scale.months(startYear);
  const startMonth = months.findIndex((month) => startDay < month.start + month.length);
  return {
    rule,
    scale,
    startDay,
    startYear,
    startMonth,
    startMonthDay: startDay - months[startMonth]!.start + 1,
    monthDays: rule.byMonthDay && new Set(rule.byMonthDay),
    yearDays: rule.byYearDay && new Set(rule.byYearDay),
    weekdays: rule.byDay && new Set(rule.byDay.map((entry) => entry.weekday)),
  };
}

/** True when some part limits days at all: without one, nothing needs asking. */
export function limitsDays({ rule }: DayRule): boolean {
  return Boolean(rule.byMonth || rule.byMonthDay || rule.byYearDay || rule.byDay || rule.byWeekNo);
}

const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** True for rules like February 30, which no year has: nobody need look for them until the year 9999. */
export function neverMatches({ rule }: DayRule): boolean {
  const { byMonth, byMonthDay, scale, skip } = rule;
  if (!byMonth || !byMonthDay || scale !== 'GREGORIAN' || skip !== 'OMIT') return false;
  const longest = Math.max(...byMonth.map(({ number, leap }) => (leap ? 0 : (LONGEST_MONTHS[number - 1] ?? 0))));
  return byMonthDay.every((day) => Math.abs(day) > longest);
}

/** Steps of the budget that picking the days of one year or month takes. */
export function costOfPeriod({ rule }: DayRule): number {
  const days = rule.byWeekNo
    ? rule.byWeekNo.length * 7
    : (rule.byYearDay?.length ?? rule.byMonthDay?.length ?? (rule.byDay?.length ?? 0) * 5);
  const months = rule.byYearDay || rule.byWeekNo || rule.frequency === 'MONTHLY' ? 1 : (rule.byMonth?.length ?? 12);
  return 4 + days * months * 2;
}
