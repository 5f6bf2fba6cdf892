/** Calendar objects that a report has read: filter and calendar-data of one request look at the same tree. */
import { type CalendarObject, readCalendarObject } from '../../icalendar/calendar-object.ts';

const trees = new WeakMap<Buffer, CalendarObject>();

/** The calendar object in these octets, for a filter: remembered for as long as this very buffer lives. */
export function filteredObjectIn(octets: Buffer): CalendarObject {
  const object = calendarObjectIn(octets);
  trees.set(octets, object);
  return object;
}

/**
 * The same, for an answer: nobody asks for it once more, so it is not remembered. What a weak map holds survives its first collection,
 * dead or not, and of thousands of trees that took longer than making them.
 */
export function calendarObjectIn(octets: Buffer): CalendarObject {
  return trees.get(octets) ?? readCalendarObject(octets);
}
