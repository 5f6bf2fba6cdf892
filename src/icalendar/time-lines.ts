/** The lines of a calendar object that place it in time, kept beside its octets: most searches are decided without reading those. */
import { type ContentLine, parameter } from '../contentline/content-line.ts';
import { type CalendarObject, calendarObjectOf, itemsOf } from './calendar-object.ts';
import type { Component } from './component.ts';
import { ianaNameOf, tzidOf } from './timezone.ts';

/** A property: name, value, then names and values of its parameters in turn. */
export type TimeLine = readonly string[];
/** The name of a component, then its lines. */
export type TimedComponent = readonly [string, ...TimeLine[]];
/** One object: its components in order, time zones left aside. Plain data, to be kept as JSON. */
export type TimeLines = readonly TimedComponent[];

/** Components whose place in time is all in their own lines. */
export const TIMED_COMPONENTS: ReadonlySet<string> = new Set(['VEVENT', 'VTODO', 'VJOURNAL', 'VFREEBUSY']);

/** Properties that are kept: those that RFC 4791 §9.9 and §7.10 look at, and those that open tasks are searched by. */
export const TIMED_PROPERTIES: ReadonlySet<string> = new Set([
  ...['DTSTART', 'DTEND', 'DUE', 'DURATION', 'RRULE', 'EXRULE', 'RDATE', 'EXDATE', 'RECURRENCE-ID', 'SEQUENCE'],
  ...['COMPLETED', 'CREATED', 'PERCENT-COMPLETE', 'STATUS', 'TRANSP', 'FREEBUSY'],
]);
const KEPT_PARAMETERS = ['TZID', 'VALUE', 'RANGE', 'FBTYPE'];

/** Characters kept of one object; longer lists of dates are read from the object itself. */
const LONGEST = 6000;

/** The time lines of an object, or undefined when it must be read itself: its own time zones, its kind or its length demand it. */
export function timeLinesOf(object: CalendarObject): TimeLines | undefined {
  const items = itemsOf(object);
  if (!TIMED_COMPONENTS.has(object.kind) || items.length === 0) return undefined;
  const ownZones = new Set(object.timezones.map(tzidOf).filter((id) => id !== undefined && !ianaNameOf(id)));
  let length = 0;
  const kept: TimedComponent[] = [];
  for (const item of items) {
    const lines: TimeLine[] = [];
    for (const line of item.lines) {
      if (!TIMED_PROPERTIES.has(line.name)) continue;
      if (ownZones.has(parameter(line, 'TZID')?.trim())) return undefined;
      length += line.value.length + 20;
      lines.push(timeLine(line));
    }
    length += 20;
    if (length > LONGEST) return undefined;
    kept.push([item.name, ...lines]);
  }
  return kept;
}

function timeLine(line: ContentLine): TimeLine {
  const params = KEPT_PARAMETERS.flatMap((name) => {
    const value = parameter(line, name);
    return value === undefined ? [] : [name, value];
  });
  return [line.name, line.value, ...params];
}

const NO_OCTETS = Buffer.alloc(0);

/** Objects asked for lately, by the digest of their octets: the same weeks are looked at again and again. */
const recent = new Map<string, CalendarObject>();
const MOST_RECENT = 4000;
/**
 * Once they are so many, one of so many others takes the place of the oldest: a search through more than are remembered would
 * otherwise drive out all that is known, itself included, and leave it to be collected when it is no longer young.
 */
const ADMITTED = 16;
let strangers = 0;

/**
 * A calendar object with nothing but the time lines kept of it, undefined when none were: for questions of time, not for answers.
 * `etag` is the digest of the octets they were taken from.
 */
export function timedObject(kept: unknown, etag: string): CalendarObject | undefined {
  if (!Array.isArray(kept)) return undefined;
  const known = recent.get(etag);
  if (known) return known;
  const object = objectOfTimeLines(kept as TimeLines);
  remember(etag, object);
  return object;
}

function remember(etag: string, object: CalendarObject): void {
  if (recent.size >= MOST_RECENT) {
    if (++strangers % ADMITTED !== 0) return;
    for (const oldest of recent.keys()) {
      recent.delete(oldest);
      break;
    }
  }
  recent.set(etag, object);
}

function objectOfTimeLines(kept: TimeLines): CalendarObject {
  const children = kept.map(([name, ...lines]) => componentOf(name, lines.map(contentLine), []));
  return calendarObjectOf(NO_OCTETS, componentOf('VCALENDAR', [], children));
}

function componentOf(name: string, lines: readonly ContentLine[], children: readonly Component[]): Component {
  return { name, lines, children, start: 0, end: 0, number: 1 };
}

function contentLine([name = '', value = '', ...rest]: TimeLine): ContentLine {
  const params: { name: string; values: string[] }[] = [];
  for (let at = 0; at < rest.length; at += 2) params.push({ name: rest[at]!, values: [rest[at + 1] ?? ''] });
  return { group: '', name, params, value, start: 0, end: 0, number: 1 };
}
