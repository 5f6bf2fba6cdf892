/** Walking the instances of an object within a window (RFC 4791 §9.9, §9.6.5). */
import type { Component } from './component.ts';
import { longest } from './component-span.ts';
import { DAY } from './date-time.ts';
import type { Instance, Instances, Override, Segment, TimeRange } from './instances.ts';
import { DEFAULT_STEPS, type StepBudget } from './recurrence/expand.ts';
import { occurrencesBetween, type RecurrenceSet } from './recurrence-set.ts';

/**
 * Instances that overlap the range or touch its edge, in no particular order: overrides first, then the series, ascending.
 * Throws AppError `max-instances` when the budget is used up; an endless series over an open range goes on to the year 9999.
 */
export function* instancesTouching(
  instances: Instances,
  range: TimeRange,
  budget: StepBudget = { left: DEFAULT_STEPS },
): Generator<Instance> {
  const window = windowOf(range, NO_REACH);
  for (const override of instances.overrides) yield* overrideInstance(override, window);
  for (const { set, segments } of instances.series)
    for (const segment of segments) yield* segmentInstances(instances, set, segment, window, budget);
}

/** The same for what one component of the object tells about; `reach` widens the search for alarms that ring away from their instance. */
export function* instancesToldBy(
  instances: Instances,
  component: Component,
  range: TimeRange,
  budget: StepBudget,
  reach: Reach = NO_REACH,
): Generator<Instance> {
  const teller = instances.tellers.get(component);
  const window = windowOf(range, reach);
  if (teller?.override) yield* overrideInstance(teller.override, window);
  for (const { set, segment } of teller?.segments ?? [])
    yield* segmentInstances(instances, set, segment, window, budget);
}

/** Milliseconds before the start and behind the end of an instance. */
export interface Reach {
  readonly before: number;
  readonly after: number;
}

const NO_REACH: Reach = { before: 0, after: 0 };
const END_OF_TIME = 253_402_300_799_000;

interface Window {
  readonly start: number;
  readonly end: number;
}

function windowOf(range: TimeRange, reach: Reach): Window {
  return {
    start: (range.start ?? Number.NEGATIVE_INFINITY) - reach.after,
    end: (range.end ?? END_OF_TIME) + reach.before,
  };
}

function* overrideInstance({ component, span, replaces }: Override, window: Window): Generator<Instance> {
  const end = span.endOf(span.anchor.wall, span.start);
  if (end >= window.start && span.start <= window.end)
    yield { component, start: span.start, end, recurrenceId: replaces, isDate: span.anchor.isDate };
}

function* segmentInstances(
  { replaced }: Instances,
  set: RecurrenceSet,
  segment: Segment,
  { start, end }: Window,
  budget: StepBudget,
): Generator<Instance> {
  const { component, span, shift } = segment;
  const margin = shift === 0 ? 0 : DAY;
  const back = Math.max(longest(span), longestPeriod(set));
  const from = Math.max(segment.from, start - shift - margin - back);
  const to = Math.min(segment.to - 1, end - shift + margin);
  if (from > to) return;
  for (const { instant, end: ownEnd } of occurrencesBetween(set, from, to, budget)) {
    if (replaced.has(instant)) continue;
    const wall = instant + span.zone.offsetAt(instant) + shift;
    const begins = shift === 0 ? instant : span.zone.toInstant(wall);
    const ends = shift === 0 && ownEnd !== undefined ? ownEnd : span.endOf(wall, begins);
    const recurrenceId = set.recurs ? instant : undefined;
    if (ends >= start && begins <= end)
      yield { component, start: begins, end: ends, recurrenceId, isDate: span.anchor.isDate };
  }
}

function longestPeriod(set: RecurrenceSet): number {
  let most = 0;
  for (const { instant, end } of set.dates) if (end !== undefined) most = Math.max(most, end - instant);
  return most;
}
