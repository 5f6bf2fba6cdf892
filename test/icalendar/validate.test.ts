/** Which octets may be stored: preconditions of RFC 4791 §5.3.2.1. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { timeBounds } from '../../src/icalendar/time-bounds.ts';
import { type CalendarLimits, validateCalendarObject } from '../../src/icalendar/validate.ts';
import { at, calendarText, component, fixture } from './calendar-text.ts';
import { corpusBytes, hasCorpus, hostileBytes, hostileCases, manifest } from './corpus.ts';

const event = (...lines: readonly string[]): string[] => component('VEVENT', ...lines);
const START = 'DTSTART:20260105T090000Z';

interface Refusal {
  readonly why: string;
  readonly octets: Buffer;
  readonly limits?: CalendarLimits;
  readonly code: string;
  readonly line?: number;
}

const REFUSALS: readonly Refusal[] = [
  { why: 'nothing', octets: Buffer.alloc(0), code: 'valid-calendar-data' },
  { why: 'a card', octets: Buffer.from('BEGIN:VCARD\r\nEND:VCARD\r\n'), code: 'valid-calendar-data' },
  { why: 'a truncated object', octets: calendarText(...event(START)).subarray(0, 100), code: 'valid-calendar-data' },
  {
    why: 'crossed components',
    octets: calendarText('BEGIN:VEVENT', 'BEGIN:VALARM', 'END:VEVENT', 'END:VALARM'),
    code: 'valid-calendar-data',
    line: 6,
  },
  {
    why: 'one END too many',
    octets: calendarText(...event(START), 'END:VEVENT'),
    code: 'valid-calendar-data',
    line: 9,
  },
  { why: 'a NUL octet', octets: calendarText(...event(START, 'SUMMARY:a\0b')), code: 'valid-calendar-data', line: 8 },
  {
    why: 'a VCALENDAR in an event',
    octets: calendarText(...event('BEGIN:VCALENDAR', 'END:VCALENDAR')),
    code: 'valid-calendar-data',
  },
  {
    why: '30 February',
    octets: calendarText(...event('DTSTART:20260230T090000Z')),
    code: 'valid-calendar-data',
    line: 7,
  },
  { why: 'an empty DTSTART', octets: calendarText(...event('DTSTART:')), code: 'valid-calendar-data', line: 7 },
  {
    why: 'an RRULE without FREQ',
    octets: calendarText(...event(START, 'RRULE:COUNT=3')),
    code: 'valid-calendar-data',
    line: 8,
  },
  {
    why: 'an unknown calendar scale',
    octets: calendarText(...event(START, 'RRULE:RSCALE=KLINGON;FREQ=YEARLY')),
    code: 'supported-rscale',
    line: 8,
  },
  {
    why: 'vCalendar 1.0',
    octets: Buffer.from('BEGIN:VCALENDAR\nVERSION:1.0\nBEGIN:VEVENT\nUID:1\nEND:VEVENT\nEND:VCALENDAR\n'),
    code: 'valid-calendar-data',
    line: 2,
  },
  {
    why: 'METHOD',
    octets: calendarText('METHOD:PUBLISH', ...event(START)),
    code: 'valid-calendar-object-resource',
    line: 4,
  },
  {
    why: 'two kinds',
    octets: calendarText(...event(START), ...component('VTODO')),
    code: 'valid-calendar-object-resource',
    line: 9,
  },
  {
    why: 'two UIDs',
    octets: calendarText(...event(START), 'BEGIN:VEVENT', 'UID:u2', 'END:VEVENT'),
    code: 'valid-calendar-object-resource',
    line: 9,
  },
  {
    why: 'no UID',
    octets: calendarText('BEGIN:VEVENT', START, 'END:VEVENT'),
    code: 'valid-calendar-object-resource',
    line: 4,
  },
  { why: 'no component', octets: calendarText(), code: 'valid-calendar-object-resource' },
  {
    why: 'two VCALENDARs',
    octets: Buffer.concat([calendarText(...event(START)), calendarText(...event(START))]),
    code: 'valid-calendar-object-resource',
  },
  {
    why: 'a kind the calendar does not take',
    octets: calendarText(...component('VTODO')),
    limits: { components: ['VEVENT'] },
    code: 'supported-calendar-component',
  },
  { why: 'a kind nobody takes', octets: calendarText(...component('VPOLL')), code: 'supported-calendar-component' },
  {
    why: 'too many octets',
    octets: calendarText(...event(START)),
    limits: { maxResourceSize: 100 },
    code: 'max-resource-size',
  },
  {
    why: 'a start too early',
    octets: calendarText(...event(START)),
    limits: { minDateTime: at('2026-02-01') },
    code: 'min-date-time',
    line: 7,
  },
  {
    why: 'an override too early',
    octets: calendarText(
      ...event(START, 'RRULE:FREQ=DAILY'),
      ...event('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20250106T090000Z'),
    ),
    limits: { minDateTime: at('2026-01-01') },
    code: 'min-date-time',
  },
  {
    why: 'a last instance too late',
    octets: calendarText(...event(START, 'RRULE:FREQ=DAILY;COUNT=400')),
    limits: { maxDateTime: at('2027-01-01') },
    code: 'max-date-time',
    line: 8,
  },
  {
    why: 'too many instances',
    octets: calendarText(...event(START, 'RRULE:FREQ=DAILY;COUNT=11')),
    limits: { maxInstances: 10 },
    code: 'max-instances',
    line: 8,
  },
  {
    why: 'too many instances of two rules that fall together only in part',
    octets: calendarText(...event(START, 'RRULE:FREQ=DAILY;COUNT=8', 'RRULE:FREQ=DAILY;INTERVAL=2;COUNT=8')),
    limits: { maxInstances: 10 },
    code: 'max-instances',
    line: 8,
  },
  {
    why: 'too many dates',
    octets: calendarText(...event(START, 'RDATE:20260106T090000Z,20260107T090000Z')),
    limits: { maxInstances: 2 },
    code: 'max-instances',
    line: 8,
  },
  {
    why: 'more recurrence rules than anybody needs',
    octets: calendarText(...event(START, ...Array<string>(101).fill('RRULE:FREQ=DAILY'))),
    code: 'valid-calendar-data',
    line: 108,
  },
  {
    why: 'too many attendees',
    octets: calendarText(...event(START, 'ATTENDEE:mailto:a@example.org', 'ATTENDEE:mailto:b@example.org')),
    limits: { maxAttendeesPerInstance: 1 },
    code: 'max-attendees-per-instance',
    line: 9,
  },
  {
    why: 'more time zones than anybody needs',
    octets: calendarText(
      ...Array<string[]>(101).fill(['BEGIN:VTIMEZONE', 'TZID:x', 'END:VTIMEZONE']).flat(),
      ...event(START),
    ),
    code: 'valid-calendar-data',
    line: 304,
  },
];

describe('refused (RFC 4791 §5.3.2.1)', () => {
  it.each(REFUSALS)('$why: $code', ({ octets, limits, code, line }) => {
    const expected = line === undefined ? { code } : { code, details: { line } };
    expect(() => validateCalendarObject(octets, limits)).toThrow(expect.objectContaining({ code: expected.code }));
    if (line !== undefined) expect(() => validateCalendarObject(octets, limits)).toThrow(new RegExp(`^Line ${line}:`));
  });
});

const ACCEPTED: readonly (readonly [string, Buffer])[] = [
  ['a master with its override (RFC 4791 §4.1)', fixture('weekly-meeting.ics')],
  ['an override alone', calendarText(...event(START, 'RECURRENCE-ID:20260105T090000Z'))],
  ['an endless rule, whatever max-instances', calendarText(...event(START, 'RRULE:FREQ=SECONDLY'))],
  ['a missing DTSTAMP', calendarText('BEGIN:VEVENT', 'UID:1', START, 'END:VEVENT')],
  [
    'unknown properties and lines without colon',
    calendarText(...event(START, 'CONSTRUCTOR:x', '__PROTO__:y', 'no colon here')),
  ],
  ['RDATE periods', calendarText(...event(START, 'RDATE;VALUE=PERIOD:20260106T090000Z/PT1H,garbage'))],
  ['an EXDATE that cannot be read', calendarText(...event(START, 'EXDATE:someday'))],
  [
    'no dates as OpenTasks writes them',
    calendarText(...component('VTODO', 'DTSTART:', 'DUE:', 'STATUS:', 'COMPLETED:')),
  ],
  ['lower case', calendarText('begin:vevent', 'uid:1', 'dtstart:20260105T090000z', 'end:vevent')],
  [
    'LF line ends and a byte order mark',
    Buffer.from(
      `\ufeff${calendarText(...event(START))
        .toString()
        .replace(/\r/g, '')}`,
    ),
  ],
  [
    'availability (RFC 7953)',
    calendarText(...component('VAVAILABILITY', 'BEGIN:AVAILABLE', 'UID:a', START, 'END:AVAILABLE')),
  ],
];

describe('max-instances (RFC 4791 §5.2.8)', () => {
  it.each([
    ['as many as are allowed', ['RRULE:FREQ=DAILY;COUNT=100']],
    ['a hundred thousand seconds', ['RRULE:FREQ=SECONDLY;COUNT=100000'], 100_000],
    ['more, but EXDATE takes the rest away', ['RRULE:FREQ=DAILY;COUNT=101', 'EXDATE:20260107T090000Z']],
    ['rules whose instances fall together', ['RRULE:FREQ=DAILY;COUNT=60', 'RRULE:FREQ=DAILY;COUNT=60']],
    ['a bounded rule beside an endless one', ['RRULE:FREQ=DAILY;COUNT=1000', 'RRULE:FREQ=WEEKLY']],
  ])('lets through %s', (_, lines, maxInstances = 100) => {
    expect(validateCalendarObject(calendarText(...event(START, ...lines)), { maxInstances }).uid).toBeDefined();
  });
});

describe('accepted', () => {
  it.each(ACCEPTED)('%s', (_, octets) => {
    const object = validateCalendarObject(octets, { maxInstances: 100, maxAttendeesPerInstance: 10 });
    expect(object.octets.equals(octets)).toBe(true);
  });

  it('what begins and ends at the very limits of the calendar (RFC 4791 §5.2.6, §5.2.7)', () => {
    const octets = calendarText(...event(START, 'DTEND:20260105T100000Z'));
    const limits = { minDateTime: at('2026-01-05T09:00Z'), maxDateTime: at('2026-01-05T10:00Z') };
    expect(validateCalendarObject(octets, limits).octets).toBe(octets);
  });

  it('any octets end in an object or a named refusal, never in another error', () => {
    const words = [
      'BEGIN:VCALENDAR\r\n',
      'END:VCALENDAR\r\n',
      'BEGIN:VEVENT\r\n',
      'END:VEVENT\r\n',
      'UID:1\r\n',
      'DTSTART:20260105\r\n',
      'RRULE:FREQ=',
      'DAILY;COUNT=3\r\n',
      '\0',
      ':',
      ';',
      '"',
      '\r\n ',
      'RECURRENCE-ID:20260105\r\n',
    ];
    const text = fc
      .array(fc.oneof(fc.constantFrom(...words), fc.string()), { maxLength: 25 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (source) => {
        try {
          timeBounds(validateCalendarObject(Buffer.from(source)));
        } catch (error) {
          expect(error).toMatchObject({ name: 'AppError', code: expect.stringMatching(/^[a-z-]+$/) });
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** The verdict on octets: `ok` or the condition that refused them. */
function verdict(octets: Buffer): string {
  try {
    timeBounds(validateCalendarObject(octets, { maxInstances: 100_000, maxAttendeesPerInstance: 1000 }));
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}

/** Two files the scanner calls legal: a component without UID beside one with it, a component nobody knows (RFC 4791 §4.1, §5.2.3). */
const REFUSED_BY_RFC = ['created_calendar_with_unicode_fields.ics', 'issue_178_custom_component_inside_other.ics'];

describe.runIf(hasCorpus)('the corpus', () => {
  const calendars = manifest().filter(({ kind }) => ['ical', 'vtimezone', 'fuzz', 'vcalendar-1.0'].includes(kind));

  it('every file that is a legal PUT is accepted', () => {
    const legal = calendars.filter(
      ({ expected }) => expected.parse === 'ok' && !expected.put_constraints_broken?.length,
    );
    const refused = legal
      .filter(({ file }) => verdict(corpusBytes(file)) !== 'ok')
      .map(({ file }) => file.split('/').at(-1));
    expect(legal.length).toBeGreaterThan(100);
    expect(refused.sort()).toEqual(REFUSED_BY_RFC);
  });

  it('every file that breaks RFC 4791 §4.1 is refused with a condition', () => {
    const broken = calendars.filter(
      ({ expected }) => expected.put_constraints_broken?.length || expected.parse === 'reject',
    );
    const wrong = broken
      .filter(({ file }) => !/^(valid-|supported-)/.test(verdict(corpusBytes(file))))
      .map(({ file }) => file);
    expect(broken.length).toBeGreaterThan(300);
    expect(wrong).toEqual([]);
  });

  it('hostile cases are accepted, refused or cut as they should be', () => {
    const cases = hostileCases().filter(({ name }) => name.endsWith('.ics'));
    const wrong = cases.filter((hostile) => {
      const got = verdict(hostileBytes(hostile));
      if (!/^(ok|[a-z-]+)$/.test(got)) return true;
      return (hostile.expect === 'ok' && got !== 'ok') || (['reject', 'itip'].includes(hostile.expect) && got === 'ok');
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
