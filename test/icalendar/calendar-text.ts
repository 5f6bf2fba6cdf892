/** Calendar objects for tests, from a few lines of text or from the fixtures. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { type CalendarObject, readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { type BusyPeriod, busyTime } from '../../src/icalendar/free-busy.ts';
import type { ClosedRange } from '../../src/icalendar/project.ts';
import type { TimeZone } from '../../src/icalendar/timezone.ts';

/** A VCALENDAR around the given lines, with CRLF ends. */
export function calendarText(...lines: readonly string[]): Buffer {
  return Buffer.from(
    ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//Test//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n'),
  );
}

/** One component with a UID and the given properties. */
export function component(name: string, ...lines: readonly string[]): string[] {
  return [`BEGIN:${name}`, 'UID:u1', 'DTSTAMP:20260101T000000Z', ...lines, `END:${name}`];
}

export function objectOf(...lines: readonly string[]): CalendarObject {
  return readCalendarObject(calendarText(...lines));
}

export function anEvent(...lines: readonly string[]): CalendarObject {
  return objectOf(...component('VEVENT', ...lines));
}

/** `2026-03-02T09:00Z` in ms. */
export function at(iso: string): number {
  return Date.parse(iso.includes('T') ? iso : `${iso}T00:00Z`);
}

/** The busy time of these objects. */
export function busyPeriods(
  objects: readonly CalendarObject[],
  range: ClosedRange,
  floatingZone: TimeZone,
): BusyPeriod[] {
  const busy = busyTime(range, floatingZone);
  for (const object of objects) busy.add(object);
  return busy.periods();
}

export function fixture(name: string): Buffer {
  return readFileSync(path.resolve(import.meta.dirname, '../fixtures/calendars', name));
}
