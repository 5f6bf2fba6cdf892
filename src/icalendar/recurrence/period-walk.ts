/** What a walk through the periods of a rule knows, and what it picks up on its way. */
import { DAY } from '../date-time.ts';
import type { DayRule } from './day-rule.ts';
import { timesOfDay } from './time-sets.ts';

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

/** Number of the last step that surely lies before `target`, in steps of `interval`. */
export function stepsBefore(target: number, interval: number): number {
  return Math.max(0, Math.floor(target / interval) - 1) * interval;
}

/** Times of a day for rules of a day and longer. */
export function timesFor(walk: PeriodWalk): readonly number[] {
  return walk.isDate ? [0] : timesOfDay(walk.by.rule, walk.startSecond);
}

/** The day a wall time (ms) falls on. */
export function dayOf(wall: number): number {
  return Math.floor(wall / DAY);
}
