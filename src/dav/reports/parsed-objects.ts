/** Calendar objects that a report has read: filter and calendar-data of one request look at the same tree. */
import { type CalendarObject, readCalendarObject } from '../../icalendar/calendar-object.ts';

const trees = new WeakMap<Buffer, CalendarObject>();

/** The calendar object in these octets, read once for as long as this very buffer lives. */
export function calendarObjectIn(octets: Buffer): CalendarObject {
  const known = trees.get(octets);
  if (known) return known;
  const read = readCalendarObject(octets);
  trees.set(octets, read);
  return read;
}
