/** The periods a rule steps through and what it picks in each; far windows are jumped to, never walked to (RFC 5545 §3.3.10). */
import { DAY } from '../date-time.ts';
import {
  costOfPeriod,
  type DayRule,
  daysOfMonth,
  daysOfWeek,
  daysOfYear,
  inWeeks,
  keepsDay,
  limitsDays,
  neverMatches,
  nextDayWorthAsking,
  weekYearOf,
} from './day-sets.ts';
import { FREQUENCIES } from './rule.ts';
import { weekdayOf } from './scale.ts';
import { DAY_SECONDS, offsetsInPeriod, secondFilter, timesOfDay, UNIT_SECONDS } from './time-sets.ts';

/** What a rule picks in one period: every time on every day. Both ascending. */
export interface PickedPeriod {
  /** Day numbers. */
  readonly days: readonly number[];
  /** Seconds since midnight. */
  readonly times: readonly number[];
}

export interface PeriodWalk {
  readonly by: DayRule;
  /** Second of the day at which DTSTART stands. */
  readonly startSecond: number;
  /** DTSTART is a date: the time parts say nothing (RFC 5545 §3.3.10, BYHOUR). */
  readonly isDate: boolean;
  /** First day whose occurrences matter; periods wholly before it may be passed over. */
  readonly fromDay: number;
  /** No occurrence behind this day matters. */
  readonly toDay: number;
  /** Pays for work; throws when the budget is gone. */
  readonly spend: (steps: number) => void;
}

/** A SKIP may move a day by one, a numbered week may begin six days before its year. */
const MARGIN = 8;

/** From any start this leads behind the year 9999 of every calendar. */
const MOST_YEARS = 12_000;

/** The periods of a rule in order of time, from the one that could hold `fromDay`. */
export function periodsOf(walk: PeriodWalk): Iterable<PickedPeriod> {
  const { rule } = walk.by;
  if (neverMatches(walk.by)) return [];
  const daily = FREQUENCIES.indexOf(rule.frequency) >= FREQUENCIES.indexOf('DAILY');
  if (daily) {
    const unit = UNIT_SECONDS[rule.frequency];
    if (unit === undefined || walk.isDate) return days(walk, Math.max(1, dailyStep(walk, unit)));
    return unit * rule.interval < DAY_SECONDS ? withinDays(walk, unit) : acrossDays(walk, unit);
  }
  return rule.frequency === 'YEARLY' ? years(walk) : rule.frequency === 'MONTHLY' ? months(walk) : weeks(walk);
}

/** Steps of a daily rule in days; an hourly rule on a date gives each day it touches once. */
function dailyStep({ by }: PeriodWalk, unit: number | undefined): number {
  return unit === undefined ? by.rule.interval : Math.ceil((by.rule.interval * unit) / DAY_SECONDS);
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

/** Number of the last step that surely lies before `target`, in steps of `interval`. */
function stepsBefore(target: number, interval: number): number {
  return Math.max(0, Math.floor(target / interval) - 1) * interval;
}

function timesFor(walk: PeriodWalk): readonly number[] {
  return walk.isDate ? [0] : timesOfDay(walk.by.rule, walk.startSecond);
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

function* days(walk: PeriodWalk, step: number): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const times = timesFor(walk);
  const limits = limitsDays(by);
  const dayCost = costOfDay(by);
  let day = by.startDay + stepsBefore(fromDay - by.startDay, step);
  while (day <= toDay) {
    spend(dayCost);
    if (!limits || (keepsDay(by, day) && inWeeks(by, day))) {
      yield { days: [day], times };
      day += step;
    } else day += Math.ceil((nextDayWorthAsking(by, day) - day) / step) * step;
  }
}

/** Steps shorter than a day: a day's times depend only on where its first step falls, so each such pattern is made once. */
function* withinDays(walk: PeriodWalk, unit: number): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const { rule } = by;
  const limits = limitsDays(by);
  const step = unit * rule.interval;
  const base = by.startDay * DAY_SECONDS + Math.floor(walk.startSecond / unit) * unit;
  const offsets = offsetsInPeriod(rule, walk.startSecond);
  const patterns = new Map<number, readonly number[]>();
  const keepsSecond = secondFilter(rule);
  const dayCost = costOfDay(by);
  let day = Math.max(by.startDay, fromDay - 1);
  while (day <= toDay) {
    spend(dayCost);
    if (limits && !(keepsDay(by, day) && inWeeks(by, day))) {
      day = nextDayWorthAsking(by, day);
      continue;
    }
    const phase = (((base - day * DAY_SECONDS) % step) + step) % step;
    let times = patterns.get(phase);
    if (!times) {
      spend(Math.ceil(DAY_SECONDS / step / 4));
      times = dayPattern(keepsSecond, phase, step, offsets);
      patterns.set(phase, times);
    }
    if (times.length > 0) yield { days: [day], times };
    day++;
  }
}

function dayPattern(
  keepsSecond: (second: number) => boolean,
  phase: number,
  step: number,
  offsets: readonly number[],
): number[] {
  const times: number[] = [];
  for (let second = phase; second < DAY_SECONDS; second += step)
    if (keepsSecond(second)) for (const offset of offsets) times.push(second + offset);
  return times;
}

/** What asking one day costs. */
function costOfDay(by: DayRule): number {
  if (by.rule.byWeekNo) return 8;
  return limitsDays(by) ? 3 : 1;
}

/** Steps of a day and longer, counted in hours, minutes or seconds: at most one on a day. */
function* acrossDays(walk: PeriodWalk, unit: number): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const { rule } = by;
  const limits = limitsDays(by);
  const step = unit * rule.interval;
  const base = by.startDay * DAY_SECONDS + Math.floor(walk.startSecond / unit) * unit;
  const offsets = offsetsInPeriod(rule, walk.startSecond);
  const keepsSecond = secondFilter(rule);
  const dayCost = costOfDay(by);
  let misses = 0;
  let at = base + stepsBefore(fromDay * DAY_SECONDS - base, step);
  while (at <= (toDay + 1) * DAY_SECONDS) {
    spend(dayCost);
    const day = Math.floor(at / DAY_SECONDS);
    const second = at - day * DAY_SECONDS;
    if (limits && !(keepsDay(by, day) && inWeeks(by, day))) {
      at += Math.max(1, Math.ceil((nextDayWorthAsking(by, day) * DAY_SECONDS - at) / step)) * step;
      continue;
    }
    if (keepsSecond(second)) yield { days: [day], times: offsets.map((offset) => second + offset) };
    // The seconds of the day come round again after at most a day's number of steps: then there is nothing to find.
    else if (!limits && ++misses > DAY_SECONDS) return;
    at += step;
  }
}

/** The day a wall time (ms) falls on. */
export function dayOf(wall: number): number {
  return Math.floor(wall / DAY);
}
