/** Times of vCalendar 1.0 in the forms of RFC 5545 §3.3.4 and §3.3.5. */
import type { ContentLine } from '../../contentline/content-line.ts';
import { decodedValue } from '../../contentline/value.ts';
import type { LineContent } from '../../contentline/write.ts';
import { type DateTime, formatDateTime, parseDateTime } from '../date-time.ts';
import type { TimeZone } from '../timezone.ts';

/** What the component says of its own times, and the zone of those without Z. */
export interface OldTimes {
  readonly start: DateTime | undefined;
  readonly due: DateTime | undefined;
  /** TZID of the zone the header tells; undefined: such times float. */
  readonly tzid: string | undefined;
  readonly instantOf: (value: DateTime) => number;
}

export function plainLine(name: string, value: string): LineContent {
  return { group: '', name, params: [], value };
}

export function oldTimes(lines: readonly ContentLine[], zone: TimeZone | undefined): OldTimes {
  const timeOf = (name: string) => {
    const line = lines.find((candidate) => candidate.name === name);
    return line && readTime(decodedValue(line));
  };
  return {
    start: timeOf('DTSTART'),
    due: timeOf('DUE'),
    tzid: zone?.id,
    instantOf: ({ wall, isUtc }) => (isUtc || !zone ? wall : zone.toInstant(wall)),
  };
}

/** ISO 8601 in its basic form, as the format asks for, or with hyphens and colons. */
function readTime(text: string): DateTime | undefined {
  return parseDateTime(text.trim().replace(/[-:]/g, ''));
}

/** A list of times or a single one as lines of that name: dates, UTC, and local times each have a form of their own. */
export function timeLines(name: string, text: string, times: OldTimes): LineContent[] | undefined {
  const values = text.split(/[;,]/).map(readTime);
  if (values.length === 0 || values.some((value) => value === undefined)) return undefined;
  const forms = new Map<string, DateTime[]>();
  for (const value of values as DateTime[]) {
    const form = value.isDate ? 'date' : value.isUtc ? 'utc' : 'local';
    forms.set(form, [...(forms.get(form) ?? []), value]);
  }
  return [...forms].map(([form, list]) => {
    const params =
      form === 'date'
        ? [{ name: 'VALUE', values: ['DATE'] }]
        : form === 'local' && times.tzid !== undefined
          ? [{ name: 'TZID', values: [times.tzid] }]
          : [];
    const value = list.map(({ wall }) => formatDateTime(wall, form as 'date' | 'utc' | 'local')).join(',');
    return { group: '', name, params, value };
  });
}

/** A time that iCalendar wants in UTC. */
export function utcLine(name: string, text: string, times: OldTimes): LineContent[] | undefined {
  const value = readTime(text);
  return value && [plainLine(name, formatDateTime(times.instantOf(value), 'utc'))];
}

/** UNTIL as RFC 5545 §3.3.10 wants it beside the DTSTART: a date, UTC, or local time; a mere day reaches to its end. */
export function untilText(end: DateTime, times: OldTimes): string {
  const { start } = times;
  if (start?.isDate) return formatDateTime(end.wall, 'date');
  const wall = end.isDate ? end.wall + 86_399_000 : end.wall;
  const floats = start !== undefined && !start.isUtc && times.tzid === undefined;
  if (floats) return formatDateTime(wall, 'local');
  return formatDateTime(start?.isUtc || end.isUtc ? wall : times.instantOf({ ...end, wall }), 'utc');
}
