/** The calendar-data element of a request and its time ranges as plain data (RFC 4791 §9.6, §9.9). */

import type { TimeRange } from '../../icalendar/filter.ts';
import type { CalendarDataRequest, ClosedRange, ComponentSelection } from '../../icalendar/project.ts';
import { attribute, child, childrenNamed, type Element } from '../../xml/element.ts';
import { caldav } from '../../xml/names.ts';
import { DavError } from '../error.ts';

const UTC_TIME = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/;

/** Milliseconds of a `20260101T000000Z`; undefined when absent. Throws 403 `valid-filter` for anything else. */
function instantOf(element: Element, name: string): number | undefined {
  const text = attribute(element, name)?.trim();
  if (text === undefined) return undefined;
  const match = UTC_TIME.exec(text);
  const [, year, month, day, hour, minute, second] = match ?? [];
  // set piece by piece: Date.UTC takes the years 0 to 99 for those of the last century
  const instant = match
    ? new Date(0).setUTCFullYear(+year!, +month! - 1, +day!) + clock(hour!, minute!, second!)
    : Number.NaN;
  if (Number.isNaN(instant) || +month! > 12 || +month! < 1 || +day! < 1 || +day! > 31 || +hour! > 24) {
    throw invalidRange(`"${text.slice(0, 40)}" is no time in UTC like 20260101T000000Z.`);
  }
  return instant;
}

const clock = (hour: string, minute: string, second: string): number =>
  ((+hour * 60 + +minute) * 60 + Math.min(+second, 59)) * 1000;

function invalidRange(message: string): DavError {
  return DavError.unmet(403, caldav('valid-filter'), message);
}

/** A time-range of a filter: at least one end (§9.9). */
export function timeRangeIn(element: Element): TimeRange {
  const start = instantOf(element, 'start');
  const end = instantOf(element, 'end');
  if (start === undefined && end === undefined) throw invalidRange('A time-range needs a start or an end.');
  if (start !== undefined && end !== undefined && end <= start)
    throw invalidRange('A time-range ends after its start.');
  return { start: start ?? null, end: end ?? null };
}

/** A range with both ends: expand, limit-recurrence-set, limit-freebusy-set, free-busy-query. */
function closedRangeIn(element: Element): ClosedRange {
  const { start, end } = timeRangeIn(element);
  if (start === null || end === null) throw invalidRange(`${element.local} needs a start and an end.`);
  return { start, end };
}

/** What a calendar-data element asks for; empty for the stored octets as they are. */
export function calendarDataIn(asked: Element): CalendarDataRequest {
  const comp = child(asked, caldav('comp'));
  const expand = child(asked, caldav('expand'));
  const recurrences = child(asked, caldav('limit-recurrence-set'));
  const freeBusy = child(asked, caldav('limit-freebusy-set'));
  return {
    ...(comp ? { selection: selectionIn(comp) } : {}),
    ...(expand ? { expand: closedRangeIn(expand) } : {}),
    ...(recurrences ? { limitRecurrenceSet: closedRangeIn(recurrences) } : {}),
    ...(freeBusy ? { limitFreeBusySet: closedRangeIn(freeBusy) } : {}),
  };
}

function selectionIn(comp: Element): ComponentSelection {
  const props = childrenNamed(comp, caldav('prop')).flatMap((prop) => {
    const name = attribute(prop, 'name')?.toUpperCase();
    return name ? { name, noValue: attribute(prop, 'novalue')?.toLowerCase() === 'yes' } : [];
  });
  return {
    name: (attribute(comp, 'name') ?? '').toUpperCase(),
    properties: child(comp, caldav('allprop')) ? 'all' : props,
    components: child(comp, caldav('allcomp')) ? 'all' : childrenNamed(comp, caldav('comp')).map(selectionIn),
  };
}
