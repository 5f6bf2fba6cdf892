/** The instances of a calendar object in a window: recurrence set, overrides, THISANDFUTURE (RFC 5545 §3.8.4.4, RFC 4791 §9.6.5). */
import { parameter } from '../contentline/content-line.ts';
import type { CalendarObject } from './calendar-object.ts';
import { type Component, property } from './component.ts';
import { type ComponentSpan, spanOf } from './component-span.ts';
import { DAY, dateTimeOf } from './date-time.ts';
import { occurrenceAt, type RecurrenceSet, recurrenceSetOf } from './recurrence-set.ts';
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
export interface Override {
  readonly component: Component;
  readonly span: ComponentSpan;
  /** Instant of its RECURRENCE-ID. */
  readonly replaces: number;
  /** RANGE=THISANDFUTURE: it tells about all later occurrences too. */
  readonly andFuture: boolean;
}

/** From one THISANDFUTURE override (or the master) to the next: which component tells, how far it moved. */
export interface Segment {
  readonly component: Component;
  readonly span: ComponentSpan;
  /** Occurrences of the set with from <= instant < to. */
  readonly from: number;
  readonly to: number;
  /** Milliseconds on the clock that THISANDFUTURE moves each occurrence. */
  readonly shift: number;
  /** How far an instant may be from the occurrence moved by `shift`; 0: it is the occurrence itself. */
  readonly slack: number;
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
  /** Instants of the set that overrides stand for. */
  readonly replaced: ReadonlySet<number>;
  /** Where the instances of a component come from. */
  readonly tellers: ReadonlyMap<Component, Teller>;
}

/** What one component tells about: its own instance as an override, and the segments of a series. */
export interface Teller {
  override: Override | undefined;
  readonly segments: { readonly set: RecurrenceSet; readonly segment: Segment }[];
}

/** Kept on the object itself: a weak map of many short-lived ones makes the collector copy what was read of those that are gone. */
const READ = Symbol('instances');
type Reading = CalendarObject & { [READ]?: Map<TimeZone, Instances> };
/** Floating zones remembered of one object: a request names one, its calendar another. */
const MOST_ZONES = 2;

/** Reads everything about an object's instances, once for the floating zones it was last asked in and for any number of windows. */
export function readInstances(object: Reading, floating: TimeZone): Instances {
  const known = object[READ] ?? new Map<TimeZone, Instances>();
  let instances = known.get(floating);
  if (!instances) {
    instances = makeInstances(object, { embedded: object.timezones, floating });
    if (known.size >= MOST_ZONES) known.clear();
    object[READ] = known.set(floating, instances);
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
  return complete(context, series, newestOf(overrides));
}

function complete(context: ZoneContext, series: readonly Series[], overrides: readonly Override[]): Instances {
  const tellers = new Map<Component, Teller>();
  const tellerOf = (component: Component): Teller => {
    const teller = tellers.get(component) ?? { override: undefined, segments: [] };
    tellers.set(component, teller);
    return teller;
  };
  for (const override of overrides) tellerOf(override.component).override = override;
  for (const { set, segments } of series)
    for (const segment of segments) tellerOf(segment.component).segments.push({ set, segment });
  return { context, series, overrides, replaced: new Set(overrides.map(({ replaces }) => replaces)), tellers };
}

/** The same for a component that is no calendar object of its own (AVAILABLE, RFC 7953 §3.1). */
export function readSeries(component: Component, context: ZoneContext): Instances {
  const span = spanOf(component, context);
  if (!span) return complete(context, [], []);
  const set = recurrenceSetOf(component, span, context);
  return complete(context, [{ master: component, set, segments: segmentsOf(component, set, []) }], []);
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
  const first = { component: master, span: set.span, from: Number.NEGATIVE_INFINITY, shift: 0, slack: 0 };
  const starts = [first, ...changes.map((change) => ({ ...change, from: change.replaces, ...moveOf(change, set) }))];
  return starts.map(({ component, span, from, shift, slack }, index) => {
    const to = starts[index + 1]?.from ?? Number.POSITIVE_INFINITY;
    return { component, span, from, to, shift, slack };
  });
}

/** How far a THISANDFUTURE override moves its occurrence, on its own clock: daylight saving does not change it. */
function moveOf({ span, replaces }: Override, set: RecurrenceSet): Pick<Segment, 'shift' | 'slack'> {
  const shift = span.anchor.wall - wallFor(span, set, replaces);
  if (span.anchor.isDate !== set.span.anchor.isDate) return { shift, slack: 3 * DAY };
  return { shift, slack: shift === 0 ? 0 : DAY };
}

/**
 * An occurrence of the set on the clock of the component that tells about it. Where one has dates and the other times, that is
 * the clock of the set: what was at nine and is now for the whole day keeps its days.
 */
export function wallFor({ anchor, zone }: ComponentSpan, { span }: RecurrenceSet, instant: number): number {
  const clock = anchor.isDate === span.anchor.isDate ? zone : span.zone;
  const wall = instant + clock.offsetAt(instant);
  return anchor.isDate ? Math.floor(wall / DAY) * DAY : wall;
}
