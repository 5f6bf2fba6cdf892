/** A calendar object: one VCALENDAR read into master, overrides and time zones over its original octets (RFC 4791 §4.1). */
import { readContentLines } from '../contentline/read.ts';
import { unescapeText } from '../contentline/value.ts';
import { type Component, property, readComponents, type StructureFault } from './component.ts';

export interface CalendarObject {
  /** The octets the components point into: never rewritten. */
  readonly octets: Buffer;
  /** The first VCALENDAR; an empty one when the text holds none (then `faults` says so). */
  readonly calendar: Component;
  /** Everything at the top level of the text: more than the VCALENDAR is a fault of a stored object. */
  readonly roots: readonly Component[];
  /** `VEVENT`, `VTODO`, `VJOURNAL`, `VFREEBUSY`, `VAVAILABILITY`, an unknown name, or '' when there is none. */
  readonly kind: string;
  /** The UID of its components as written (escapes undone), or undefined. */
  readonly uid: string | undefined;
  /** The (first) component without RECURRENCE-ID; undefined when only overrides are here. */
  readonly master: Component | undefined;
  /** Further components without RECURRENCE-ID, which some programs write: series of their own. */
  readonly others: readonly Component[];
  /** Components with a RECURRENCE-ID, in order. */
  readonly overrides: readonly Component[];
  /** The VTIMEZONEs it carries. */
  readonly timezones: readonly Component[];
  /** What is broken in the structure (`validateCalendarObject` refuses these). */
  readonly faults: readonly StructureFault[];
}

const NOTHING: Component = { name: '', lines: [], children: [], start: 0, end: 0, number: 1 };

/** Reads one calendar object. Never throws: whether the text may be stored is `validateCalendarObject`'s question. */
export function readCalendarObject(octets: Uint8Array): CalendarObject {
  const source = Buffer.isBuffer(octets) ? octets : Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const tree = readComponents(readContentLines(source));
  const calendar = tree.roots.find((root) => root.name === 'VCALENDAR');
  const faults = [...tree.faults];
  if (!calendar) faults.unshift({ number: 1, message: 'no VCALENDAR' });
  return { ...calendarObjectOf(source, calendar ?? NOTHING, faults), roots: tree.roots };
}

/** Sorts the components of a VCALENDAR that is already a tree into a calendar object. */
export function calendarObjectOf(
  octets: Buffer,
  calendar: Component,
  faults: readonly StructureFault[] = [],
): CalendarObject {
  const items = calendar.children.filter((child) => child.name !== 'VTIMEZONE');
  const main = items.find((item) => !item.name.startsWith('X-')) ?? items[0];
  const kind = main?.name ?? '';
  const same = items.filter((item) => item.name === kind);
  const [master, ...others] = same.filter((item) => !property(item, 'RECURRENCE-ID'));
  return {
    octets,
    calendar,
    roots: [calendar],
    kind,
    uid: main && uidOf(main),
    master,
    others,
    overrides: same.filter((item) => property(item, 'RECURRENCE-ID')),
    timezones: calendar.children.filter((child) => child.name === 'VTIMEZONE'),
    faults,
  };
}

/** The UID of a component, outer white space cut, or undefined when it has none or an empty one (RFC 5545 §3.8.4.7). */
export function uidOf(component: Component): string | undefined {
  const line = property(component, 'UID');
  return line && (unescapeText(line.value).trim() || undefined);
}

/** All components that carry the object's data: masters first, then the overrides. */
export function itemsOf(object: CalendarObject): Component[] {
  return object.master ? [object.master, ...object.others, ...object.overrides] : [...object.overrides];
}
