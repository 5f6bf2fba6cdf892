/** Calendar objects joined into one VCALENDAR. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { calendarWriter } from '../../src/icalendar/join.ts';
import { splitCalendar } from '../../src/icalendar/split.ts';
import { tzidOf } from '../../src/icalendar/timezone.ts';
import { calendarText, fixture } from './calendar-text.ts';

function joined(objects: readonly Buffer[], header: Partial<Parameters<typeof calendarWriter>[0]> = {}): Buffer {
  const writer = calendarWriter({ prodid: '-//Test//EN', ...header });
  return Buffer.concat([writer.head, ...objects.map((each) => writer.object(each)), writer.tail]);
}

const zone = (tzid: string, offset: string, ...lines: readonly string[]): string[] => [
  'BEGIN:VTIMEZONE',
  `TZID:${tzid}`,
  ...lines,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  `TZOFFSETFROM:${offset}`,
  `TZOFFSETTO:${offset}`,
  'END:STANDARD',
  'END:VTIMEZONE',
];
const event = (uid: string, ...lines: readonly string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTAMP:20260101T000000Z',
  ...lines,
  'END:VEVENT',
];
const zoned = (uid: string, tzid: string, ...zones: readonly string[]): Buffer =>
  calendarText(...zones, ...event(uid, `DTSTART;TZID=${tzid}:20260105T090000`));

/** The instant at which each event begins, by UID, as the joined calendar says it. */
function startsIn(octets: Buffer): Record<string, string> {
  const { calendar, timezones } = readCalendarObject(octets);
  const offsets = new Map(
    timezones.map((each) => [tzidOf(each), each.children[0]!.lines.find(({ name }) => name === 'TZOFFSETTO')!.value]),
  );
  const events = calendar.children.filter(({ name }) => name === 'VEVENT');
  const lineOf = (index: number, name: string) => events[index]!.lines.find((line) => line.name === name)!;
  return Object.fromEntries(
    events.map((_, index) => [
      lineOf(index, 'UID').value,
      offsets.get(lineOf(index, 'DTSTART').params[0]!.values[0]) ?? 'no zone',
    ]),
  );
}

describe('joining', () => {
  it('writes one VCALENDAR with each time zone once, and says its name (RFC 5545 §3.4, §3.6.5, RFC 7986 §5.1)', () => {
    const meeting = fixture('weekly-meeting.ics');
    const octets = joined([meeting, meeting], { name: 'Work, and play', description: 'a\nb', color: '#ff0000' });
    const text = octets.toString();
    expect(text.match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(4);
    expect(text).toContain('NAME:Work\\, and play\r\n');
    expect(readCalendarObject(octets).faults).toEqual([]);
  });

  it('and splitting again gives every component back, octet for octet', () => {
    const line = fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => `X-TEXT:${text.replace(/[\r\n]/g, ' ')}`);
    const objects = fc
      .uniqueArray(fc.uuid(), { minLength: 1, maxLength: 8 })
      .chain((uids) => fc.tuple(...uids.map((uid) => line.map((text) => calendarText(...event(uid, text))))));
    fc.assert(
      fc.property(objects, (octets) => {
        const inner = (text: Buffer): string => /BEGIN:VEVENT[\s\S]*END:VEVENT\r\n/.exec(text.toString())![0];
        const parts = [...splitCalendar(joined(octets), { newUid: () => 'none' })];
        expect(parts.map((part) => inner(part.octets))).toEqual(octets.map(inner));
      }),
    );
  });

  it('brings the definition of an IANA zone that no object brings, under the name they use (RFC 5545 §3.2.19)', () => {
    const octets = joined([
      zoned('a', 'Europe/Berlin'),
      zoned('b', '"W. Europe Standard Time"'),
      zoned('c', 'Nowhere'),
    ]);
    expect(readCalendarObject(octets).timezones.map(tzidOf)).toEqual(['Europe/Berlin', 'W. Europe Standard Time']);
  });

  it('keeps apart two zones that two programs gave one name, whatever their order', () => {
    const custom = (offset: string) => zone('Customized Time Zone', offset);
    const name = 'Customized Time Zone';
    const objects = [
      zoned('a', name, ...custom('+0100')),
      zoned('b', name, ...custom('+0900')),
      zoned('c', name, ...custom('+0100')),
      zoned('d', name, ...custom('+0900')),
      zoned('e', name, ...custom('-0300')),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(objects, { minLength: 1 }), (some) => {
        const octets = joined(some);
        const expected = Object.assign({}, ...some.map(startsIn));
        expect(startsIn(octets)).toEqual(expected);
        const names = readCalendarObject(octets).timezones.map(tzidOf);
        expect(new Set(names).size).toBe(names.length);
      }),
      { numRuns: 50 },
    );
  });

  it('takes the first of two definitions that one object has under one name', () => {
    const two = [...zone('Mine', '+0100'), ...zone('Mine', '+0900')];
    const octets = joined([zoned('a', 'Mine', ...two), zoned('b', 'Mine', ...zone('Mine', '+0900'))]);
    expect(startsIn(octets)).toEqual({ a: '+0100', b: '+0900' });
    expect(octets.toString().match(/BEGIN:VTIMEZONE/g)).toHaveLength(2);
  });

  it('lets IANA names mean their zones, however the programs define them', () => {
    const berlin = (...lines: string[]) => zone('Europe/Berlin', '+0100', ...lines);
    const octets = joined([
      zoned('a', 'Europe/Berlin', ...berlin()),
      zoned('b', 'Europe/Berlin', ...berlin('X-LIC-LOCATION:Europe/Berlin')),
    ]);
    expect(octets.toString().match(/BEGIN:VTIMEZONE/g)).toHaveLength(1);
    expect(Object.keys(startsIn(octets))).toEqual(['a', 'b']);
  });
});
