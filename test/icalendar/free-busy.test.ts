/** Busy time and the VFREEBUSY that tells it (RFC 4791 §7.10, RFC 7953). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { type BusyPeriod, mergeBusyPeriods, writeFreeBusy } from '../../src/icalendar/free-busy.ts';
import { clip, difference, type TimePeriod, union } from '../../src/icalendar/periods.ts';
import { UTC } from '../../src/icalendar/timezone.ts';
import { anEvent, at, busyPeriods, component, objectOf } from './calendar-text.ts';

const day = { start: at('2026-01-05'), end: at('2026-01-06') };
const hour = (value: number): number => day.start + value * 3_600_000;

/** `9-10 BUSY`, hours of 2026-01-05. */
function said(periods: readonly BusyPeriod[]): string[] {
  return periods.map(
    ({ start, end, type }) => `${(start - day.start) / 3_600_000}-${(end - day.start) / 3_600_000} ${type}`,
  );
}

const D = '20260105T';
const NINE = [`DTSTART:${D}090000Z`, 'DURATION:PT1H'];
const available = (start: string, end: string, ...more: readonly string[]): string[] => [
  'BEGIN:AVAILABLE',
  'UID:a',
  `DTSTART:${D}${start}Z`,
  `DTEND:${D}${end}Z`,
  ...more,
  'END:AVAILABLE',
];

const CASES: readonly (readonly [string, ReturnType<typeof objectOf>[], readonly string[]])[] = [
  ['an event', [anEvent(...NINE)], ['9-10 BUSY']],
  ['a transparent event', [anEvent(...NINE, 'TRANSP:TRANSPARENT')], []],
  ['a cancelled event', [anEvent(...NINE, 'STATUS:CANCELLED')], []],
  ['a tentative event', [anEvent(...NINE, 'STATUS:TENTATIVE')], ['9-10 BUSY-TENTATIVE']],
  ['a to-do', [objectOf(...component('VTODO', ...NINE))], []],
  ['events that touch', [anEvent(...NINE), anEvent(`DTSTART:${D}100000Z`, 'DURATION:PT1H')], ['9-11 BUSY']],
  ['an event over the edge of the range', [anEvent('DTSTART:20260104T230000Z', 'DURATION:PT2H')], ['0-1 BUSY']],
  ['a whole day', [anEvent('DTSTART;VALUE=DATE:20260105')], ['0-24 BUSY']],
  [
    'a tentative event beside a firm one',
    [anEvent(...NINE), anEvent(`DTSTART:${D}083000Z`, 'DURATION:PT2H', 'STATUS:TENTATIVE')],
    ['8.5-9 BUSY-TENTATIVE', '9-10 BUSY', '10-10.5 BUSY-TENTATIVE'],
  ],
  [
    'a cancelled override',
    [
      objectOf(
        ...component('VEVENT', 'DTSTART:20260101T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'),
        ...component('VEVENT', `RECURRENCE-ID:${D}090000Z`, ...NINE, 'STATUS:CANCELLED'),
      ),
    ],
    [],
  ],
  [
    'a VFREEBUSY',
    [
      objectOf(
        ...component(
          'VFREEBUSY',
          `FREEBUSY:${D}090000Z/PT1H`,
          `FREEBUSY;FBTYPE=BUSY-UNAVAILABLE:${D}110000Z/${D}120000Z`,
          `FREEBUSY;FBTYPE=FREE:${D}130000Z/PT1H`,
        ),
      ),
    ],
    ['9-10 BUSY', '11-12 BUSY-UNAVAILABLE'],
  ],
  [
    'a VAVAILABILITY',
    [objectOf(...component('VAVAILABILITY', ...available('090000', '170000')))],
    ['0-9 BUSY-UNAVAILABLE', '17-24 BUSY-UNAVAILABLE'],
  ],
  [
    'a VAVAILABILITY that recurs, with a type',
    [
      objectOf(
        ...component(
          'VAVAILABILITY',
          'BUSYTYPE:BUSY-TENTATIVE',
          'BEGIN:AVAILABLE',
          'UID:a',
          'DTSTART:20251201T090000Z',
          'DURATION:PT8H',
          'RRULE:FREQ=WEEKLY;BYDAY=MO',
          'END:AVAILABLE',
        ),
      ),
    ],
    ['0-9 BUSY-TENTATIVE', '17-24 BUSY-TENTATIVE'],
  ],
  [
    'a VAVAILABILITY of higher priority over a lower one',
    [
      objectOf(
        ...component(
          'VAVAILABILITY',
          'PRIORITY:1',
          `DTSTART:${D}120000Z`,
          `DTEND:${D}140000Z`,
          ...available('120000', '130000'),
        ),
      ),
      objectOf(...component('VAVAILABILITY', ...available('090000', '170000'))),
    ],
    ['0-9 BUSY-UNAVAILABLE', '13-14 BUSY-UNAVAILABLE', '17-24 BUSY-UNAVAILABLE'],
  ],
  [
    'a rule too hostile to follow',
    [anEvent('DTSTART:20260101T000000Z', 'RRULE:FREQ=SECONDLY', 'DURATION:PT1S')],
    ['0-24 BUSY'],
  ],
];

