/** TZ and DAYLIGHT of vCalendar 1.0 as the VTIMEZONE they mean (RFC 5545 §3.6.5). */

import type { ContentLine } from '../../contentline/content-line.ts';
import { decodedValue } from '../../contentline/value.ts';
import { formatDateTime, HOUR, MINUTE, parseDateTime } from '../date-time.ts';

export interface OldZone {
  readonly tzid: string;
  /** Lines of the VTIMEZONE. */
  readonly lines: readonly string[];
}

/** One DAYLIGHT line: `TRUE;-04;20260308T020000;20261101T020000;EST;EDT`. */
interface Period {
  readonly offset: number;
  readonly start: number;
  readonly end: number;
  readonly standard: string;
  readonly daylight: string;
}

const MOST_PERIODS = 200;
const LONGEST_NAME = 40;

/**
 * The zone of times without Z, when the header says enough to know it: TZ with daylight periods, or with DAYLIGHT:FALSE.
 * A bare TZ does not tell whether clocks change: such times keep floating. The last period goes on every year.
 */
export function zoneOfHeader(header: readonly ContentLine[]): OldZone | undefined {
  const standard = parseOffset(header.find((line) => line.name === 'TZ')?.value);
  const daylight = header.filter((line) => line.name === 'DAYLIGHT').map((line) => decodedValue(line).split(';'));
  if (standard === undefined || daylight.length === 0 || daylight.length > MOST_PERIODS) return undefined;
  const periods = daylight.flatMap((parts) => periodOf(parts) ?? []).sort((a, b) => a.start - b.start);
  if (periods.length === 0 && !daylight.every(([flag]) => flag?.trim().toUpperCase() === 'FALSE')) return undefined;
  const last = periods.at(-1);
  const tzid = ['vCalendar', formatOffset(standard), ...(last ? [last.standard, last.daylight] : [])].join(' ').trim();
  const onsets = periods.flatMap((period) => {
    const rule = (wall: number) => (period === last ? [`RRULE:${sameDayEveryYear(wall)}`] : []);
    const { start, end, offset } = period;
    return [
      ...observance('DAYLIGHT', start, [standard, offset], period.daylight, rule(start)),
      ...observance('STANDARD', end, [offset, standard], period.standard, rule(end)),
    ];
  });
  const first = observance('STANDARD', Date.UTC(1970, 0, 1), [standard, standard], last?.standard ?? '', []);
  return { tzid, lines: ['BEGIN:VTIMEZONE', `TZID:${tzid}`, ...first, ...onsets, 'END:VTIMEZONE'] };
}

function periodOf([flag, offset, start, end, standard = '', daylight = '']: readonly string[]): Period | undefined {
  const ahead = parseOffset(offset);
  const [from, to] = [start, end].map((text) => parseDateTime((text ?? '').replace(/[-:]/g, ''))?.wall);
  if (flag?.trim().toUpperCase() !== 'TRUE' || ahead === undefined || from === undefined || to === undefined)
    return undefined;
  return { offset: ahead, start: from, end: to, standard: zoneName(standard), daylight: zoneName(daylight) };
}

const zoneName = (text: string): string =>
  text
    .replace(/[^\p{L}\p{N} +_-]/gu, '')
    .trim()
    .slice(0, LONGEST_NAME);

function observance(
  name: 'STANDARD' | 'DAYLIGHT',
  wall: number,
  [from, to]: readonly [number, number],
  zone: string,
  rule: readonly string[],
): string[] {
  const named = zone === '' ? [] : [`TZNAME:${zone}`];
  const offsets = [`TZOFFSETFROM:${formatOffset(from)}`, `TZOFFSETTO:${formatOffset(to)}`];
  return [`BEGIN:${name}`, `DTSTART:${formatDateTime(wall, 'local')}`, ...offsets, ...rule, ...named, `END:${name}`];
}

/** The rule clocks change by: this weekday of the month, counted from its end in the last week. */
function sameDayEveryYear(wall: number): string {
  const date = new Date(wall);
  const weekday = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'][date.getUTCDay()];
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const day = date.getUTCDate();
  const ordinal = day + 7 > length ? -1 : Math.ceil(day / 7);
  return `FREQ=YEARLY;BYMONTH=${date.getUTCMonth() + 1};BYDAY=${ordinal}${weekday}`;
}

/** `-05`, `+0530`, `-05:30`, `1` in ms. */
function parseOffset(text: string | undefined): number | undefined {
  const [, sign, hours, minutes = '0'] = /^\s*([+-]?)(\d{1,2}):?(\d\d)?\s*$/.exec(text ?? '') ?? [];
  if (hours === undefined || Number(hours) > 14 || Number(minutes) > 59) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * HOUR + Number(minutes) * MINUTE);
}

function formatOffset(offset: number): string {
  const size = Math.abs(offset);
  const two = (amount: number) => String(amount).padStart(2, '0');
  return `${offset < 0 ? '-' : '+'}${two(Math.floor(size / HOUR))}${two((size % HOUR) / MINUTE)}`;
}
