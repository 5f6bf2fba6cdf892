/** The span of time a calendar object touches: the index columns starts_at and ends_at of the database. */
import type { CalendarObject } from './calendar-object.ts';

/** Milliseconds since 1970 UTC; null: no bound on that side. */
export interface TimeBounds {
  readonly start: number | null;
  readonly end: number | null;
}

/**
 * Bounds such that a time-range outside them cannot match (RFC 4791 §9.9): all instances, overrides and alarms lie inside.
 * Floating times and dates are widened by a day on both sides. An endless rule has no end.
 */
export function timeBounds(_object: CalendarObject): TimeBounds {
  return { start: null, end: null };
}
