/** Busy time of calendar objects and the VFREEBUSY that tells it (RFC 4791 §7.10, RFC 5545 §3.6.4, RFC 7953). */
import { AppError } from '../base/errors.ts';
import { parameter } from '../contentline/content-line.ts';
import { escapeText } from '../contentline/value.ts';
import { type UnavailablePeriod, type UnavailableType, unavailablePeriods } from './availability.ts';
import { type CalendarObject, itemsOf } from './calendar-object.ts';
import { type Component, properties, property } from './component.ts';
import { newLine, writeComponent } from './component-octets.ts';
import { formatDateTime, periodsOf } from './date-time.ts';
import { readInstances } from './instances.ts';
import { instancesTouching } from './instances-in-range.ts';
import { clip, difference, type TimePeriod, union } from './periods.ts';
import type { ClosedRange } from './project.ts';
import { periodBounds, type TimeZone } from './timezone.ts';

export type BusyType = UnavailableType;

/** Half-open, ms since 1970 UTC. */
export interface BusyPeriod extends TimePeriod {
  readonly type: BusyType;
}

/** Where two types claim the same time the first of this list has it. */
const RANKED_TYPES: readonly BusyType[] = ['BUSY', 'BUSY-UNAVAILABLE', 'BUSY-TENTATIVE'];

/** Periods gathered before they are merged, so that ten thousand daily events need no more memory than one. */
const MOST_UNMERGED = 20_000;

/** Busy time that grows object by object. */
export interface BusyTime {
  add(object: CalendarObject): void;
  /** All of it, by start; no two periods overlap. */
  periods(): BusyPeriod[];
}

/**
 * Merged busy periods of the objects added, cut to the range. Events count unless transparent or cancelled
 * (tentative ones as BUSY-TENTATIVE), VFREEBUSY by its periods, VAVAILABILITY by what it leaves out. An event whose rule is
 * too hostile to be followed makes the whole range busy.
 */
export function busyTime(range: ClosedRange, floatingZone: TimeZone): BusyTime {
  let found: BusyPeriod[] = [];
  let merged = 0;
  const availability: CalendarObject[] = [];
  const add = (object: CalendarObject): void => {
    if (object.kind === 'VAVAILABILITY') availability.push(object);
    else if (object.kind === 'VEVENT')
      for (const period of eventPeriods(object, range, floatingZone)) found.push(period);
    else if (object.kind === 'VFREEBUSY')
      for (const period of freeBusyPeriods(object, floatingZone)) found.push(period);
    if (found.length - merged < MOST_UNMERGED) return;
    found = mergeBusyPeriods(found, range);
    merged = found.length;
  };
  const periods = () => mergeBusyPeriods([...found, ...unavailablePeriods(availability, range, floatingZone)], range);
  return { add, periods };
}

/** The periods cut to the range, merged within each type, and each time given to one type only. */
export function mergeBusyPeriods(periods: readonly BusyPeriod[], range: ClosedRange): BusyPeriod[] {
  let merged: BusyPeriod[] = [];
  for (const type of RANKED_TYPES) {
    const own = clip(
      periods.filter((period) => period.type === type),
      range,
    );
    merged = merged.concat(difference(own, merged).map((period) => ({ ...period, type })));
  }
  return merged.sort((a, b) => a.start - b.start);
}

function eventPeriods(object: CalendarObject, range: ClosedRange, floating: TimeZone): BusyPeriod[] {
  const types = new Map(itemsOf(object).map((item) => [item, eventType(item)]));
  if (![...types.values()].some(Boolean)) return [];
  const periods: BusyPeriod[] = [];
  try {
    for (const { component, start, end } of instancesTouching(readInstances(object, floating), range)) {
      const type = types.get(component);
      if (type) periods.push({ start, end, type });
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'max-instances') throw error;
    periods.push({ ...range, type: 'BUSY' });
  }
  return periods;
}

/** RFC 4791 §7.10: undefined for an event that takes no time. */
function eventType(event: Component): BusyType | undefined {
  const status = property(event, 'STATUS')?.value.trim().toUpperCase();
  const transparent = property(event, 'TRANSP')?.value.trim().toUpperCase() === 'TRANSPARENT';
  if (transparent || status === 'CANCELLED') return undefined;
  return status === 'TENTATIVE' ? 'BUSY-TENTATIVE' : 'BUSY';
}

/** FREEBUSY periods by FBTYPE; an unknown type is busy (RFC 5545 §3.2.9). */
function freeBusyPeriods(object: CalendarObject, floating: TimeZone): UnavailablePeriod[] {
  const context = { embedded: object.timezones, floating };
  const periods: UnavailablePeriod[] = [];
  for (const item of itemsOf(object))
    for (const line of properties(item, 'FREEBUSY')) {
      const written = parameter(line, 'FBTYPE')?.toUpperCase();
      if (written === 'FREE') continue;
      const type = RANKED_TYPES.find((known) => known === written) ?? 'BUSY';
      for (const period of periodsOf(line))
        if ('start' in period) periods.push({ ...periodBounds(period, context), type });
    }
  return periods;
}

export interface FreeBusyReply {
  readonly range: ClosedRange;
  readonly periods: readonly BusyPeriod[];
  readonly uid: string;
  /** DTSTAMP, ms since 1970 UTC. */
  readonly now: number;
  /** `mailto:` addresses, for answers to a scheduling request. */
  readonly organizer?: string;
  readonly attendee?: string;
  /** `REPLY` for scheduling; absent for the free-busy report. */
  readonly method?: string;
}

/** The VCALENDAR with one VFREEBUSY. */
export function writeFreeBusy(reply: FreeBusyReply): Buffer {
  const { range, periods, organizer, attendee, method } = reply;
  const utc = (instant: number): string => formatDateTime(instant, 'utc');
  const busy = RANKED_TYPES.flatMap((type) => {
    const own = union(periods.filter((period) => period.type === type));
    const value = own.map(({ start, end }) => `${utc(start)}/${utc(end)}`).join(',');
    return own.length > 0 ? [newLine('FREEBUSY', value, [{ name: 'FBTYPE', values: [type] }])] : [];
  });
  const lines = [
    newLine('UID', escapeText(reply.uid)),
    newLine('DTSTAMP', utc(reply.now)),
    newLine('DTSTART', utc(range.start)),
    newLine('DTEND', utc(range.end)),
    ...(organizer ? [newLine('ORGANIZER', organizer)] : []),
    ...(attendee ? [newLine('ATTENDEE', attendee)] : []),
    ...busy,
  ];
  const header = [newLine('VERSION', '2.0'), newLine('PRODID', '-//Doublon//Doublon//EN')];
  return writeComponent({
    name: 'VCALENDAR',
    lines: method ? [...header, newLine('METHOD', method)] : header,
    children: [{ name: 'VFREEBUSY', lines, children: [] }],
  });
}
