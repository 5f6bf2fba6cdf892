/** The calendar-data a report asks for: chosen components and properties, expand, limit-recurrence-set, limit-freebusy-set (RFC 4791 §9.6). */

import { readContentLines } from '../contentline/read.ts';
import { type CalendarObject, readCalendarObject } from './calendar-object.ts';
import { newLine, type OutComponent, type OutLine, outComponent, writeComponent } from './component-octets.ts';
import { expandObject } from './expand-object.ts';
import { limitFreeBusySet, limitRecurrenceSet, standardZones } from './limit-object.ts';
import { withTimezones } from './missing-zones.ts';
import type { TimeZone } from './timezone.ts';

/** Half-open [start, end): both ends are required by RFC 4791 §9.6.5 to §9.6.7. Milliseconds since 1970 UTC. */
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
  /** False leaves VTIMEZONEs of IANA zones out, true adds those that are missing (RFC 7809 §7.1); else they are as stored. */
  readonly timezones?: boolean;
}

/**
 * Octets of the object as asked for; lines that need no change are byte-exact. With nothing asked it returns the stored octets.
 * Throws AppError `max-instances` when expand would give more than `maxInstances` (default 10,000) components.
 */
export function projectCalendarData(
  object: CalendarObject,
  request: CalendarDataRequest,
  floatingZone: TimeZone,
  maxInstances = 10_000,
): Buffer {
  const { selection, expand, timezones } = request;
  if (timezones && !expand) {
    const { timezones: _, ...rest } = request;
    return projectCalendarData(readCalendarObject(withTimezones(object.octets)), rest, floatingZone, maxInstances);
  }
  if (!selection && !expand && !request.limitRecurrenceSet && !request.limitFreeBusySet && timezones !== false)
    return object.octets;
  const whole = expand
    ? expandObject(object, expand, floatingZone, maxInstances)
    : limited(object, request, floatingZone);
  return writeComponent(selection ? select(whole, selection) : whole);
}

function limited(object: CalendarObject, request: CalendarDataRequest, floating: TimeZone): OutComponent {
  const { limitRecurrenceSet: recurrence, limitFreeBusySet: freeBusy, timezones = true } = request;
  const kept = recurrence ? limitRecurrenceSet(object, recurrence, floating) : object.calendar.children;
  const without = timezones ? new Set() : standardZones(object);
  const context = { embedded: object.timezones, floating };
  const children = kept
    .filter((child) => !without.has(child))
    .map((child) =>
      freeBusy && child.name === 'VFREEBUSY'
        ? limitFreeBusySet(object, child, freeBusy, context)
        : outComponent(object.octets, child),
    );
  return { ...outComponent(object.octets, { ...object.calendar, children: [] }), children };
}

/** RFC 4791 §9.6.1 to §9.6.4: of each component the chosen properties and the chosen components below. */
function select(component: OutComponent, selection: ComponentSelection): OutComponent {
  const { properties, components } = selection;
  const lines =
    properties === 'all' ? component.lines : component.lines.flatMap((line) => selectLine(line, properties));
  const children: OutComponent[] = [];
  for (const child of component.children) {
    if (components === 'all') children.push(child);
    else {
      const chosen = components.find((candidate) => candidate.name === child.name);
      if (chosen) children.push(select(child, chosen));
    }
  }
  return { name: component.name, lines, children };
}

function selectLine(line: OutLine, wanted: readonly { readonly name: string; readonly noValue: boolean }[]): OutLine[] {
  const chosen = wanted.find((candidate) => candidate.name === line.name);
  if (!chosen) return [];
  return [chosen.noValue ? withoutValue(line) : line];
}

function withoutValue(line: OutLine): OutLine {
  const params = readContentLines(line.octets)[0]?.params ?? [];
  return newLine(line.name, '', params);
}
