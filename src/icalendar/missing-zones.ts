/** The VTIMEZONEs of IANA zones that calendar data names without bringing them, as RFC 7809 §3.1.4 lets clients do. */
import { readContentLines } from '../contentline/read.ts';
import { escapeText, unescapeText } from '../contentline/value.ts';
import { rewrittenLines } from './component-octets.ts';
import { scanComponents } from './scan-stream.ts';
import { ianaNameOf } from './timezone.ts';
import { writeTimeZone } from './timezone-text.ts';

/** The TZID that the octets of a VTIMEZONE define. */
export function definedTzid(zone: Buffer): string {
  const line = readContentLines(zone).find(({ name }) => name === 'TZID');
  return line ? unescapeText(line.value).trim() : '';
}

/** A VTIMEZONE under another TZID. */
export const zoneNamed = (zone: Buffer, tzid: string): Buffer =>
  rewrittenLines(zone, (line) => (line.name === 'TZID' ? { ...line, value: escapeText(tzid) } : line));

const TZID = /;TZID=(?:"([^"\r\n]*)"|([^;:,\r\n]*))/gi;

/** The TZIDs that octets name, each once. Text that only looks like a parameter comes along: a zone too many harms nobody. */
export function namedTzids(pieces: readonly Buffer[]): string[] {
  const named = pieces.flatMap((octets) => {
    const unfolded = octets.toString('latin1').replace(/\r?\n[ \t]/g, '');
    return [...unfolded.matchAll(TZID)].map(([, quoted, plain = '']) => textOf(quoted ?? plain).trim());
  });
  return [...new Set(named)];
}

const textOf = (latin1: string): string => Buffer.from(latin1, 'latin1').toString('utf8');

/** The VTIMEZONE of an IANA zone under the TZID that stands for it; undefined for a TZID that is known to nobody. */
export function standardZone(tzid: string): Buffer | undefined {
  const iana = ianaNameOf(tzid);
  const text = iana && writeTimeZone(iana);
  return text ? zoneNamed(Buffer.from(text), tzid) : undefined;
}

/** A calendar object with the definition of each IANA zone that it names; the same octets where none is missing. */
export function withTimezones(octets: Buffer): Buffer {
  const components = scanComponents(octets);
  const octetsOf = ({ start, end }: (typeof components)[number]) => octets.subarray(start, end);
  const isZone = ({ name }: (typeof components)[number]) => name === 'VTIMEZONE';
  const brought = new Set(components.filter(isZone).map((zone) => definedTzid(octetsOf(zone))));
  const named = namedTzids(components.filter((each) => !isZone(each)).map(octetsOf));
  const zones = named.filter((tzid) => !brought.has(tzid)).flatMap((tzid) => standardZone(tzid) ?? []);
  const begin = components[0]?.start;
  if (zones.length === 0 || begin === undefined) return octets;
  return Buffer.concat([octets.subarray(0, begin), ...zones, octets.subarray(begin)]);
}
