/** Busy time of calendar objects and the VFREEBUSY that tells it (RFC 4791 §7.10, RFC 5545 §3.6.4, RFC 7953). */
import type { CalendarObject } from './calendar-object.ts';
import type { ClosedRange } from './project.ts';
import type { TimeZone } from './timezone.ts';

export type BusyType = 'BUSY' | 'BUSY-TENTATIVE' | 'BUSY-UNAVAILABLE';

/** Half-open, ms since 1970 UTC. */
export interface BusyPeriod {
  readonly start: number;
  readonly end: number;
  readonly type: BusyType;
}

export interface FreeBusyReply {
  readonly range: ClosedRange;
  readonly periods: readonly BusyPeriod[];
  readonly uid: string;
  /** DTSTAMP, ms since 1970 UTC. */
  readonly now: number;
  /** `mailto:` addresses, for answers to a scheduling request. */
  readonly organizer?: string;
  readonly attendee?: string;
  /** `REPLY` for scheduling; absent for the free-busy report. */
  readonly method?: string;
}

/** Merged busy periods of all objects within the range: TRANSP, STATUS, VFREEBUSY and VAVAILABILITY respected, cut to the range. */
export function busyPeriods(
  _objects: Iterable<CalendarObject>,
  _range: ClosedRange,
  _floatingZone: TimeZone,
): BusyPeriod[] {
  return [];
}

/** The VCALENDAR with one VFREEBUSY. */
export function writeFreeBusy(_reply: FreeBusyReply): Buffer {
  return Buffer.alloc(0);
}
