/** The instances of an object written out one by one in UTC, without rules and zones (RFC 4791 §9.6.5). */
import { AppError } from '../base/errors.ts';
import { type ContentLine, parameter } from '../contentline/content-line.ts';
import type { CalendarObject } from './calendar-object.ts';
import { type Component, property } from './component.ts';
import { newLine, type OutComponent, type OutLine, outComponent, storedLine } from './component-octets.ts';
import { durationOf, edgesOf, isDated } from './component-span.ts';
import { DAY, type DateTime, dateTimeOf, dateTimesOf, formatDateTime } from './date-time.ts';
import { type Instance, type Instances, readInstances } from './instances.ts';
import { instancesTouching } from './instances-in-range.ts';
import { DEFAULT_STEPS } from './recurrence/expand.ts';
import { UNIT_SECONDS } from './recurrence/time-sets.ts';
import { tallyRules } from './recurrence-set.ts';
import { overlapOf } from './time-range.ts';
import { type TimeZone, type ZoneContext, zoneOf, zoneOfTzid } from './timezone.ts';

const REPETITION = new Set(['RRULE', 'RDATE', 'EXDATE', 'EXRULE', 'RECURRENCE-ID']);
const EXPANDABLE = new Set(['VEVENT', 'VTODO', 'VJOURNAL']);
const PLACES = new Set(['DTSTART', 'DTEND', 'DUE', 'DURATION']);

/** Most instances and octets written of one object: some 50 ms of work, so that no rule keeps other requests waiting. */
const MOST_WRITTEN = { instances: 10_000, octets: 8 * 1024 * 1024 };

export interface ExpandRange {
  readonly start: number;
  readonly end: number;
}

/**
 * One component for each instance that overlaps the range, by start; each with its RECURRENCE-ID when the object recurs.
 * Times with a zone become UTC, dates and floating times stay what they are. Components that have no instances are kept.
 * Throws AppError `max-instances` for more than `maxInstances`, or than can be written in one go.
 */
export function expandObject(
  object: CalendarObject,
  range: ExpandRange,
  floating: TimeZone,
  maxInstances: number,
): OutComponent {
  const instances = readInstances(object, floating);
  const most = Math.min(maxInstances, MOST_WRITTEN.instances);
  const budget = { left: DEFAULT_STEPS };
  const found: Instance[] = [];
  let octets = 0;
  if (surelyMore(instances, range, most)) throw tooMany(most, object);
  for (const instance of EXPANDABLE.has(object.kind) ? instancesTouching(instances, range, budget) : []) {
    const { component, start, end } = instance;
    if (!overlapOf(component)(start, end, range.start, range.end)) continue;
    octets += component.end - component.start;
    found.push(instance);
    if (found.length > most || (octets > MOST_WRITTEN.octets && found.length > 1))
      throw tooMany(found.length - 1, object);
  }
  found.sort((a, b) => a.start - b.start);
  const write = instanceWriter(object, instances.context);
  const calendar = outComponent(object.octets, { ...object.calendar, children: [] });
  const kept = object.calendar.children.filter((child) => child.name !== 'VTIMEZONE' && !isPlaced(child));
  const children = [...found.map(write), ...kept.map((child) => outComponent(object.octets, child))];
  return { ...calendar, children };
}

/** Thousands of instances that nothing takes away or moves are counted, not made, before they are refused. */
function surelyMore({ series, overrides }: Instances, range: ExpandRange, most: number): boolean {
  if (overrides.length > 0) return false;
  const budget = { left: DEFAULT_STEPS };
  // the count is two days wide on both sides, clocks may differ by one: what is counted then lies in the range for sure
  const inside = { start: range.start + 3 * DAY, end: range.end - 3 * DAY };
  return series.some(({ set }) => {
    const [rule] = set.rules;
    // rules of a day and longer give few instances: counting them first would only be a second walk
    if (!rule || set.rules.length > 1 || set.excludes || UNIT_SECONDS[rule.frequency] === undefined) return false;
    return tallyRules(set, inside.start, inside.end, budget, most) > most;
  });
}

function tooMany(limit: number, { uid }: CalendarObject): AppError {
  const message = `The range holds more than ${limit} instances of ${uid ?? 'one object'}: too many for one answer.`;
  return new AppError('invalid', 'max-instances', message, { limit });
}

/** A to-do or journal without dates has no instances; availability and free-busy are no series. */
function isPlaced(component: Component): boolean {
  const dated = ['DTSTART', 'DUE', 'RECURRENCE-ID'].some((name) => isDated(component, name));
  return EXPANDABLE.has(component.name) && dated;
}

