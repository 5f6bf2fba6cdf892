/** Periods of a day and shorter: DAILY, HOURLY, MINUTELY, SECONDLY (RFC 5545 §3.3.10). */
import { keepsDay, nextDayWorthAsking } from './day-limits.ts';
import { type DayRule, limitsDays } from './day-rule.ts';
import { type PeriodWalk, type PickedPeriod, stepsBefore, timesFor } from './period-walk.ts';
import { DAY_SECONDS, offsetsInPeriod, secondFilter, UNIT_SECONDS } from './time-sets.ts';
import { inWeeks } from './weeks.ts';

/** The periods of a rule of DAILY or a shorter frequency. On a date the time parts say nothing: each day touched comes once. */
export function shortPeriods(walk: PeriodWalk): Iterable<PickedPeriod> {
  const { frequency, interval } = walk.by.rule;
  const unit = UNIT_SECONDS[frequency];
  if (unit === undefined) return days(walk, interval);
  if (walk.isDate) return days(walk, Math.ceil((interval * unit) / DAY_SECONDS));
  return unit * interval < DAY_SECONDS ? withinDays(walk, unit) : acrossDays(walk, unit);
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

/** Steps of hours, minutes or seconds: how long each is, when the first one begins (seconds since 1970), and what is asked of it. */
function stepsOf({ by, startSecond }: PeriodWalk, unit: number) {
  return {
    limits: limitsDays(by),
    dayCost: costOfDay(by),
    step: unit * by.rule.interval,
    base: by.startDay * DAY_SECONDS + Math.floor(startSecond / unit) * unit,
    offsets: offsetsInPeriod(by.rule, startSecond),
    keepsSecond: secondFilter(by.rule),
  };
}

/** Steps shorter than a day: a day's times depend only on where its first step falls, so each such pattern is made once. */
function* withinDays(walk: PeriodWalk, unit: number): Generator<PickedPeriod> {
  const { by, fromDay, toDay, spend } = walk;
  const { limits, dayCost, step, base, offsets, keepsSecond } = stepsOf(walk, unit);
  const patterns = new Map<number, readonly number[]>();
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
      spend(Math.ceil((DAY_SECONDS / step) * (offsets.length / 4)));
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
  const { limits, dayCost, step, base, offsets, keepsSecond } = stepsOf(walk, unit);
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
