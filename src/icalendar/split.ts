/** A stream of iCalendar text cut into one calendar object per UID (import); `join.ts` is the reverse. */
import { AppError } from '../base/errors.ts';
import { type ContentLine, parameterValues } from '../contentline/content-line.ts';
import { readContentLines } from '../contentline/read.ts';
import { escapeText, unescapeText } from '../contentline/value.ts';
import { writeContentLine } from '../contentline/write.ts';
import { withLineEnd } from './component-octets.ts';
import { type ScannedCalendar, type ScannedComponent, scanComponents } from './scan-stream.ts';

export interface SplitOptions {
  /** Makes the UID of a component that has none from its octets. */
  readonly newUid: (component: Buffer) => string;
}

/** One calendar object of the file. */
export interface SplitPart {
  readonly uid: string;
  /** `VEVENT`, `VTODO` and so on, upper case. */
  readonly kind: string;
  /** A whole VCALENDAR: the header lines of the file, the VTIMEZONEs it names, its components octet for octet. */
  readonly octets: Buffer;
  /** 1-based physical line of its first component in the file. */
  readonly number: number;
}

interface Group {
  readonly uid: string;
  readonly kind: string;
  readonly calendar: ScannedCalendar;
  readonly number: number;
  readonly pieces: Buffer[];
  readonly tzids: Set<string>;
  /** The same pieces as text, to know them again. */
  readonly seen: Set<string>;
}

const BEGIN = Buffer.from('BEGIN:VCALENDAR\r\n');
const END = Buffer.from('END:VCALENDAR\r\n');
const NOTHING = Buffer.alloc(0);
const DEFAULT_PRODID = Buffer.from('PRODID:-//Doublon//Import//EN\r\n');
const DEFAULT_VERSION = Buffer.from('VERSION:2.0\r\n');

/**
 * Splits a file with any number of VCALENDARs and components into one object per UID and kind, in order of first appearance:
 * master and overrides together. METHOD is left out, every other header line is kept; a component without UID gets one
 * and stands alone. Parts may still be refused by `validateCalendarObject` (truncated, unknown kind, unreadable dates).
 * Throws AppError `valid-calendar-data` when the stream holds no VCALENDAR with a component.
 */
export function* splitCalendar(octets: Uint8Array, options: SplitOptions): Generator<SplitPart> {
  const source = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const components = scanComponents(source);
  const items = components.filter((component) => component.name !== 'VTIMEZONE');
  if (items.length === 0)
    throw new AppError('invalid', 'valid-calendar-data', 'The file holds no calendar component (VEVENT, VTODO, …).');
  const zones = zonesByTzid(source, components);
  for (const group of groupByUid(source, items, options)) {
    const named = [...group.tzids].map((tzid) => {
      const known = zones.get(tzid);
      return known?.get(group.calendar) ?? known?.values().next().value ?? NOTHING;
    });
    const body = [...named, ...group.pieces];
    const { uid, kind, number } = group;
    yield { uid, kind, number, octets: Buffer.concat([BEGIN, ...header(source, group.calendar), ...body, END]) };
  }
}

type Zones = ReadonlyMap<string, ReadonlyMap<ScannedCalendar, Buffer>>;

/** The first zone of each name in each calendar, in order of appearance: joined files hold one zone in every calendar. */
function zonesByTzid(source: Buffer, components: readonly ScannedComponent[]): Zones {
  const zones = new Map<string, Map<ScannedCalendar, Buffer>>();
  for (const { name, calendar, start, end } of components) {
    if (name !== 'VTIMEZONE') continue;
    const octets = withLineEnd(source.subarray(start, end));
    const line = readContentLines(octets).find((each) => each.name === 'TZID');
    if (!line) continue;
    const tzid = unescapeText(line.value).trim();
    const known = zones.get(tzid) ?? new Map<ScannedCalendar, Buffer>();
    if (!known.has(calendar)) known.set(calendar, octets);
    zones.set(tzid, known);
  }
  return zones;
}

function groupByUid(source: Buffer, items: readonly ScannedComponent[], { newUid }: SplitOptions): Iterable<Group> {
  const groups = new Map<string, Group>();
  for (const item of items) {
    const octets = withLineEnd(source.subarray(item.start, item.end));
    const lines = readContentLines(octets);
    const written = ownUid(lines);
    const uid = written ?? newUid(octets);
    const key = `${item.name}\n${uid}`;
    let group = groups.get(key);
    if (!group) {
      group = {
        uid,
        kind: item.name,
        calendar: item.calendar,
        number: item.number,
        pieces: [],
        tzids: new Set(),
        seen: new Set(),
      };
      groups.set(key, group);
    }
    const piece = written === undefined ? insertUid(octets, lines, uid) : octets;
    // A file joined from two exports holds the same component twice.
    const text = piece.toString('latin1');
    if (!group.seen.has(text)) group.pieces.push(piece);
    group.seen.add(text);
    for (const line of lines) for (const tzid of parameterValues(line, 'TZID')) group.tzids.add(tzid.trim());
  }
  return groups.values();
}

/** The UID of the outermost component, not of its alarms or participants. */
function ownUid(lines: readonly ContentLine[]): string | undefined {
  let depth = 0;
  for (const line of lines) {
    if (line.name === 'BEGIN') depth++;
    else if (line.name === 'END') depth--;
    else if (line.name === 'UID' && depth === 1) return unescapeText(line.value).trim() || undefined;
  }
  return undefined;
}

/** The component with a UID line behind its BEGIN; an empty UID line gives way. */
function insertUid(octets: Buffer, lines: readonly ContentLine[], uid: string): Buffer {
  const line = writeContentLine({ group: '', name: 'UID', params: [], value: escapeText(uid) });
  const begin = lines[0]!.end;
  const empty = lines.find((candidate) => candidate.name === 'UID' && candidate.value.trim() === '');
  const rest = empty ? [octets.subarray(begin, empty.start), octets.subarray(empty.end)] : [octets.subarray(begin)];
  return Buffer.concat([octets.subarray(0, begin), line, ...rest]);
}

function header(source: Buffer, calendar: ScannedCalendar): Buffer[] {
  const kept: Buffer[] = [];
  const names = new Set<string>();
  for (const { start, end } of calendar.header) {
    const octets = source.subarray(start, end);
    const name = readContentLines(octets)[0]?.name;
    if (name === undefined || name === '' || name === 'METHOD') continue;
    names.add(name);
    kept.push(withLineEnd(octets));
  }
  if (!names.has('PRODID')) kept.unshift(DEFAULT_PRODID);
  if (!names.has('VERSION')) kept.unshift(DEFAULT_VERSION);
  return kept;
}
