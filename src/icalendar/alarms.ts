/** When a VALARM rings (RFC 5545 §3.6.6, §3.8.6.3; overlap as RFC 4791 §9.9 has it). */
import { parameter } from '../contentline/content-line.ts';
import { type Component, childrenNamed, property } from './component.ts';
import { DAY, type Duration, dateTimeOf, parseDuration } from './date-time.ts';
import { instantOfDateTime, type TimeZone, UTC } from './timezone.ts';

export interface Alarm {
  /** An absolute instant (ms since 1970 UTC), or the distance from an edge of the instance. */
  readonly at: { readonly instant: number } | { readonly offset: Duration; readonly fromEnd: boolean };
  /** How often it rings again, and after how many ms. */
  readonly repeat: number;
  readonly pause: number;
}

/** How far alarms ring from their instance, and the absolute ones' instants. */
export interface AlarmReach {
  /** Milliseconds before the start, and behind the end, of an instance. Zero or more. */
  readonly before: number;
  readonly after: number;
  readonly first: number;
  readonly last: number;
}

/**
 * Reads a VALARM; undefined when its TRIGGER is missing or unreadable. RFC 5545 §3.8.6.3 wants an absolute trigger in UTC; one
 * with a TZID of its own stands in that zone, which the object's VTIMEZONEs (`embedded`) may define, a floating one in UTC.
 */
export function readAlarm(component: Component, embedded: readonly Component[]): Alarm | undefined {
  const line = property(component, 'TRIGGER');
  if (!line) return undefined;
  const duration = parseDuration(line.value);
  const moment = duration ? undefined : dateTimeOf(line);
  if (!duration && !moment) return undefined;
  const pause = parseDuration(property(component, 'DURATION')?.value ?? '');
  const times = Number.parseInt(property(component, 'REPEAT')?.value ?? '0', 10);
  const fromEnd = parameter(line, 'RELATED')?.toUpperCase() === 'END';
  const repeats = pause !== undefined && exact(pause) > 0 && times > 0;
  return {
    at: duration ? { offset: duration, fromEnd } : { instant: instantOfDateTime(moment!, { embedded, floating: UTC }) },
    repeat: repeats ? times : 0,
    pause: repeats ? exact(pause) : 0,
  };
}

function exact(duration: Duration): number {
  return duration.days * DAY + duration.exact;
}

/**
 * Does the alarm ring at an instant t with start <= t < end, for an instance that lasts from `begins` to `ends`? Days of its
 * trigger count on the clock of `zone`: a day before nine o'clock is nine o'clock, also where the clocks change (RFC 5545 §3.3.6).
 */
export function alarmRings(alarm: Alarm, [begins, ends]: Edges, zone: TimeZone, start: number, end: number): boolean {
  const first = firstRing(alarm, begins, ends, zone);
  if (first >= end) return false;
  if (first >= start) return true;
  if (alarm.repeat === 0) return false;
  const rings = Math.ceil((start - first) / alarm.pause);
  return rings <= alarm.repeat && first + rings * alarm.pause < end;
}

/** Begin and end of an instance. */
type Edges = readonly [begins: number, ends: number];

function firstRing({ at }: Alarm, begins: number, ends: number, zone: TimeZone): number {
  if ('instant' in at) return at.instant;
  const edge = at.fromEnd ? ends : begins;
  const { days, exact: rest } = at.offset;
  return (days === 0 ? edge : zone.toInstant(edge + zone.offsetAt(edge) + days * DAY)) + rest;
}

/** A clock may change by as much between a ring and its instance. */
const CLOCK_CHANGE = DAY;

/** How far the alarms of a component reach beyond its instances; `embedded` as for `readAlarm`. */
export function alarmReach(component: Component, embedded: readonly Component[]): AlarmReach {
  const reach = { before: 0, after: 0, first: Number.POSITIVE_INFINITY, last: Number.NEGATIVE_INFINITY };
  for (const child of childrenNamed(component, 'VALARM')) {
    const alarm = readAlarm(child, embedded);
    if (!alarm) continue;
    const tail = alarm.repeat * alarm.pause;
    if ('instant' in alarm.at) {
      reach.first = Math.min(reach.first, alarm.at.instant);
      reach.last = Math.max(reach.last, alarm.at.instant + tail);
    } else {
      const { offset } = alarm.at;
      const change = offset.days === 0 ? 0 : CLOCK_CHANGE;
      reach.before = Math.max(reach.before, change - exact(offset));
      reach.after = Math.max(reach.after, exact(offset) + tail + change);
    }
  }
  return reach;
}
