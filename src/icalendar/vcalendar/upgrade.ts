/** Objects of vCalendar 1.0 in an imported file as iCalendar 2.0 (RFC 5545): what has no equal is kept under an X- name. */
import type { ContentLine } from '../../contentline/content-line.ts';
import { readContentLines } from '../../contentline/read.ts';
import { decodedValue, escapeText, isQuotedPrintable, splitValue } from '../../contentline/value.ts';
import { type LineContent, writeContentLine } from '../../contentline/write.ts';
import { readCalendarObject } from '../calendar-object.ts';
import { type Component, property, readComponents } from '../component.ts';
import { formatDateTime, parseDateTime } from '../date-time.ts';
import { resolveTimeZone, type TimeZone } from '../timezone.ts';
import { upgradeAlarm } from './alarms.ts';
import { upgradeAttendee } from './attendee.ts';
import { upgradeRule } from './rule.ts';
import { type OldTimes, oldTimes, plainLine, timeLines, untilText, utcLine } from './times.ts';
import { type OldZone, zoneOfHeader } from './zone.ts';

/** What a property becomes; undefined: it has no equal. */
type Upgrade = (line: ContentLine, times: OldTimes, component: string) => LineContent[] | undefined;

/** Only the semicolon was escaped in vCalendar 1.0; any other backslash is one. */
const plainText = (text: string): string => text.replace(/\\([;,\\])/g, '$1');
const textLine =
  (name: string): Upgrade =>
  (line) => [plainLine(name, escapeText(plainText(decodedValue(line))))];
const listLine =
  (name: string): Upgrade =>
  (line) => {
    const words = splitValue(decodedValue(line), ';').map((word) => escapeText(plainText(word.trim())));
    return [plainLine(name, words.join(','))];
  };
const time =
  (name: string): Upgrade =>
  (line, times) =>
    timeLines(name, decodedValue(line), times);
const utc =
  (name: string): Upgrade =>
  (line, times) =>
    utcLine(name, decodedValue(line), times);
const rule =
  (name: string): Upgrade =>
  (line, times) => [
    plainLine(name, upgradeRule(decodedValue(line), { start: times.start, untilText: (end) => untilText(end, times) })),
  ];
const number =
  (name: string, most: number): Upgrade =>
  (line) =>
    /^\s*\d{1,6}\s*$/.test(line.value) ? [plainLine(name, String(Math.min(Number(line.value), most)))] : undefined;

/** A file inside the object or somewhere else; a reference to a part of the mail that brought the object leads nowhere. */
function attachment(line: ContentLine): LineContent[] | undefined {
  const value = decodedValue(line).trim();
  if (line.params.some(({ values }) => values.some((word) => word.toUpperCase() === 'BASE64'))) {
    const params = ['ENCODING=BASE64', 'VALUE=BINARY'].map((param) => param.split('=') as [string, string]);
    return [
      {
        ...plainLine('ATTACH', value.replace(/\s/g, '')),
        params: params.map(([name, word]) => ({ name, values: [word] })),
      },
    ];
  }
  return /^(?!cid:)[a-z][a-z0-9+.-]+:/i.test(value) ? [plainLine('ATTACH', value)] : undefined;
}

const STATUSES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  VEVENT: { TENTATIVE: 'TENTATIVE', CONFIRMED: 'CONFIRMED', ACCEPTED: 'CONFIRMED', DECLINED: 'CANCELLED' },
  VTODO: { 'NEEDS ACTION': 'NEEDS-ACTION', ACCEPTED: 'IN-PROCESS', COMPLETED: 'COMPLETED', DECLINED: 'CANCELLED' },
};

const UPGRADES: Readonly<Record<string, Upgrade>> = {
  DTSTART: time('DTSTART'),
  DTEND: time('DTEND'),
  DUE: time('DUE'),
  EXDATE: time('EXDATE'),
  RDATE: time('RDATE'),
  DCREATED: utc('CREATED'),
  'LAST-MODIFIED': utc('LAST-MODIFIED'),
  COMPLETED: utc('COMPLETED'),
  DTSTAMP: utc('DTSTAMP'),
  RRULE: rule('RRULE'),
  EXRULE: rule('EXRULE'),
  RNUM: () => [],
  SUMMARY: textLine('SUMMARY'),
  DESCRIPTION: textLine('DESCRIPTION'),
  LOCATION: textLine('LOCATION'),
  UID: textLine('UID'),
  'RELATED-TO': textLine('RELATED-TO'),
  CATEGORIES: listLine('CATEGORIES'),
  RESOURCES: listLine('RESOURCES'),
  CLASS: (line) => [plainLine('CLASS', decodedValue(line).trim().toUpperCase())],
  URL: (line) => [plainLine('URL', decodedValue(line).trim())],
  ATTENDEE: upgradeAttendee,
  ATTACH: attachment,
  'X-ORGANIZER': (line) => upgradeAttendee({ ...line, params: [{ name: 'ROLE', values: ['ORGANIZER'] }] }),
  PRIORITY: number('PRIORITY', 9),
  SEQUENCE: number('SEQUENCE', 999_999),
  'PERCENT-COMPLETE': number('PERCENT-COMPLETE', 100),
  TRANSP: (line) => [plainLine('TRANSP', line.value.trim() === '0' ? 'OPAQUE' : 'TRANSPARENT')],
  STATUS: (line, _, component) => {
    const status = STATUSES[component]?.[decodedValue(line).trim().toUpperCase()];
    return status === undefined ? undefined : [plainLine('STATUS', status)];
  },
};

