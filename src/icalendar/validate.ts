/** May these octets be stored as a calendar object resource? The preconditions of RFC 4791 §5.3.2.1. */
import { AppError } from '../base/errors.ts';
import { type CalendarObject, readCalendarObject } from './calendar-object.ts';

/** Limits of a calendar collection; an absent one does not limit (RFC 4791 §5.2.5 to §5.2.9). */
export interface CalendarLimits {
  /** Octets. */
  readonly maxResourceSize?: number;
  /** Milliseconds since 1970 UTC: no instance may start before, no instance may end after. */
  readonly minDateTime?: number;
  readonly maxDateTime?: number;
  /** Instances of a bounded recurrence. */
  readonly maxInstances?: number;
  readonly maxAttendeesPerInstance?: number;
  /** The collection's `supported-calendar-component-set`, upper case; absent: every kind this server knows. */
  readonly components?: readonly string[];
}

/**
 * Reads and judges a calendar object. Returns it, or throws AppError whose code is the RFC's condition name
 * (`valid-calendar-data`, `valid-calendar-object-resource`, `supported-calendar-component`, `max-resource-size`,
 * `min-date-time`, `max-date-time`, `max-instances`, `max-attendees-per-instance`, `supported-rscale` of RFC 7529 §4.1)
 * and whose message names the line; `details.line` is its 1-based number.
 */
export function validateCalendarObject(octets: Uint8Array, _limits: CalendarLimits = {}): CalendarObject {
  const object = readCalendarObject(octets);
  const fault = object.faults[0];
  if (fault)
    throw new AppError('invalid', 'valid-calendar-data', `Line ${fault.number}: ${fault.message}.`, {
      line: fault.number,
    });
  return object;
}
