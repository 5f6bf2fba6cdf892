/** The span of time a calendar object touches: the index columns starts_at and ends_at of the database. */
import { alarmReach } from './alarms.ts';
import { type CalendarObject, itemsOf } from './calendar-object.ts';
import { type Component, properties, property } from './component.ts';
import { isDated, longest, spanOf } from './component-span.ts';
import { DAY, dateTimeOf, periodsOf } from './date-time.ts';
import { type Instances, readInstances } from './instances.ts';
import { DEFAULT_STEPS, type StepBudget, tallyRule } from './recurrence/expand.ts';
import type { RecurrenceRule } from './recurrence/rule.ts';
import type { RecurrenceSet } from './recurrence-set.ts';
import { untilWall } from './rule-occurrences.ts';
import { instantOfDateTime, periodBounds, UTC } from './timezone.ts';

/** Milliseconds since 1970 UTC; null: no bound on that side. */
export interface TimeBounds {
  readonly start: number | null;
  readonly end: number | null;
}

/** Raised whenever bounds, time lines or public form of an object may come out otherwise: what is stored is then reckoned anew. */
export const TIME_VERSION = 2;

const UNBOUNDED: TimeBounds = { start: null, end: null };

/**
 * Bounds such that a time-range outside them cannot match (RFC 4791 §9.9): all instances, overrides and alarms lie inside.
 * Floating times and dates are widened by a day on both sides. An endless rule has no end. Never throws.
 */
export function timeBounds(object: CalendarObject): TimeBounds {
  const extent = extentOf(object);
  const margin = hasFloatingTimes(object) ? DAY : 0;
  const reach = { before: 0, after: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  for (const item of itemsOf(object)) {
    const alarm = alarmReach(item, object.timezones);
    reach.before = Math.max(reach.before, alarm.before);
    reach.after = Math.max(reach.after, alarm.after);
    reach.first = Math.min(reach.first, alarm.first);
    reach.last = Math.max(reach.last, alarm.last);
  }
  return {
    start: extent.start === null ? null : Math.min(extent.start - reach.before, reach.first) - margin,
    end: extent.end === null ? null : Math.max(extent.end + reach.after, reach.last) + margin,
  };
}

const extents = new WeakMap<CalendarObject, TimeBounds>();

/** First start and last end of all instances, floating times read as UTC, alarms left aside. Found once for each object. */
export function extentOf(object: CalendarObject): TimeBounds {
  const extent = extents.get(object) ?? readExtent(object);
  extents.set(object, extent);
  return extent;
}

function readExtent(object: CalendarObject): TimeBounds {
  if (object.kind === 'VEVENT' || object.kind === 'VJOURNAL') return seriesExtent(readInstances(object, UTC));
  if (object.kind === 'VTODO') return object.master ? todoExtent(object) : seriesExtent(readInstances(object, UTC));
  if (object.kind === 'VFREEBUSY' || object.kind === 'VAVAILABILITY')
    return around(itemsOf(object).map((item) => plainExtent(item, object)));
  return UNBOUNDED;
}

function hasFloatingTimes(object: CalendarObject): boolean {
  return itemsOf(object).some((item) =>
    item.lines.some((line) => /^\d{8}(T\d{6})?$/i.test(line.value.trim().split(/[,/]/)[0]!)),
  );
}

/** A to-do without DTSTART and DUE is placed by COMPLETED and CREATED (RFC 4791 §9.9). */
function todoExtent(object: CalendarObject): TimeBounds {
  const todo = object.master!;
  if (isDated(todo, 'DTSTART') || isDated(todo, 'DUE')) return seriesExtent(readInstances(object, UTC));
  const completed = dateTimeOf(property(todo, 'COMPLETED'))?.wall;
  const created = dateTimeOf(property(todo, 'CREATED'))?.wall;
  if (completed === undefined) return { start: created ?? null, end: null };
  return { start: Math.min(completed, created ?? completed), end: Math.max(completed, created ?? completed) };
}

/** VFREEBUSY and VAVAILABILITY: DTSTART and DTEND, or what their FREEBUSY periods span; a missing edge is open. */
function plainExtent(component: Component, object: CalendarObject): TimeBounds {
  const context = { embedded: object.timezones, floating: UTC };
  const span = property(component, 'DTSTART') && spanOf(component, context);
  const ended = property(component, 'DTEND') || property(component, 'DURATION');
  if (span) return { start: span.start, end: ended ? span.endOf(span.anchor.wall, span.start) : null };
  const periods = properties(component, 'FREEBUSY').flatMap(periodsOf);
  if (ended || periods.length === 0) return UNBOUNDED;
  return around(
    periods.map((period) => {
      if ('start' in period) return periodBounds(period, context);
      const start = instantOfDateTime(period, context);
      return { start, end: start };
    }),
  );
}

function seriesExtent({ series, overrides }: Instances): TimeBounds {
  const bounds: TimeBounds[] = overrides.map(({ span }) => ({
    start: span.start,
    end: span.endOf(span.anchor.wall, span.start),
  }));
  const budget = { left: DEFAULT_STEPS };
  for (const { set, segments } of series) {
    const base = around([
      ...set.dates.map(({ instant, end }) => ({ start: instant, end: end ?? instant })),
      ...set.rules.map((rule) => ({ start: set.span.start, end: lastInstant(rule, set, budget) })),
    ]);
    for (const { span, shift, slack } of segments) {
      const length = set.recurs ? longest(span) : span.endOf(span.anchor.wall, span.start) - span.start;
      bounds.push({
        start: base.start === null ? null : base.start + Math.min(0, shift - slack),
        end: base.end === null ? null : base.end + Math.max(0, shift + slack) + length,
      });
    }
  }
  return around(bounds);
}

/** Instant of a rule's last occurrence, or a later bound; null when it never ends or nobody can afford to know. */
function lastInstant(rule: RecurrenceRule, { span }: RecurrenceSet, budget: StepBudget): number | null {
  const until = untilWall(rule, span).until ?? rule.until?.wall;
  if (until !== undefined) return Math.max(span.start, span.zone.toInstant(until + (span.anchor.isDate ? DAY : 0)));
  if (rule.count === undefined) return null;
  try {
    return span.zone.toInstant(tallyRule(rule, span.anchor, { budget }).last ?? span.anchor.wall);
  } catch {
    return null;
  }
}

function around(bounds: readonly TimeBounds[]): TimeBounds {
  let start: number | null = Number.POSITIVE_INFINITY;
  let end: number | null = Number.NEGATIVE_INFINITY;
  for (const bound of bounds) {
    start = start === null || bound.start === null ? null : Math.min(start, bound.start);
    end = end === null || bound.end === null ? null : Math.max(end, bound.end);
  }
  return bounds.length === 0 ? UNBOUNDED : { start, end };
}
