/** IANA zones as tables of offset changes taken from Node's Temporal, whose tzdata comes with the runtime. */
import type { TimeZone } from './timezone.ts';
import { instantOf, offsetIn, type TransitionTable } from './transitions.ts';

/** Changes between these instants come from a table; beyond them Temporal is asked each time. */
const TABLE_FROM = Date.UTC(1900, 0, 1);
const TABLE_TO = Date.UTC(2100, 11, 31);

const ianaZones = new Map<string, IanaZone | undefined>();

interface IanaZone extends TimeZone {
  /** All changes from 1900 to 2100. */
  readonly table: () => TransitionTable;
}

/** The IANA zone of that name (letter case does not matter, links are followed as zones of their own), or undefined. */
export function ianaZone(name: string): IanaZone | undefined {
  if (name.length > 64 || !/^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/.test(name)) return undefined;
  const key = name.toLowerCase();
  if (ianaZones.has(key)) return ianaZones.get(key);
  const zone = makeIanaZone(name);
  if (zone || ianaZones.size < 5000) ianaZones.set(key, zone);
  return zone;
}

function makeIanaZone(name: string): IanaZone | undefined {
  let probe: Temporal.ZonedDateTime;
  try {
    probe = Temporal.Instant.fromEpochMilliseconds(TABLE_FROM).toZonedDateTimeISO(name);
  } catch {
    return undefined;
  }
  let read: TransitionTable | undefined;
  const table = (): TransitionTable => {
    read ??= readIanaTable(probe);
    return read;
  };
  const offsetAt = (instant: number): number => {
    if (instant < TABLE_FROM || instant > TABLE_TO) return temporalOffset(name, instant);
    return offsetIn(table(), instant);
  };
  return { id: probe.timeZoneId, offsetAt, toInstant: (wall) => instantOf(offsetAt, wall), table };
}

function temporalOffset(name: string, instant: number): number {
  return Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(name).offsetNanoseconds / 1e6;
}

function readIanaTable(first: Temporal.ZonedDateTime): TransitionTable {
  const instants: number[] = [];
  const offsets: number[] = [];
  let at = first.getTimeZoneTransition('next');
  while (at && at.epochMilliseconds <= TABLE_TO) {
    instants.push(at.epochMilliseconds);
    offsets.push(at.offsetNanoseconds / 1e6);
    at = at.getTimeZoneTransition('next');
  }
  return { before: first.offsetNanoseconds / 1e6, instants, offsets };
}
