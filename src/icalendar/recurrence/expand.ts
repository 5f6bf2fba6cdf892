/** Occurrences of one recurrence rule on wall-clock numbers, bounded by window, count and steps (RFC 5545 §3.3.10, RFC 7529). */
import { AppError } from '../../base/errors.ts';
import { DAY, SECOND } from '../date-time.ts';
import { dayRule } from './day-rule.ts';
import { dayOf, type PeriodWalk, type PickedPeriod } from './period-walk.ts';
import { evenPeriods, periodsOf } from './periods.ts';
import type { RecurrenceRule } from './rule.ts';
import { positions } from './time-sets.ts';

export interface Expansion {
  /** First and last wall time wanted, both inclusive, in ms as DTSTART's clock shows them. Default: all until the year 9999. */
  readonly from?: number;
  readonly to?: number;
  /** The rule's UNTIL as a wall time of DTSTART's clock; default: UNTIL as written. */
  readonly until?: number;
  /** Work allowed; a step is a fraction of a microsecond. */
  readonly budget?: StepBudget;
}

/** Work still allowed; shared by all rules of one request, so that many rules together stay bounded too. */
export interface StepBudget {
  left: number;
}

/** Some 20 to 40 ms of work: below 100 ms on a slow machine too. */
export const DEFAULT_STEPS = 100_000;

const END_OF_TIME = 253_402_300_799_000;

/** Pays `steps` from the budget. Throws AppError `max-instances` when it is used up (RFC 4791 §5.3.2.1). */
export function spendSteps(budget: StepBudget, steps: number): void {
  budget.left -= steps;
  if (budget.left < 0)
    throw new AppError(
      'invalid',
      'max-instances',
      'The recurrence needs more steps than this server takes for one request.',
    );
}

/**
 * Wall times (ms) a rule gives for a DTSTART, ascending, without repeats, beginning with the first that is not before DTSTART.
 * DTSTART itself comes only when the rule picks it. A window without COUNT is jumped to. Throws AppError `max-instances`
 * when the budget is used up, `supported-rscale` for an unknown calendar scale.
 */
export function* expandRule(
  rule: RecurrenceRule,
  start: { readonly wall: number; readonly isDate: boolean },
  options: Expansion = {},
): Generator<number> {
  const from = Math.max(options.from ?? start.wall, start.wall);
  const counted = rule.count !== undefined;
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  let next = counted ? start.wall : from;
  const found = walkFor(rule, start, options);
  const { last, spend } = found;
  const walk = { ...found, fromDay: dayOf(next) };
  if (last < next) return;
  if (counted) {
    const skipped = skipEvenPeriods(walk, rule, start.wall, dayOf(from));
    left -= skipped.occurrences;
    if (left <= 0) return;
    next = Math.max(next, skipped.day * DAY);
    walk.fromDay = dayOf(next);
  }
  for (const period of periodsOf(walk)) {
    spend(1);
    const walls = wallsOf(period, rule);
    let index = lowerBound(walls, next);
    if (counted && next < from) {
      const passed = Math.min(lowerBound(walls, from) - index, left);
      left -= passed;
      index += passed;
      if (left === 0) return;
    }
    for (; index < walls.length; index++) {
      const wall = walls.at(index);
      if (wall > last) return;
      spend(1);
      yield wall;
      next = wall + 1;
      if (--left === 0) return;
    }
    if (walls.length > 0) next = Math.max(next, walls.at(walls.length - 1) + 1);
  }
}

/**
 * How many occurrences a rule has in the window, and the last of them: counted period by period, not one by one. Counting ends
 * soon after `most`. A rule with COUNT is counted from DTSTART. Throws AppError `max-instances` like `expandRule`.
 */
