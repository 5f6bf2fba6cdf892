/** jCal (RFC 7265): both directions, and the same reading as ical.js where that one is right. */
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { fromJcal, toJcal } from '../../src/icalendar/jcal.ts';
import { calendarText, component, fixture, objectOf } from './calendar-text.ts';
import { corpusBytes, corpusHas, hasCorpus, manifest } from './corpus.ts';

/** A content line and its jCal property (RFC 7265 §3.4 to §3.6). */
const PROPERTIES: readonly (readonly [string, unknown])[] = [
  ['SUMMARY:Hello\\, world\\nagain', ['summary', {}, 'text', 'Hello, world\nagain']],
  ['DTSTART:20260105T090000Z', ['dtstart', {}, 'date-time', '2026-01-05T09:00:00Z']],
  [
    'DTSTART;TZID=Europe/Berlin:20260105T090000',
    ['dtstart', { tzid: 'Europe/Berlin' }, 'date-time', '2026-01-05T09:00:00'],
  ],
  ['DTSTART;VALUE=DATE:20260105', ['dtstart', {}, 'date', '2026-01-05']],
  ['DURATION:PT1H', ['duration', {}, 'duration', 'PT1H']],
  ['CATEGORIES:a\\,b,c', ['categories', {}, 'text', 'a,b', 'c']],
  [
    'EXDATE:20260105T090000Z,20260106T090000Z',
    ['exdate', {}, 'date-time', '2026-01-05T09:00:00Z', '2026-01-06T09:00:00Z'],
  ],
  ['RDATE;VALUE=PERIOD:20260105T090000Z/PT1H', ['rdate', {}, 'period', ['2026-01-05T09:00:00Z', 'PT1H']]],
  [
    'RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=1MO,-1FR;UNTIL=20270101',
    ['rrule', {}, 'recur', { freq: 'MONTHLY', count: 3, byday: ['1MO', '-1FR'], until: '2027-01-01' }],
  ],
  ['GEO:37.5;-122.25', ['geo', {}, 'float', [37.5, -122.25]]],
  ['REQUEST-STATUS:2.0;Success\\; really', ['request-status', {}, 'text', ['2.0', 'Success; really']]],
  ['PRIORITY:5', ['priority', {}, 'integer', 5]],
  [
    'ATTENDEE;MEMBER="mailto:a@x.org","mailto:b@x.org":mailto:c@x.org',
    ['attendee', { member: ['mailto:a@x.org', 'mailto:b@x.org'] }, 'cal-address', 'mailto:c@x.org'],
  ],
  ['X-OWN;X-P=1:a\\,b', ['x-own', { 'x-p': '1' }, 'unknown', 'a\\,b']],
  ['X-FLAG;VALUE=BOOLEAN:TRUE', ['x-flag', {}, 'boolean', true]],
  ['TZOFFSETTO:+0530', ['tzoffsetto', {}, 'utc-offset', '+05:30']],
];

describe('properties (RFC 7265 §3.4)', () => {
  it.each(PROPERTIES)('%s', (line, expected) => {
    const [, , [event]] = toJcal(objectOf('BEGIN:VEVENT', line, 'END:VEVENT'));
    expect(event![1][0]).toEqual(expected);
  });

  it.each(PROPERTIES)('%s comes back as it was', (line) => {
    const text = calendarText('BEGIN:VEVENT', line, 'END:VEVENT');
    expect(fromJcal(JSON.parse(JSON.stringify(toJcal(readCalendarObject(text))))).equals(text)).toBe(true);
  });
});

it('takes a rule that is a text, not an object of its parts', () => {
  const event = ['vevent', [['rrule', {}, 'recur', 'FREQ=DAILY;COUNT=2']], []];
  expect(fromJcal(['vcalendar', [], [event]]).toString()).toContain('RRULE:FREQ=DAILY;COUNT=2\r\n');
});

