/** A stream of iCalendar text cut into one calendar object per UID, and the reverse (import and export). */
import type { CalendarObject } from './calendar-object.ts';

export interface SplitOptions {
  /** Makes the UID of a component that has none. */
  readonly newUid: () => string;
}

/** One calendar object of the file, or why a part of it is none. */
export interface SplitPart {
  readonly uid: string;
  readonly kind: string;
  /** A whole VCALENDAR: the header lines of the file, the VTIMEZONEs it names, its components octet for octet. */
  readonly octets: Buffer;
  /** 1-based physical line of its first component in the file. */
  readonly number: number;
}

/**
 * Splits a file with any number of VCALENDARs and components into one object per UID, in order of first appearance.
 * Throws AppError `valid-calendar-data` when nothing of it is iCalendar.
 */
export function* splitCalendar(_octets: Uint8Array, _options: SplitOptions): Generator<SplitPart> {
  // written in the next step
}

/** Joins objects into one VCALENDAR for export: every VTIMEZONE once per TZID, components octet for octet. */
export function* joinCalendar(
  _objects: Iterable<CalendarObject>,
  _header: { readonly prodid: string; readonly name?: string; readonly description?: string; readonly color?: string },
): Generator<Buffer> {
  // written in the next step
}
