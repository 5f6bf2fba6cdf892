/** Time zones of calendar data: IANA names, Windows names, vendor prefixes, embedded VTIMEZONEs; never the machine's own zone. */
import { readContentLines } from '../contentline/read.ts';
import { unescapeText } from '../contentline/value.ts';
import { type Component, property, readComponents } from './component.ts';
import { DAY, type DateTime, type Period } from './date-time.ts';
import { ianaZone } from './iana-zones.ts';
import { instantOf, offsetIn } from './transitions.ts';
import { readTransitions } from './vtimezone.ts';
import { WINDOWS_ZONES } from './windows-zones.ts';

/** A zone maps instants (ms since 1970 UTC) to wall time (ms since 1970 as a clock in the zone shows it) and back. */
export interface TimeZone {
  /** IANA name, or the TZID of an embedded VTIMEZONE. */
  readonly id: string;
  /** Milliseconds to add to UTC at this instant. */
  offsetAt(instant: number): number;
  /** The instant of a wall time: the first of two, and the offset before a gap (RFC 5545 §3.3.5). */
  toInstant(wall: number): number;
}

export const UTC: TimeZone = { id: 'UTC', offsetAt: () => 0, toInstant: (wall) => wall };

const MAX_CUSTOM_ZONES = 500;

const customZones = new Map<string, TimeZone | undefined>();
const windowsNames = new Map(Object.entries(WINDOWS_ZONES).map(([name, iana]) => [name.toLowerCase(), iana]));

const NONE: readonly Component[] = [];

/** What the TZIDs of an object mean, as long as the object lives: every date of a list asks again. */
const resolved = new WeakMap<readonly Component[], Map<string, TimeZone | undefined>>();

/** The zone a TZID means: IANA, Windows, prefixed IANA name, then the VTIMEZONE of that name; undefined when unknown. */
export function resolveTimeZone(tzid: string, embedded: readonly Component[] = NONE): TimeZone | undefined {
  if (embedded.length === 0) return findZone(tzid, embedded);
  const known = resolved.get(embedded) ?? new Map<string, TimeZone | undefined>();
  if (known.has(tzid)) return known.get(tzid);
  const zone = findZone(tzid, embedded);
  resolved.set(embedded, known.set(tzid, zone));
  return zone;
}

function findZone(tzid: string, embedded: readonly Component[]): TimeZone | undefined {
  const name = ianaNameOf(tzid);
  if (name) return ianaZone(name);
  const component = embedded.find((zone) => tzidOf(zone) === tzid.trim());
  return component && embeddedZone(component);
}

/** The zone of a date with this TZID; undefined when it floats. */
export function zoneOfTzid(tzid: string, embedded: readonly Component[]): TimeZone | undefined {
  return resolveTimeZone(tzid, embedded) ?? offsetZone(tzid.trim());
}

const OFFSET = /^(?:UTC|GMT) ?([+-])(\d{1,2})(?::?([0-5]\d))?$/i;

/** A name that says its offset, such as `GMT-0400` or `UTC+5:30`, and has no definition: some programs write such. */
function offsetZone(name: string): TimeZone | undefined {
  const [, sign, hours, minutes = '0'] = OFFSET.exec(name) ?? [];
  if (sign === undefined || Number(hours) > 14) return undefined;
  const offset = Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { id: name, offsetAt: () => offset, toInstant: (wall) => wall - offset };
}

/** The TZID a VTIMEZONE defines: a text value, where parameters carry it without escapes. */
export function tzidOf(zone: Component): string | undefined {
  const line = property(zone, 'TZID');
  return line && unescapeText(line.value).trim();
}

/** The IANA name a TZID stands for, when it is one, a Windows name, or one behind a vendor's prefix. */
export function ianaNameOf(tzid: string): string | undefined {
  const name = tzid.trim();
  if (ianaZone(name)) return ianaZone(name)!.id;
  const windows = windowsNames.get(name.toLowerCase());
  if (windows) return windows;
  const parts = name.split('/');
  for (let from = Math.max(1, parts.length - 3); from < parts.length; from++) {
    const suffix = parts.slice(from).join('/');
    if (ianaZone(suffix)) return ianaZone(suffix)!.id;
  }
  return undefined;
}

/** Reading a VTIMEZONE costs a millisecond: clients repeat the same one in every object, so texts seen lately are kept. */
function embeddedZone(component: Component): TimeZone | undefined {
  const key = component.children
    .map((child) => child.lines.map((line) => `${line.name}:${line.value}`).join('\n'))
    .concat(property(component, 'TZID')?.value ?? '')
    .join('\n\n');
  if (customZones.has(key)) return customZones.get(key);
  const table = readTransitions(component);
  const offsetAt = (instant: number): number => offsetIn(table!, instant);
  const id = tzidOf(component) ?? '';
  const zone = table && { id, offsetAt, toInstant: (wall: number) => instantOf(offsetAt, wall) };
  if (customZones.size >= MAX_CUSTOM_ZONES) customZones.clear();
  if (key.length < 100_000) customZones.set(key, zone);
  return zone;
}

/** The zone of a `calendar-timezone` value: text of a VCALENDAR with one VTIMEZONE (RFC 4791 §5.2.2); undefined when unreadable. */
export function timeZoneOfText(text: string): TimeZone | undefined {
  const { roots } = readComponents(readContentLines(Buffer.from(text)));
  const zones = roots.flatMap((root) => root.children).filter((child) => child.name === 'VTIMEZONE');
  const tzid = zones[0] && tzidOf(zones[0]);
  return tzid === undefined ? undefined : resolveTimeZone(tzid, zones);
}

/** Everything a date or date-time needs to become an instant. */
export interface ZoneContext {
  /** VTIMEZONEs of the object. */
  readonly embedded: readonly Component[];
  /** For floating times, dates and TZIDs nobody knows. */
  readonly floating: TimeZone;
}

/** The zone a date-time counts in: UTC, its TZID's, or the floating one. */
export function zoneOf(value: DateTime, context: ZoneContext): TimeZone {
  if (value.isUtc && !value.isDate) return UTC;
  return (value.tzid !== undefined && zoneOfTzid(value.tzid, context.embedded)) || context.floating;
}

/** The instant of a date or date-time; a date begins at its midnight in the floating zone. */
export function instantOfDateTime(value: DateTime, context: ZoneContext): number {
  return zoneOf(value, context).toInstant(value.wall);
}

/** Start and end instants of a period; days of a duration count on the clock of its start. */
export function periodBounds({ start, end }: Period, context: ZoneContext): { start: number; end: number } {
  const zone = zoneOf(start, context);
  const until =
    'wall' in end ? instantOfDateTime(end, context) : zone.toInstant(start.wall + end.days * DAY) + end.exact;
  return { start: zone.toInstant(start.wall), end: until };
}