it('keeps every value of a parameter that is written twice (RFC 7265 §3.5.2)', () => {
  const line = 'ATTENDEE;MEMBER="mailto:a@x.org";X-P=1;MEMBER="mailto:b@x.org":mailto:c@x.org';
  const [, , [event]] = toJcal(objectOf('BEGIN:VEVENT', line, 'END:VEVENT'));
  expect(event![1][0]![1]).toEqual({ member: ['mailto:a@x.org', 'mailto:b@x.org'], 'x-p': '1' });
});

describe('objects', () => {
  it('come back octet for octet where they are written plainly', () => {
    const octets = fixture('weekly-meeting.ics');
    const again = readCalendarObject(fromJcal(toJcal(readCalendarObject(octets))));
    expect(toJcal(again)).toEqual(toJcal(readCalendarObject(octets)));
  });

  it('read as ical.js reads them', () => {
    const octets = fixture('weekly-meeting.ics');
    expect(JSON.parse(JSON.stringify(toJcal(readCalendarObject(octets))))).toEqual(ICAL.parse(octets.toString()));
  });

  it('leave out lines that are none, and survive names of object members', () => {
    const object = objectOf(...component('VEVENT', 'CONSTRUCTOR;__PROTO__=1:x', 'no colon'));
    const names = toJcal(object)[2][0]![1].map(([name]) => name);
    expect(names).toEqual(['uid', 'dtstamp', 'constructor']);
  });
});

const WRONG: readonly (readonly [string, unknown])[] = [
  ['null', null],
  ['an object', {}],
  ['two elements', ['vcalendar', []]],
  ['a name that is none', ['v\r\nx', [], []]],
  ['properties that are none', ['vcalendar', ['x'], []]],
  ['a property without value', ['vcalendar', [['version', {}, 'text']], []]],
  ['parameters that are none', ['vcalendar', [['version', null, 'text', '2.0']], []]],
  ['a parameter that is a number', ['vcalendar', [['version', { x: 1 }, 'text', '2.0']], []]],
  ['a null value', ['vcalendar', [['version', {}, 'text', null]], []]],
  ['deep nesting', JSON.parse(`${'["a",[],['.repeat(100)}${']]'.repeat(100)}`)],
];

describe('refused', () => {
  it.each(WRONG)('%s', (_, json) => {
    expect(() => fromJcal(json)).toThrow(expect.objectContaining({ code: 'valid-calendar-data' }));
  });

  it('a line break in a value stays inside its line', () => {
    const octets = fromJcal(['vcalendar', [['x-own', { 'x-p': 'a\r\nb' }, 'unknown', 'a\r\nBEGIN:VEVENT']], []]);
    expect(readCalendarObject(octets).calendar.children).toEqual([]);
    expect(octets.toString().split('\r\n')).toHaveLength(4);
  });
});

describe.runIf(hasCorpus)('the corpus', () => {
  it('equals the jCal that ical.js keeps beside its samples, but for a float that is none', () => {
    const files = manifest()
      .map(({ file }) => file)
      .filter((file) => file.endsWith('.ics') && corpusHas(file.replace(/\.ics$/, '.json')));
    const wrong = files.filter((file) => {
      const want = JSON.stringify(JSON.parse(corpusBytes(file.replace(/\.ics$/, '.json')).toString()));
      return JSON.stringify(toJcal(readCalendarObject(corpusBytes(file)))) !== want;
    });
    expect(wrong.map((file) => file.split('/').at(-1))).toEqual(['float.ics']);
  });

  it('keeps its meaning through jCal and back', () => {
    const files = manifest().filter(({ kind, expected }) => kind === 'ical' && expected.parse === 'ok');
    const changed = files.filter(({ file }) => {
      const jcal = JSON.stringify(toJcal(readCalendarObject(corpusBytes(file))));
      return JSON.stringify(toJcal(readCalendarObject(fromJcal(JSON.parse(jcal))))) !== jcal;
    });
    // One file has a quoted-printable soft break at the end of a line, which unfolding takes for its own.
    expect(changed.map(({ file }) => file.split('/').at(-1))).toEqual(['php-flp.ics']);
  });
});
