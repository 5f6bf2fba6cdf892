/** From when to when one component lasts: DTSTART with DTEND, DURATION or DUE (RFC 5545 §3.6.1 to §3.6.3). */
import { type ContentLine, parameter } from '../contentline/content-line.ts';
import { type Component, property } from './component.ts';
import { DAY, type DateTime, type Duration, dateTimeOf, parseDuration } from './date-time.ts';
import { instantOfDateTime, type TimeZone, type ZoneContext, zoneOf } from './timezone.ts';

export interface ComponentSpan {
  /** What recurs: DTSTART, the DUE of a VTODO without one, else RECURRENCE-ID. */
  readonly anchor: DateTime;
  readonly zone: TimeZone;
  /** Instant of the anchor. */
  readonly start: number;
  /** The end of an instance that begins at this wall time and instant: never before its begin. */
  endOf(wall: number, instant: number): number;
}

/** The property that ends a component, by component; the others have none. */
const END_PROPERTIES: Readonly<Record<string, string>> = {
  VEVENT: 'DTEND',
  VTODO: 'DUE',
  VFREEBUSY: 'DTEND',
  VAVAILABILITY: 'DTEND',
  AVAILABLE: 'DTEND',
};

/**
 * DTSTART and the end of a component as they are written, undefined where there is none. A local time beside one in a zone is on
 * the same clock: RFC 5545 §3.8.2.2 wants the zone named on both, and some programs name it once.
 */
export function edgesOf(component: Component): { start: DateTime | undefined; end: DateTime | undefined } {
  const endProperty = END_PROPERTIES[component.name];
  const start = dayOf(property(component, 'DTSTART'));
  const endLine = endProperty === undefined ? undefined : property(component, endProperty);
  const end = start && !start.isDate ? dateTimeOf(endLine) : dayOf(endLine);
  return { start: onClockOf(end, start), end: onClockOf(start, end) };
}

/**
 * A floating midnight that calls itself a date is one: `DTSTART;VALUE=DATE:20260105T000000`. iOS writes such an end beside a start
 * with a time, where it is the midnight on its clock.
 */
function dayOf(line: ContentLine | undefined): DateTime | undefined {
  const value = dateTimeOf(line);
  if (!line || !value || value.isUtc || value.tzid !== undefined || value.wall % DAY !== 0) return value;
  return /^date$/i.test(parameter(line, 'VALUE') ?? '') ? { ...value, isDate: true } : value;
}

function onClockOf(other: DateTime | undefined, value: DateTime | undefined): DateTime | undefined {
  const floats = value && !value.isDate && !value.isUtc && value.tzid === undefined;
  return floats && other?.tzid !== undefined ? { ...value, tzid: other.tzid } : value;
}

/** The span of a component, or undefined when no date of it can be read. */
export function spanOf(component: Component, context: ZoneContext): ComponentSpan | undefined {
  const endProperty = END_PROPERTIES[component.name];
  const { start: dtstart, end: written } = edgesOf(component);
  const anchor =
    dtstart ?? (component.name === 'VTODO' ? written : undefined) ?? dateTimeOf(property(component, 'RECURRENCE-ID'));
  if (!anchor) return undefined;
  const zone = zoneOf(anchor, context);
  const start = zone.toInstant(anchor.wall);
  const end = dtstart ? written : undefined;
  const duration = end || !endProperty ? undefined : durationOf(component);
  const length = (wall: number, instant: number): number => {
    if (end) {
      // A DTEND gives the same exact length to every instance; between two dates it is a number of days (RFC 5545 §3.8.5.3).
      if (anchor.isDate && end.isDate) return zone.toInstant(wall + end.wall - anchor.wall) - instant;
      return instantOfDateTime(end, context) - start;
    }
    if (duration) return zone.toInstant(wall + duration.days * DAY) + duration.exact - instant;
    return anchor.isDate && dtstart ? zone.toInstant(wall + DAY) - instant : 0;
  };
  return { anchor, zone, start, endOf: (wall, instant) => instant + Math.max(0, length(wall, instant)) };
}

/** Does the component have this date, readable? Some programs of Android write `DTSTART:` and `DUE:` for none. */
export function isDated(component: Component, name: string): boolean {
  return dateTimeOf(property(component, name)) !== undefined;
}

/** The DURATION of a component, or undefined when absent or unreadable. */
export function durationOf(component: Component): Duration | undefined {
  const line = property(component, 'DURATION');
  return line && parseDuration(line.value);
}

/** Longest an instance of the span can be, in ms: its first one and a day for clock changes. */
export function longest(span: ComponentSpan): number {
  return span.endOf(span.anchor.wall, span.start) - span.start + DAY;
}