/** What all instances of a component have in common: lines, or those that each writes for itself, and nested components. */
interface Pattern {
  readonly lines: readonly (OutLine | ContentLine)[];
  readonly children: readonly OutComponent[];
  /** What the times of its instances look like. */
  readonly edges: ReturnType<typeof edgesOf>;
  /** What a RECURRENCE-ID looks like. */
  readonly shape: DateTime | undefined;
}

const isPlace = (line: OutLine | ContentLine): line is ContentLine => 'value' in line;

function instanceWriter(object: CalendarObject, context: ZoneContext): (instance: Instance) => OutComponent {
  const patterns = new Map<Component, Pattern>();
  return (instance) => {
    const { component, recurrenceId } = instance;
    const pattern = patterns.get(component) ?? patternOf(object, component, context);
    patterns.set(component, pattern);
    const lines = pattern.lines.map((line) =>
      isPlace(line) ? placeLine(object, line, pattern, instance, context) : line,
    );
    if (recurrenceId !== undefined) lines.push(timeLine('RECURRENCE-ID', recurrenceId, pattern.shape, context));
    return { name: component.name, lines, children: pattern.children };
  };
}

function patternOf(object: CalendarObject, component: Component, context: ZoneContext): Pattern {
  const lines = component.lines.filter((line) => !REPETITION.has(line.name) && isToldOnce(component, line));
  const edges = edgesOf(component);
  const { start, end } = object.master ? edgesOf(object.master) : edges;
  return {
    lines: lines.map((line) => (PLACES.has(line.name) ? line : inUtc(object, line, context))),
    children: component.children.map((child) => withoutZones(object, child, context)),
    edges,
    shape: start ?? end ?? dateTimeOf(property(component, 'RECURRENCE-ID')),
  };
}

/** Of a date written twice the one that counts, and no DURATION beside an end: each instance says its times once. */
function isToldOnce(component: Component, line: ContentLine): boolean {
  if (line.name === 'DURATION' && (property(component, 'DTEND') ?? property(component, 'DUE'))) return false;
  return !PLACES.has(line.name) || line === property(component, line.name);
}

/** A nested component, such as an alarm, whose zones are gone from the result, too. */
function withoutZones(object: CalendarObject, component: Component, context: ZoneContext): OutComponent {
  return {
    name: component.name,
    lines: component.lines.map((line) => inUtc(object, line, context)),
    children: component.children.map((child) => withoutZones(object, child, context)),
  };
}

/** DTSTART, DTEND, DUE or DURATION of one instance. */
function placeLine(
  object: CalendarObject,
  line: ContentLine,
  { edges }: Pattern,
  instance: Instance,
  context: ZoneContext,
): OutLine {
  const { component, start, end } = instance;
  if (line.name === 'DTSTART') return timeLine('DTSTART', start, edges.start, context);
  if (line.name !== 'DURATION') return timeLine(line.name, end, edges.end, context);
  // A day of 23 hours is not P1D in UTC: such a duration turns into the end it meant.
  const duration = durationOf(component);
  const sameInUtc = duration && duration.days * DAY + duration.exact === end - start;
  if (sameInUtc || instance.isDate) return storedLine(object.octets, line);
  return timeLine(component.name === 'VTODO' ? 'DUE' : 'DTEND', end, edges.start, context);
}

/** A new time line shaped like `value`: a date stays a date, a floating time floats, the others are UTC. */
function timeLine(name: string, instant: number, value: DateTime | undefined, context: ZoneContext): OutLine {
  const wall = instant + context.floating.offsetAt(instant);
  if (value?.isDate) return newLine(name, formatDateTime(wall, 'date'), [{ name: 'VALUE', values: ['DATE'] }]);
  const known = value?.tzid !== undefined && zoneOfTzid(value.tzid, context.embedded) !== undefined;
  if (value && !value.isUtc && !known) return newLine(name, formatDateTime(wall, 'local'));
  return newLine(name, formatDateTime(instant, 'utc'));
}

/** Any other property in a zone whose rules are gone from the result. */
function inUtc(object: CalendarObject, line: ContentLine, context: ZoneContext): OutLine {
  const tzid = parameter(line, 'TZID');
  const values = tzid === undefined ? [] : dateTimesOf(line);
  if (values.length === 0 || values.length !== line.value.split(',').length || line.value.includes('/'))
    return storedLine(object.octets, line);
  const params = line.params.filter((param) => param.name !== 'TZID');
  const instants = values.map((value) => zoneOf(value, context).toInstant(value.wall));
  return newLine(line.name, instants.map((instant) => formatDateTime(instant, 'utc')).join(','), params);
}
