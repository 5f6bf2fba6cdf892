/** The instances of a calendar object in a window: recurrence set, overrides, THISANDFUTURE (RFC 5545 §3.8.4.4, RFC 4791 §9.6.5). */
import { parameter } from '../contentline/content-line.ts';
import type { CalendarObject } from './calendar-object.ts';
import { type Component, property } from './component.ts';
import { type ComponentSpan, longest, spanOf } from './component-span.ts';
import { DAY, dateTimeOf } from './date-time.ts';
import { DEFAULT_STEPS, type StepBudget } from './recurrence/expand.ts';
import { occurrenceAt, occurrencesBetween, type RecurrenceSet, recurrenceSetOf } from './recurrence-set.ts';
import { instantOfDateTime, type TimeZone, type ZoneContext } from './timezone.ts';

/** Half-open [start, end) in ms since 1970 UTC; null: open on that side. */
export interface TimeRange {
  readonly start: number | null;
  readonly end: number | null;
}

export interface Instance {
  /** The component that tells about it: master or override. */
  readonly component: Component;
  /** Milliseconds since 1970 UTC. */
  readonly start: number;
  readonly end: number;
  /** Instant it has in the recurrence set; undefined for an object that does not recur. */
  readonly recurrenceId: number | undefined;
  readonly isDate: boolean;
}

/** An override with its place in the set. */
interface Override {
  readonly component: Component;
  readonly span: ComponentSpan;
  /** Instant of its RECURRENCE-ID. */
  readonly replaces: number;
  /** RANGE=THISANDFUTURE: it tells about all later occurrences too. */
  readonly andFuture: boolean;
}

/** From one THISANDFUTURE override (or the master) to the next: which component tells, how far it moved. */
interface Segment {
  readonly component: Component;
  readonly span: ComponentSpan;
  /** Occurrences of the set with from <= instant < to. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds on the clock that THISANDFUTURE moves each occurrence. */
  readonly shift: number;
}

/** A master with its recurrence set. */
export interface Series {
  readonly master: Component;
  readonly set: RecurrenceSet;
  readonly segments: readonly Segment[];
}

export interface Instances {
  readonly context: ZoneContext;
  /** One series, as a rule; none when only overrides are here or the master has no readable date. */
  readonly series: readonly Series[];
  readonly overrides: readonly Override[];
}

const END_OF_TIME = 253_402_300_799_000;

const read = new WeakMap<CalendarObject, Map<string, Instances>>();

/** Reads everything about an object's instances, once for each floating zone and for any number of windows. */
export function readInstances(object: CalendarObject, floating: TimeZone): Instances {
  const known = read.get(object) ?? new Map<string, Instances>();
  let instances = known.get(floating.id);
  if (!instances) {
    instances = makeInstances(object, { embedded: object.timezones, floating });
    read.set(object, known.set(floating.id, instances));
  }
  return instances;
}

function makeInstances(object: CalendarObject, context: ZoneContext): Instances {
  const masters = object.master ? [object.master, ...object.others] : [];
  const sets = masters.map((master) => {
    const span = spanOf(master, context);
    return span && recurrenceSetOf(master, span, context);
  });
  const overrides = object.overrides
    .map((component) => readOverride(component, sets[0], context))
    .filter((override) => override !== undefined);
  const series: Series[] = [];
  for (const [index, master] of masters.entries()) {
    const set = sets[index];
    if (set) series.push({ master, set, segments: segmentsOf(master, set, index === 0 ? overrides : []) });
  }
  return { context, series, overrides: newestOf(overrides) };
}

/** The same for a component that is no calendar object of its own (AVAILABLE, RFC 7953 §3.1). */
export function readSeries(component: Component, context: ZoneContext): Instances {
  const span = spanOf(component, context);
  if (!span) return { context, series: [], overrides: [] };
  const set = recurrenceSetOf(component, span, context);
  return { context, series: [{ master: component, set, segments: segmentsOf(component, set, []) }], overrides: [] };
}

function readOverride(
  component: Component,
  set: RecurrenceSet | undefined,
  context: ZoneContext,
): Override | undefined {
  const line = property(component, 'RECURRENCE-ID')!;
  const recurrenceId = dateTimeOf(line);
  const span = spanOf(component, context);
  if (!recurrenceId || !span) return undefined;
  const replaces = set
    ? occurrenceAt(recurrenceId, set.span, context).instant
    : instantOfDateTime(recurrenceId, context);
  return { component, span, replaces, andFuture: parameter(line, 'RANGE')?.toUpperCase() === 'THISANDFUTURE' };
}

