/** Calendar objects as one VCALENDAR, an object at a time, so that a calendar need not fit into memory (RFC 5545 §3.4). */
import { escapeText } from '../contentline/value.ts';
import { writeContentLine } from '../contentline/write.ts';
import { rewrittenLines, withLineEnd } from './component-octets.ts';
import { definedTzid, namedTzids, standardZone, zoneNamed } from './missing-zones.ts';
import { scanComponents } from './scan-stream.ts';
import { ianaNameOf } from './timezone.ts';

/** What a joined calendar says of itself. */
export interface CalendarHeader {
  readonly prodid: string;
  readonly name?: string;
  readonly description?: string;
  readonly color?: string;
}

export interface CalendarWriter {
  readonly head: Buffer;
  /** The components of an object, octet for octet but for a TZID that means another zone before, and the VTIMEZONEs nobody before had. */
  object(octets: Buffer): Buffer;
  readonly tail: Buffer;
}

const BEGIN = Buffer.from('BEGIN:VCALENDAR\r\n');
const END = Buffer.from('END:VCALENDAR\r\n');
const NOTHING = Buffer.alloc(0);

/** Begins a calendar: write `head`, then each object, then `tail`. */
export function calendarWriter(header: CalendarHeader): CalendarWriter {
  const zones = zoneRegister();
  return { head: headOf(header), object: (octets) => zones.joined(octets), tail: END };
}

/** RFC 7986 names beside the older X- names that Apple's and Google's programs read. */
function headOf({ prodid, name, description, color }: CalendarHeader): Buffer {
  const lines: [string, string | undefined][] = [
    ['VERSION', '2.0'],
    ['PRODID', escapeText(prodid)],
    ['NAME', name && escapeText(name)],
    ['X-WR-CALNAME', name && escapeText(name)],
    ['DESCRIPTION', description && escapeText(description)],
    ['X-WR-CALDESC', description && escapeText(description)],
    ['X-APPLE-CALENDAR-COLOR', color],
  ];
  const written = lines.filter((line): line is [string, string] => Boolean(line[1]));
  return Buffer.concat([BEGIN, ...written.map(([key, value]) => lineOf(key, value))]);
}

const lineOf = (name: string, value: string): Buffer => writeContentLine({ group: '', name, params: [], value });

/** TZIDs of one object that are written otherwise, since the calendar means another zone by them. */
type Renamed = Map<string, string>;

/**
 * Which TZID of the calendar means what. A TZID with an IANA name means that zone whatever its VTIMEZONE says; the others
 * (`Customized Time Zone`) mean their definition, and a second definition gets a name of its own.
 */
function zoneRegister() {
  /** The name of each zone by the TZID and the definition that its objects have. */
  const names = new Map<string, string>();
  const taken = new Set<string>();
  const counts = new Map<string, number>();

  function freeName(tzid: string): string {
    let name = tzid;
    for (let count = counts.get(tzid) ?? 2; taken.has(name); count++) {
      name = `${tzid} (${count})`;
      counts.set(tzid, count + 1);
    }
    taken.add(name);
    return name;
  }

  /** Octets of a VTIMEZONE that is not there yet; notes in `renamed` under which name it is. */
  function defined(zone: Buffer, tzid: string, renamed: Renamed): Buffer {
    const definition = ianaNameOf(tzid) === undefined ? zone.toString('latin1').trimEnd() : '';
    const key = `${tzid}\n${definition}`;
    const known = names.get(key);
    const name = known ?? freeName(tzid);
    names.set(key, name);
    if (name !== tzid) renamed.set(tzid, name);
    if (known !== undefined) return NOTHING;
    return name === tzid ? zone : zoneNamed(zone, name);
  }

  /** The definitions of IANA zones that no object brought. */
  function missing(items: readonly Buffer[]): Buffer[] {
    return namedTzids(items).flatMap((tzid) => {
      const zone = taken.has(tzid) ? undefined : standardZone(tzid);
      if (!zone) return [];
      taken.add(tzid);
      names.set(`${tzid}\n`, tzid);
      return zone;
    });
  }

  return {
    joined(octets: Buffer): Buffer {
      const components = scanComponents(octets);
      const octetsOf = (isZone: boolean) =>
        components
          .filter(({ name }) => (name === 'VTIMEZONE') === isZone)
          .map(({ start, end }) => withLineEnd(octets.subarray(start, end)));
      const renamed: Renamed = new Map();
      // of two definitions under one name in one object the first counts, as everywhere
      const own = new Map(
        octetsOf(true)
          .map((zone) => [definedTzid(zone), zone] as const)
          .reverse(),
      );
      const zones = [...own].reverse().map(([tzid, zone]) => defined(zone, tzid, renamed));
      const items = octetsOf(false);
      const written = renamed.size === 0 ? items : items.map((item) => withNames(item, renamed));
      return Buffer.concat([...zones, ...missing(items), ...written]);
    },
  };
}

function withNames(octets: Buffer, renamed: Renamed): Buffer {
  const nameOf = (value: string): string => renamed.get(value.trim()) ?? value;
  return rewrittenLines(octets, (line) => {
    const isNamed = line.params.some(
      ({ name, values }) => name === 'TZID' && values.some((value) => nameOf(value) !== value),
    );
    if (!isNamed) return line;
    const params = line.params.map((param) =>
      param.name === 'TZID' ? { name: param.name, values: param.values.map(nameOf) } : param,
    );
    return { ...line, params };
  });
}
