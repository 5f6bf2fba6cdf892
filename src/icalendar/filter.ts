/** calendar-query filters over calendar objects (RFC 4791 §9.7): plain data in, a verdict out. */
import { type CollationName, textMatches } from '../base/collation.ts';
import { type ContentLine, parameterValues } from '../contentline/content-line.ts';
import { unescapeText } from '../contentline/value.ts';
import type { CalendarObject } from './calendar-object.ts';
import type { Component } from './component.ts';
import { DAY, dateTimeOf } from './date-time.ts';
import type { TimeRange } from './instances.ts';
import { DEFAULT_STEPS } from './recurrence/expand.ts';
import { TIMED_COMPONENTS, TIMED_PROPERTIES } from './time-lines.ts';
import { type Asking, alarmOverlaps, availableOverlaps, overlapsRange } from './time-range.ts';
import { instantOfDateTime, type TimeZone } from './timezone.ts';

export type { TimeRange } from './instances.ts';

/** A `contains` match (RFC 4791 §9.7.5). */
export interface TextMatch {
  readonly text: string;
  /** The default of the RFC is `i;ascii-casemap`. */
  readonly collation: CollationName;
  readonly negate: boolean;
}

export interface ParamFilter {
  /** Upper case. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly textMatch?: TextMatch;
}

export interface PropFilter {
  /** Upper case. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly timeRange?: TimeRange;
  readonly textMatch?: TextMatch;
  readonly paramFilters: readonly ParamFilter[];
}

export interface CompFilter {
  /** Upper case; the outermost is `VCALENDAR`. */
  readonly name: string;
  readonly isNotDefined: boolean;
  readonly timeRange?: TimeRange;
  readonly propFilters: readonly PropFilter[];
  readonly compFilters: readonly CompFilter[];
}

/** What every step down the tree needs, and the component it came through. */
interface Scope extends Asking {
  readonly object: CalendarObject;
  readonly parent: Component | undefined;
}

/**
 * Does the object match (RFC 4791 §7.8, §9.7 to §9.9)? `floatingZone` gives floating times and dates their place.
 * Never throws: a rule too hostile to be followed counts as overlapping any range.
 */
export function matchesFilter(object: CalendarObject, filter: CompFilter, floatingZone: TimeZone): boolean {
  const scope = { object, floating: floatingZone, budget: { left: DEFAULT_STEPS }, parent: undefined };
  return matchesAmong([object.calendar], filter, scope);
}

/** RFC 4791 §9.7.1: is-not-defined, or at least one component of the name fulfils everything. */
function matchesAmong(components: readonly Component[], filter: CompFilter, scope: Scope): boolean {
  const named = components.filter((component) => component.name === filter.name);
  if (filter.isNotDefined) return named.length === 0;
  return named.some((component) => {
    const inside = { ...scope, parent: component };
    return (
      filter.propFilters.every((child) => matchesProperty(component, child, scope)) &&
      (!filter.timeRange || inRange(component, filter.timeRange, scope)) &&
      filter.compFilters.every((child) => matchesAmong(component.children, child, inside))
    );
  });
}

function inRange(component: Component, range: TimeRange, scope: Scope): boolean {
  const { object, parent } = scope;
  if (component === object.calendar)
    return component.children.some((child) => overlapsRange(object, child, range, scope));
  if (parent && component.name === 'VALARM') return alarmOverlaps(object, parent, component, range, scope);
  if (parent && component.name === 'AVAILABLE') return availableOverlaps(object, component, range, scope);
  return parent === object.calendar && overlapsRange(object, component, range, scope);
}

/** RFC 4791 §9.7.2: is-not-defined, or at least one property of the name fulfils everything; an empty filter asks for presence. */
function matchesProperty(component: Component, filter: PropFilter, scope: Scope): boolean {
  const named = component.lines.filter((line) => line.name === filter.name);
  if (filter.isNotDefined) return named.length === 0;
  return named.some(
    (line) =>
      (!filter.timeRange || valueInRange(line, filter.timeRange, scope)) &&
      (!filter.textMatch || matchesText([unescapeText(line.value)], filter.textMatch)) &&
      filter.paramFilters.every((child) => matchesParameter(line, child)),
  );
}

/** A property with a date or date-time value; a date stands for its whole day. */
function valueInRange(line: ContentLine, range: TimeRange, { object, floating }: Scope): boolean {
  const value = dateTimeOf(line);
  if (!value) return false;
  const at = instantOfDateTime(value, { embedded: object.timezones, floating });
  const last = value.isDate ? at + DAY - 1 : at;
  return (range.start ?? Number.NEGATIVE_INFINITY) <= last && (range.end ?? Number.POSITIVE_INFINITY) > at;
}

/** RFC 4791 §9.7.3. */
function matchesParameter(line: ContentLine, filter: ParamFilter): boolean {
  const values = parameterValues(line, filter.name);
  const isDefined = line.params.some((param) => param.name === filter.name);
  if (filter.isNotDefined) return !isDefined;
  return isDefined && (!filter.textMatch || matchesText(values, filter.textMatch));
}

/** RFC 4791 §9.7.5; negated: no value matches. */
function matchesText(values: readonly string[], { text, collation, negate }: TextMatch): boolean {
  return values.some((value) => textMatches(collation, 'contains', value, text)) !== negate;
}

/** A time range every match must touch (for the database's index), or undefined when the filter has none. */
export function rangeOfFilter(filter: CompFilter): TimeRange | undefined {
  if (filter.isNotDefined) return undefined;
  return filter.timeRange ?? filter.compFilters.map(rangeOfFilter).find((range) => range !== undefined);
}

/** The component kinds a match must have below VCALENDAR, or undefined when any will do. VTIMEZONE is no kind. */
export function kindsOfFilter(filter: CompFilter): readonly string[] | undefined {
  const names = filter.compFilters.filter((child) => !child.isNotDefined && child.name !== 'VTIMEZONE');
  return names.length > 0 ? names.map((child) => child.name) : undefined;
}

/** True when the time lines of an object decide the filter: it asks for nothing that they leave out. */
export function isAboutTime({ isNotDefined, timeRange, propFilters, compFilters }: CompFilter): boolean {
  const decided = (filter: CompFilter): boolean =>
    TIMED_COMPONENTS.has(filter.name) &&
    filter.compFilters.length === 0 &&
    filter.propFilters.every(({ name, paramFilters }) => TIMED_PROPERTIES.has(name) && paramFilters.length === 0);
  return !isNotDefined && !timeRange && propFilters.length === 0 && compFilters.every(decided);
}