/** Of two overrides of one occurrence the one with the higher SEQUENCE counts, then the later one in the text. */
function newestOf(overrides: readonly Override[]): Override[] {
  const newest = new Map<number, Override>();
  for (const override of overrides) {
    const known = newest.get(override.replaces);
    if (!known || sequenceOf(override.component) >= sequenceOf(known.component))
      newest.set(override.replaces, override);
  }
  return [...newest.values()];
}

function sequenceOf(component: Component): number {
  return Number.parseInt(property(component, 'SEQUENCE')?.value ?? '0', 10) || 0;
}

function segmentsOf(master: Component, set: RecurrenceSet, overrides: readonly Override[]): Segment[] {
  const changes = overrides.filter((override) => override.andFuture).sort((a, b) => a.replaces - b.replaces);
  const first = { component: master, span: set.span, from: Number.NEGATIVE_INFINITY, shift: 0 };
  const starts = [first, ...changes.map((change) => ({ ...change, from: change.replaces, shift: shiftOf(change) }))];
  return starts.map(({ component, span, from, shift }, index) => {
    const to = starts[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return { component, span, from, to, shift };
  });
}

/** How far a THISANDFUTURE override moves its occurrence, on its own clock: daylight saving does not change it. */
function shiftOf({ span, replaces }: Override): number {
  return span.anchor.wall - (replaces + span.zone.offsetAt(replaces));
}

/**
 * Instances that overlap the range or touch its edge, in no particular order: overrides first, then the series, ascending.
 * `before` and `after` widen the search (ms), for alarms that ring away from their instance.
 * Throws AppError `max-instances` when the budget is used up; an endless series over an open range goes on to the year 9999.
 */
export function* instancesTouching(
  instances: Instances,
  range: TimeRange,
  budget: StepBudget = { left: DEFAULT_STEPS },
  reach: { readonly before: number; readonly after: number } = { before: 0, after: 0 },
): Generator<Instance> {
  const start = (range.start ?? Number.NEGATIVE_INFINITY) - reach.after;
  const end = (range.end ?? END_OF_TIME) + reach.before;
  const replaced = new Set<number>();
  for (const { component, span, replaces } of instances.overrides) {
    replaced.add(replaces);
    const until = span.endOf(span.anchor.wall, span.start);
    if (until >= start && span.start <= end)
      yield { component, start: span.start, end: until, recurrenceId: replaces, isDate: span.anchor.isDate };
  }
  for (const { set, segments } of instances.series)
    for (const segment of segments)
      for (const instance of segmentInstances(set, segment, start, end, budget))
        if (!replaced.has(instance.recurrenceId!)) yield set.recurs ? instance : alone(instance);
}

function alone(instance: Instance): Instance {
  return { ...instance, recurrenceId: undefined };
}

function* segmentInstances(
  set: RecurrenceSet,
  segment: Segment,
  start: number,
  end: number,
  budget: StepBudget,
): Generator<Instance> {
  const { component, span, shift } = segment;
  const margin = shift === 0 ? 0 : DAY;
  const back = Math.max(longest(span), longestPeriod(set));
  const from = Math.max(segment.from, start - shift - margin - back);
  const to = Math.min(segment.to - 1, end - shift + margin);
  if (from > to) return;
  for (const occurrence of occurrencesBetween(set, from, to, budget)) {
    const wall = occurrence.instant + span.zone.offsetAt(occurrence.instant) + shift;
    const begins = shift === 0 ? occurrence.instant : span.zone.toInstant(wall);
    const ends = shift === 0 && occurrence.end !== undefined ? occurrence.end : span.endOf(wall, begins);
    if (ends >= start && begins <= end)
      yield { component, start: begins, end: ends, recurrenceId: occurrence.instant, isDate: span.anchor.isDate };
  }
}

function longestPeriod(set: RecurrenceSet): number {
  let most = 0;
  for (const { instant, end } of set.dates) if (end !== undefined) most = Math.max(most, end - instant);
  return most;
}