/** Properties of the header that speak of the zone: what they say is in the VTIMEZONE. */
const ZONE_HEADER = new Set(['VERSION', 'TZ', 'DAYLIGHT']);

/**
 * One object (a VCALENDAR) as iCalendar 2.0; octets of any other version come back as they are. Throws AppError
 * `valid-calendar-data` for a recurrence rule that cannot be said in iCalendar.
 */
export function upgradeCalendar(octets: Buffer): Buffer {
  if (!/VERSION\s*:\s*1\.0/i.test(octets.toString('latin1'))) return octets;
  const { calendar } = readCalendarObject(octets);
  if (property(calendar, 'VERSION')?.value.trim() !== '1.0') return octets;
  const zone = zoneOfHeader(calendar.lines);
  const known = zone && embedded(zone);
  const items = calendar.children.flatMap((child) => upgradeComponent(child, known));
  const usesZone = items.some((line) => line.params.some(({ name }) => name === 'TZID'));
  const header = calendar.lines.filter(({ name }) => !ZONE_HEADER.has(name)).map(keptHeader);
  const lines = [plainLine('BEGIN', 'VCALENDAR'), plainLine('VERSION', '2.0'), ...header];
  const zoneText = usesZone && zone ? zone.lines.map((line) => Buffer.from(`${line}\r\n`)) : [];
  const write = (line: LineContent) => writeContentLine(line);
  return Buffer.concat([...lines.map(write), ...zoneText, ...items.map(write), write(plainLine('END', 'VCALENDAR'))]);
}

function keptHeader(line: ContentLine): LineContent {
  const name = line.name === 'PRODID' || line.name.startsWith('X-') ? line.name : `X-VCALENDAR-${line.name}`;
  return plainLine(name, isQuotedPrintable(line) ? escapeText(decodedValue(line)) : line.value);
}

function embedded(zone: OldZone): TimeZone | undefined {
  const { roots } = readComponents(readContentLines(Buffer.from(zone.lines.join('\r\n'))));
  return resolveTimeZone(zone.tzid, roots);
}

function upgradeComponent(component: Component, zone: TimeZone | undefined): LineContent[] {
  const times = oldTimes(component.lines, zone);
  const summary = property(component, 'SUMMARY');
  const written: LineContent[] = [];
  const alarms: LineContent[] = [];
  for (const line of component.lines) {
    const alarm = upgradeAlarm(line, times, summary ? plainText(decodedValue(summary)) : '');
    if (alarm) alarms.push(...alarm);
    else written.push(...(UPGRADES[line.name]?.(line, times, component.name) ?? [keptLine(line)]));
  }
  const isItem = Object.hasOwn(STATUSES, component.name);
  if (isItem && !written.some(({ name }) => name === 'DTSTAMP')) written.push(stampOf(written, times));
  const inner = component.children.flatMap((child) => upgradeComponent(child, zone));
  return [plainLine('BEGIN', component.name), ...written, ...alarms, ...inner, plainLine('END', component.name)];
}

/** RFC 5545 §3.8.7.2 wants one; the same file must give the same object at every import, so that it is not today. */
function stampOf(written: readonly LineContent[], times: OldTimes): LineContent {
  const said = ['LAST-MODIFIED', 'CREATED'].map((name) => written.find((line) => line.name === name)?.value);
  const known = said.find((value) => value !== undefined && parseDateTime(value));
  return plainLine('DTSTAMP', known ?? formatDateTime(times.start ? times.instantOf(times.start) : 0, 'utc'));
}

/** A property without an equal: X- ones as they are, the others under an X- name, transfer encoding undone. */
function keptLine(line: ContentLine): LineContent {
  const name = line.name.startsWith('X-') ? line.name : `X-VCALENDAR-${line.name || 'LINE'}`;
  const encoded = isQuotedPrintable(line);
  const params = line.params.filter(
    (param) => param.name !== '' && param.name !== 'ENCODING' && param.name !== 'CHARSET',
  );
  return { group: '', name, params, value: encoded ? escapeText(decodedValue(line)) : line.value };
}