describe('busy periods (RFC 4791 §7.10)', () => {
  it.each(CASES)('of %s', (_, objects, expected) => {
    expect(said(busyPeriods(objects, day, UTC))).toEqual(expected);
  });

  it('never overlap, stay in the range, and cover what was given', () => {
    const type = fc.constantFrom('BUSY' as const, 'BUSY-TENTATIVE' as const, 'BUSY-UNAVAILABLE' as const);
    const period = fc
      .tuple(fc.integer({ min: -5, max: 30 }), fc.integer({ min: 0, max: 9 }), type)
      .map(([from, length, kind]) => ({ start: hour(from), end: hour(from + length), type: kind }));
    fc.assert(
      fc.property(fc.array(period, { maxLength: 12 }), (given) => {
        const merged = mergeBusyPeriods(given, day);
        for (const [index, { start, end }] of merged.entries()) {
          expect(start).toBeLessThan(end);
          expect(start).toBeGreaterThanOrEqual(index === 0 ? day.start : merged[index - 1]!.end);
        }
        expect(union(merged)).toEqual(union(clip(given, day)));
      }),
    );
  });
});

describe('sets of periods', () => {
  const periods: fc.Arbitrary<TimePeriod[]> = fc.array(
    fc.tuple(fc.nat(40), fc.nat(10)).map(([start, length]) => ({ start, end: start + length })),
    { maxLength: 8 },
  );
  const members = (list: readonly TimePeriod[]): number[] =>
    Array.from({ length: 60 }, (_, n) => n).filter((n) => list.some(({ start, end }) => n >= start && n < end));

  it('union and difference are what they are for sets of moments', () => {
    fc.assert(
      fc.property(periods, periods, (a, b) => {
        expect(members(union([...a, ...b]))).toEqual(
          [...new Set([...members(a), ...members(b)])].sort((x, y) => x - y),
        );
        expect(members(difference(a, b))).toEqual(members(a).filter((n) => !members(b).includes(n)));
      }),
    );
  });
});

describe('the VFREEBUSY (RFC 5545 §3.6.4)', () => {
  it('tells the range and the periods by type, and reads back to them', () => {
    const periods = busyPeriods(
      [anEvent(...NINE), anEvent(`DTSTART:${D}110000Z`, 'DURATION:PT1H', 'STATUS:TENTATIVE')],
      day,
      UTC,
    );
    const octets = writeFreeBusy({
      range: day,
      periods,
      uid: 'f1',
      now: at('2026-01-01'),
      attendee: 'mailto:a@example.org',
      method: 'REPLY',
    });
    const text = octets.toString();
    expect(text).toContain('METHOD:REPLY\r\n');
    expect(text).toContain('DTSTART:20260105T000000Z\r\nDTEND:20260106T000000Z\r\nATTENDEE:mailto:a@example.org\r\n');
    expect(text).toContain('FREEBUSY;FBTYPE=BUSY:20260105T090000Z/20260105T100000Z\r\n');
    expect(said(busyPeriods([readCalendarObject(octets)], day, UTC))).toEqual(said(periods));
  });
});
