/** The VTIMEZONE of an IANA zone, for clients that want one in the data (RFC 5545 §3.6.5, RFC 7809 §3.1). */
import { DAY, formatDateTime, MINUTE } from './date-time.ts';
import { ianaZone } from './iana-zones.ts';
import { weekdayOf } from './recurrence/scale.ts';

/** A change of offset as the clock showed it just before. */
interface Change {
  /** Wall time by the offset before the change (ms). */
  readonly wall: number;
  readonly from: number;
  readonly to: number;
}

/** A weekday of a month at a time of day: what an RRULE can say. */
interface YearlyPattern {
  readonly month: number;
  readonly weekday: number;
  /** The first day of the month it may be, of seven; undefined: the last such weekday, whatever the length of the month. */
  readonly firstDay: number | undefined;
}

/** From here on the written zone is true: 1970 UTC. */
const EPOCH = 0;
const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
/** Zones whose changes follow no yearly rule (Ramadan) list them up to here. */
const LISTED_UNTIL = Date.UTC(2050, 0, 1);

/**
 * Lines of a VTIMEZONE (CRLF ends) for an IANA id, true from 1970 on.
 * Undefined for an unknown id. Changes that go on every year become an RRULE, the others RDATEs.
 */
export function writeTimeZone(id: string): string | undefined {
  const zone = ianaZone(id);
  if (!zone) return undefined;
  const { before, instants, offsets } = zone.table();
  const changes = instants.map((instant, index) => {
    const earlier = index === 0 ? before : offsets[index - 1]!;
    return { wall: instant + earlier, from: earlier, to: offsets[index]! };
  });
  const later = changes.filter((_, index) => instants[index]! > EPOCH);
  const initial = zone.offsetAt(EPOCH);
  const observances = [
    ...observance({ wall: EPOCH + initial, from: initial, to: initial }, []),
    ...groupsOf(later).flatMap(writeGroup),
  ];
  return ['BEGIN:VTIMEZONE', `TZID:${zone.id}`, ...observances, 'END:VTIMEZONE', ''].join('\r\n');
}

/** Changes between the same two offsets belong together. */
function groupsOf(changes: readonly Change[]): Change[][] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const key = `${change.from} ${change.to}`;
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()];
}

function writeGroup(changes: readonly Change[]): string[] {
  const pattern = endlessPattern(changes);
  const tail = pattern ? tailOf(changes, pattern) : changes.length;
  const listed = changes.slice(0, tail).filter((change) => change.wall < LISTED_UNTIL);
  const lines: string[] = [];
  // the first again among its RDATEs: ical.js, and so Thunderbird, passes over a DTSTART that has any
  if (listed.length > 0) lines.push(...observance(listed[0]!, listed.length > 1 ? rdates(listed) : []));
  if (pattern && tail < changes.length)
    lines.push(...observance(changes[tail]!, [`RRULE:FREQ=YEARLY;BYMONTH=${pattern.month};${dayParts(pattern)}`]));
  return lines;
}

/** `BYDAY=-1SU`, `BYDAY=2SU`, or a weekday among seven days that are no whole weeks from the first of the month. */
function dayParts({ firstDay, weekday }: YearlyPattern): string {
  if (firstDay === undefined) return `BYDAY=-1${WEEKDAYS[weekday]}`;
  if (firstDay % 7 === 1) return `BYDAY=${Math.ceil(firstDay / 7)}${WEEKDAYS[weekday]}`;
  const days = Array.from({ length: 7 }, (_, index) => firstDay + index);
  return `BYMONTHDAY=${days.join(',')};BYDAY=${WEEKDAYS[weekday]}`;
}

/** Index from which every change follows the pattern, year after year without a gap. */
function tailOf(changes: readonly Change[], pattern: YearlyPattern): number {
  const last = changes.at(-1)!;
  const years = changes.map(({ wall }) => new Date(wall).getUTCFullYear());
  let tail = changes.length - 1;
  while (tail > 0 && follows(changes[tail - 1]!, pattern, last) && years[tail]! - years[tail - 1]! === 1) tail--;
  return tail;
}

/** In so many years each weekday has been each of the seven days that it may be. */
const WHOLE_ROUND = 28;

/** The pattern of the last changes, when they go on to the end of what is known, once a year. */
function endlessPattern(changes: readonly Change[]): YearlyPattern | undefined {
  const last = changes.at(-1)!;
  const recent = changes.slice(-WHOLE_ROUND);
  const date = new Date(last.wall);
  if (recent.length < WHOLE_ROUND || date.getUTCFullYear() < 2098) return undefined;
  const firstDay = Math.min(...recent.map(({ wall }) => new Date(wall).getUTCDate()));
  const base = { month: date.getUTCMonth() + 1, weekday: weekdayOf(Math.floor(last.wall / DAY)) };
  const patterns: YearlyPattern[] = [
    { ...base, firstDay: undefined },
    { ...base, firstDay },
  ];
  return patterns.find((pattern) => recent.every((change) => follows(change, pattern, last)));
}

function follows({ wall }: Change, { month, weekday, firstDay }: YearlyPattern, last: Change): boolean {
  const date = new Date(wall);
  const day = date.getUTCDate();
  const inMonth = new Date(Date.UTC(date.getUTCFullYear(), month, 0)).getUTCDate();
  const first = firstDay ?? inMonth - 6;
  const fits = day >= first && day < first + 7;
  const sameTime = (((wall - last.wall) % DAY) + DAY) % DAY === 0;
  return fits && sameTime && date.getUTCMonth() + 1 === month && weekdayOf(Math.floor(wall / DAY)) === weekday;
}

function rdates(changes: readonly Change[]): string[] {
  return changes.map(({ wall }) => `RDATE:${formatDateTime(wall, 'local')}`);
}

function observance({ wall, from, to }: Change, repetition: readonly string[]): string[] {
  const name = to > from ? 'DAYLIGHT' : 'STANDARD';
  return [
    `BEGIN:${name}`,
    `DTSTART:${formatDateTime(wall, 'local')}`,
    `TZOFFSETFROM:${formatOffset(from)}`,
    `TZOFFSETTO:${formatOffset(to)}`,
    ...repetition,
    `END:${name}`,
  ];
}

/** `+0530`, with seconds only where there are some. */
function formatOffset(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / MINUTE);
  const seconds = (Math.abs(offset) % MINUTE) / 1000;
  const digits = [Math.floor(minutes / 60), minutes % 60, ...(seconds ? [seconds] : [])];
  return (offset < 0 ? '-' : '+') + digits.map((part) => String(part).padStart(2, '0')).join('');
}