export function tallyRule(
  rule: RecurrenceRule,
  start: { readonly wall: number; readonly isDate: boolean },
  options: Expansion = {},
  most = Number.POSITIVE_INFINITY,
): { readonly count: number; readonly last: number | undefined } {
  const walk = walkFor(rule, start, options);
  const tally = { count: 0, last: undefined as number | undefined };
  const from = Math.max(options.from ?? start.wall, start.wall);
  let left = rule.count ?? Number.POSITIVE_INFINITY;
  let next = rule.count === undefined ? from : start.wall;
  if (walk.last < next) return tally;
  for (const period of periodsOf({ ...walk, fromDay: dayOf(next) })) {
    walk.spend(1);
    const walls = wallsOf(period, rule);
    const first = lowerBound(walls, next);
    const end = Math.min(lowerBound(walls, walk.last + 1), first + left);
    left -= Math.max(0, end - first);
    const inside = Math.max(first, lowerBound(walls, from));
    if (end > inside) {
      tally.count += end - inside;
      tally.last = walls.at(end - 1);
    }
    if (left === 0 || tally.count > most || end < walls.length) break;
    if (walls.length > 0) next = Math.max(next, walls.at(walls.length - 1) + 1);
  }
  return tally;
}

/** Occurrences that a counted rule without limits has before the period shortly before `target`, and that period's first day. */
function skipEvenPeriods(
  walk: PeriodWalk,
  rule: RecurrenceRule,
  startWall: number,
  target: number,
): { occurrences: number; day: number } {
  const even = evenPeriods(walk);
  const periods = even ? Math.floor((target - even.first) / even.length) - 1 : 0;
  if (!even || periods < 1) return { occurrences: 0, day: walk.fromDay };
  for (const period of periodsOf(walk)) {
    const walls = wallsOf(period, rule);
    const occurrences = periods * walls.length - lowerBound(walls, startWall);
    return { occurrences, day: even.first + periods * even.length };
  }
  return { occurrences: 0, day: walk.fromDay };
}

/** A walk from the first day on, with the last wall time it may reach. Reading the rule is paid for by its length. */
function walkFor(
  rule: RecurrenceRule,
  start: { readonly wall: number; readonly isDate: boolean },
  options: Expansion,
): PeriodWalk & { readonly last: number } {
  const budget = options.budget ?? { left: DEFAULT_STEPS };
  const spend = (steps: number): void => spendSteps(budget, steps);
  const last = Math.min(options.to ?? END_OF_TIME, options.until ?? writtenUntil(rule, start), END_OF_TIME);
  spend(4 + Math.ceil(rule.size / 4));
  return {
    by: dayRule(rule, start.wall, spend),
    startSecond: Math.floor(start.wall / SECOND) - dayOf(start.wall) * (DAY / SECOND),
    isDate: start.isDate,
    fromDay: dayOf(start.wall),
    toDay: dayOf(last),
    spend,
    last,
  };
}

/** UNTIL on the clock it was written for; on a date series only its day counts, a date UNTIL means the midnight that day begins. */
function writtenUntil({ until }: RecurrenceRule, start: { readonly isDate: boolean }): number {
  if (!until) return END_OF_TIME;
  return start.isDate ? dayOf(until.wall) * DAY : until.wall;
}

/** An ascending list that need not exist: 366 days of 86,400 seconds are looked into by index, never made. */
interface Walls {
  readonly length: number;
  at(index: number): number;
}

function wallsOf({ days, times }: PickedPeriod, rule: RecurrenceRule): Walls {
  const at = (index: number): number =>
    days[Math.floor(index / times.length)]! * DAY + times[index % times.length]! * SECOND;
  const length = days.length * times.length;
  const inPeriod = rule.frequency === 'HOURLY' || rule.frequency === 'MINUTELY' || rule.frequency === 'SECONDLY';
  if (!rule.bySetPos || inPeriod) return { length, at };
  const picked = positions(rule.bySetPos, length);
  return { length: picked.length, at: (index) => at(picked[index]!) };
}

/** Index of the first wall time that is not before `wall`. */
function lowerBound(walls: Walls, wall: number): number {
  let low = 0;
  let high = walls.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (walls.at(middle) < wall) low = middle + 1;
    else high = middle;
  }
  return low;
}
