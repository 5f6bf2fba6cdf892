/** The periods a rule steps through and what it picks in each; far windows are jumped to, never walked to (RFC 5545 §3.3.10). */
import { costOfPeriod, type DayRule, limitsDays, neverMatches } from './day-rule.ts';
import { daysOfMonth, daysOfWeek, daysOfYear } from './day-sets.ts';
import { type PeriodWalk, type PickedPeriod, stepsBefore, timesFor } from './period-walk.ts';
import { weekdayOf } from './scale.ts';
import { shortPeriods } from './short-periods.ts';
import { DAY_SECONDS, UNIT_SECONDS } from './time-sets.ts';
import { inWeeks, weekYearOf } from './weeks.ts';

/** A SKIP may move a day by one, a numbered week may begin six days before its year. */
const MARGIN = 8;

/** From any start this leads behind the year 9999 of every calendar. */
const MOST_YEARS = 12_000;

/** The periods of a rule in order of time, from the one that could hold `fromDay`. */
export function periodsOf(walk: PeriodWalk): Iterable<PickedPeriod> {
  const { rule } = walk.by;
  if (neverMatches(walk.by)) return [];
  if (rule.frequency === 'YEARLY') return years(walk);
  if (rule.frequency === 'MONTHLY') return months(walk);
  return rule.frequency === 'WEEKLY' ? weeks(walk) : shortPeriods(walk);
}

/** Periods of equal length that all pick the same number of times. */
export interface EvenPeriods {
  /** Day on which the first begins. */
  readonly first: number;
  /** Days from one to the next. */
  readonly length: number;
}

/** The even periods of a rule without day limits: counting in them is a multiplication. Undefined for any other rule. */
export function evenPeriods({ by, isDate }: PeriodWalk): EvenPeriods | undefined {
  const { rule, startDay } = by;
  const unit = UNIT_SECONDS[rule.frequency];
  if (rule.frequency === 'WEEKLY')
    return limitsWeeks(by) ? undefined : { first: firstWeekOf(by), length: 7 * rule.interval };
  if (limitsDays(by) || rule.frequency === 'YEARLY' || rule.frequency === 'MONTHLY') return undefined;
  if (unit === undefined) return { first: startDay, length: rule.interval };
  return !isDate && DAY_SECONDS % (unit * rule.interval) === 0 ? { first: startDay, length: 1 } : undefined;
}

function firstWeekOf({ startDay, rule }: DayRule): number {
  return startDay - ((weekdayOf(startDay) - rule.weekStart + 7) % 7);
}

function limitsWeeks({ rule }: DayRule): boolean {
  return Boolean(rule.byMonth || rule.byMonthDay || rule.byYearDay);
}

function* years(walk: PeriodWalk): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const { rule, scale } = by;
  const times = timesFor(walk);
  let base = by.startYear;
  const inNumberedWeek =
    rule.byWeekNo && inWeeks(by, by.startDay) && (by.weekdays?.has(weekdayOf(by.startDay)) ?? true);
  if (inNumberedWeek) base = weekYearOf(by, by.startDay);
  if (rule.byWeekNo && rule.interval === 1) base -= 1;
  const cost = costOfPeriod(by);
  for (let year = base + stepsBefore(scale.yearOf(fromDay) - base - 1, rule.interval); ; year += rule.interval) {
    if (year > base + MOST_YEARS) return;
    spend(cost);
    if (scale.months(year)[0]!.start - MARGIN > toDay) return;
    yield { days: daysOfYear(by, year), times };
  }
}

function* months(walk: PeriodWalk): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const { rule, scale } = by;
  const times = timesFor(walk);
  const cost = costOfPeriod(by);
  const ahead = rule.scale === 'GREGORIAN' ? (scale.yearOf(fromDay) - by.startYear - 1) * 12 : 0;
  let year = by.startYear;
  let index = by.startMonth + stepsBefore(ahead, rule.interval);
  for (;;) {
    if (rule.scale === 'GREGORIAN') {
      year += Math.floor(index / 12);
      index %= 12;
    }
    for (let length = monthsIn(walk, year); index >= length; length = monthsIn(walk, year)) {
      index -= length;
      year++;
    }
    if (year > by.startYear + MOST_YEARS) return;
    const month = scale.months(year)[index]!;
    if (month.start - MARGIN > toDay) return;
    spend(cost);
    yield { days: daysOfMonth(by, month), times };
    index += rule.interval;
  }
}

/** Number of months of a year; beyond the last year there are always enough. */
function monthsIn({ by, spend }: PeriodWalk, year: number): number {
  if (year > by.startYear + MOST_YEARS) return Number.POSITIVE_INFINITY;
  spend(1);
  return by.scale.months(year).length;
}

function* weeks(walk: PeriodWalk): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const times = timesFor(walk);
  const step = 7 * by.rule.interval;
  const limits = limitsWeeks(by);
  const first = firstWeekOf(by);
  for (let week = first + stepsBefore(fromDay - first, step); week <= toDay; week += step) {
    spend(limits ? 12 : 3);
    yield { days: daysOfWeek(by, week), times };
  }
}
