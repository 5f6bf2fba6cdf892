/** Time zones of calendar data: IANA names, Windows names, vendor prefixes, embedded VTIMEZONEs; never the machine's own zone. */
import type { Component } from './component.ts';

/** A zone maps instants (ms since 1970 UTC) to wall time (ms since 1970 as a clock in the zone shows it) and back. */
export interface TimeZone {
  /** IANA name, or the TZID of an embedded VTIMEZONE. */
  readonly id: string;
  /** Milliseconds to add to UTC at this instant. */
  offsetAt(instant: number): number;
  /** The instant of a wall time: the first of two, and the offset before a gap (RFC 5545 §3.3.5). */
  toInstant(wall: number): number;
}

export const UTC: TimeZone = { id: 'UTC', offsetAt: () => 0, toInstant: (wall) => wall };

/** The zone a TZID means: IANA, Windows, prefixed IANA name, then the VTIMEZONE of that name; undefined when unknown. */
export function resolveTimeZone(_tzid: string, _embedded: readonly Component[] = []): TimeZone | undefined {
  return undefined;
}

/** The zone of a `calendar-timezone` value: text of a VCALENDAR with one VTIMEZONE (RFC 4791 §5.2.2); undefined when unreadable. */
export function timeZoneOfText(_text: string): TimeZone | undefined {
  return undefined;
}
