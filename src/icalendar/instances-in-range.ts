/** Walking the instances of an object within a window (RFC 4791 §9.9, §9.6.5). */
import type { Component } from './component.ts';
import { longest } from './component-span.ts';
import { type Instance, type Instances, type Override, type Segment, type TimeRange, wallFor } from './instances.ts';
import { DEFAULT_STEPS, type StepBudget } from './recurrence/expand.ts';
import { occurrencesBetween, type RecurrenceSet } from './recurrence-set.ts';
import type { Occurrence } from './rule-occurrences.ts';

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
  const { span, shift, slack } = segment;
  const back = Math.max(longest(span), longestPeriod(set));
  const from = Math.max(segment.from, start - shift - slack - back);
  const to = Math.min(segment.to - 1, end - shift + slack);
  if (from > to) return;
  for (const occurrence of occurrencesBetween(set, from, to, budget)) {
    if (replaced.has(occurrence.instant)) continue;
    const instance = instanceOf(occurrence, segment, set);
    if (instance.end >= start && instance.start <= end) yield instance;
  }
}

function instanceOf(occurrence: Occurrence, { component, span, shift, slack }: Segment, set: RecurrenceSet): Instance {
  const { instant, end: ownEnd } = occurrence;
  const wall = wallFor(span, set, instant) + shift;
  const start = slack === 0 ? instant : span.zone.toInstant(wall);
  const end = slack === 0 && ownEnd !== undefined ? ownEnd : span.endOf(wall, start);
  return { component, start, end, recurrenceId: set.recurs ? instant : undefined, isDate: span.anchor.isDate };
}

/** Where the instance that an override replaces would stand without it; undefined when there is no series. */
export function replacedInstance({ series }: Instances, { component, replaces }: Override): Instance | undefined {
  const [first] = series;
  const segment = first?.segments.findLast((each) => each.from <= replaces && each.component !== component);
  if (!first || !segment) return undefined;
  const { dates, span } = first.set;
  const listed = dates.find(({ instant }) => instant === replaces);
  const wall = replaces + span.zone.offsetAt(replaces);
  return instanceOf(listed ?? { instant: replaces, wall, end: undefined }, segment, first.set);
}

function longestPeriod(set: RecurrenceSet): number {
  let most = 0;
  for (const { instant, end } of set.dates) if (end !== undefined) most = Math.max(most, end - instant);
  return most;
}
