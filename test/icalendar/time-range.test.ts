/** The overlap tables of RFC 4791 §9.9, row by row, and the bounds the database index keeps. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CompFilter, matchesFilter } from '../../src/icalendar/filter.ts';
import { ianaZone } from '../../src/icalendar/iana-zones.ts';
import { timeBounds } from '../../src/icalendar/time-bounds.ts';
import { type TimeZone, UTC } from '../../src/icalendar/timezone.ts';
import { at, component, objectOf } from './calendar-text.ts';

function inRange(name: string, start: number | null, end: number | null, inner?: string): CompFilter {
  const leaf = { isNotDefined: false, propFilters: [], compFilters: [] };
  const ranged = { ...leaf, name: inner ?? name, timeRange: { start, end } };
  const compFilters = inner ? [{ ...leaf, name, compFilters: [ranged] }] : [ranged];
  return { ...leaf, name: 'VCALENDAR', compFilters };
}

/** A component and ranges on 2026-01-05 (hours of that day, `null` open) with the verdict of the table. */
interface Row {
  readonly why: string;
  readonly name: string;
  readonly lines: readonly string[];
  readonly hits: readonly (readonly [number | null, number | null])[];
  readonly misses: readonly (readonly [number | null, number | null])[];
  readonly inner?: string;
}

const D = '20260105T';
/** Hours from the day of the rows to the day before European clocks change. */
const MARCH_28 = 82 * 24;
const ROWS: readonly Row[] = [
  {
    why: 'VEVENT with DTEND',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, `DTEND:${D}100000Z`],
    hits: [
      [9, 10],
      [8, 9.5],
      [9.5, null],
      [null, 9.5],
      [null, null],
    ],
    misses: [
      [8, 9],
      [10, 11],
      [10, null],
      [null, 9],
    ],
  },
  {
    why: 'VEVENT with DURATION',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'DURATION:PT1H'],
    hits: [[9.5, 11]],
    misses: [
      [10, 11],
      [8, 9],
    ],
  },
  {
    why: 'VEVENT with DURATION zero',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'DURATION:PT0S'],
    hits: [
      [9, 10],
      [8, 9.1],
    ],
    misses: [
      [8, 9],
      [9.1, 10],
    ],
  },
  {
    why: 'VEVENT with DTSTART only',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`],
    hits: [[9, 10]],
    misses: [
      [8, 9],
      [9.1, 10],
    ],
  },
  {
    why: 'VEVENT on a date',
    name: 'VEVENT',
    lines: ['DTSTART;VALUE=DATE:20260105'],
    hits: [
      [0, 1],
      [23, 24],
      [-5, 0.1],
    ],
    misses: [
      [24, 25],
      [-1, 0],
    ],
  },
  {
    why: 'VTODO with DTSTART and DURATION',
    name: 'VTODO',
    lines: [`DTSTART:${D}090000Z`, 'DURATION:PT1H'],
    hits: [
      [10, 11],
      [8, 9.1],
    ],
    misses: [
      [10.1, 11],
      [8, 9],
    ],
  },
  {
    why: 'VTODO with DTSTART and DUE',
    name: 'VTODO',
    lines: [`DTSTART:${D}090000Z`, `DUE:${D}100000Z`],
    hits: [
      [9, 9.5],
      [9.9, 11],
    ],
    misses: [
      [10, 11],
      [8, 9],
    ],
  },
  {
    why: 'VTODO with DTSTART only',
    name: 'VTODO',
    lines: [`DTSTART:${D}090000Z`],
    hits: [[9, 10]],
    misses: [
      [8, 9],
      [9.1, 10],
    ],
  },
  {
    why: 'VTODO with DUE only',
    name: 'VTODO',
    lines: [`DUE:${D}100000Z`],
    hits: [
      [9, 10],
      [9, 11],
    ],
    misses: [
      [10, 11],
      [8, 9.9],
    ],
  },
  {
    why: 'VTODO completed and created',
    name: 'VTODO',
    lines: [`CREATED:${D}090000Z`, `COMPLETED:${D}110000Z`],
    hits: [
      [10, 10.5],
      [11, 12],
      [8, 9],
    ],
    misses: [
      [11.1, 12],
      [8, 8.9],
    ],
  },
  {
    why: 'VTODO completed',
    name: 'VTODO',
    lines: [`COMPLETED:${D}110000Z`],
    hits: [
      [11, 12],
      [10, 11],
    ],
    misses: [
      [11.1, 12],
      [10, 10.9],
    ],
  },
  {
    why: 'VTODO created',
    name: 'VTODO',
    lines: [`CREATED:${D}090000Z`],
    hits: [
      [10, 11],
      [8, 9.1],
    ],
    misses: [[8, 9]],
  },
  {
    why: 'VTODO without any date',
    name: 'VTODO',
    lines: [],
    hits: [
      [1, 2],
      [null, null],
    ],
    misses: [],
  },
  {
    why: 'VTODO whose DTSTART is empty, as some programs write none, by its DUE',
    name: 'VTODO',
    lines: ['DTSTART:', `DUE:${D}100000Z`],
    hits: [[9, 10]],
    misses: [[10, 11]],
  },
  {
    why: 'VTODO with empty dates, as without any',
    name: 'VTODO',
    lines: ['DTSTART:', 'DUE:', 'COMPLETED:'],
    hits: [[1, 2]],
    misses: [],
  },
  {
    why: 'VJOURNAL at a time',
    name: 'VJOURNAL',
    lines: [`DTSTART:${D}090000Z`],
    hits: [[9, 10]],
    misses: [
      [8, 9],
      [9.1, 10],
    ],
  },
  {
    why: 'VJOURNAL on a date',
    name: 'VJOURNAL',
    lines: ['DTSTART;VALUE=DATE:20260105'],
    hits: [[23, 24]],
    misses: [[24, 25]],
  },
  { why: 'VJOURNAL without date', name: 'VJOURNAL', lines: [], hits: [], misses: [[null, null]] },
  {
    why: 'VFREEBUSY with its span',
    name: 'VFREEBUSY',
    lines: [`DTSTART:${D}090000Z`, `DTEND:${D}100000Z`],
    hits: [
      [10, 11],
      [9, 10],
    ],
    misses: [
      [10.1, 11],
      [8, 9],
    ],
  },
  {
    why: 'VFREEBUSY with periods',
    name: 'VFREEBUSY',
    lines: [`FREEBUSY:${D}090000Z/PT1H,${D}150000Z/${D}160000Z`],
    hits: [
      [9.5, 9.6],
      [15, 16],
    ],
    misses: [
      [10, 15],
      [16, 17],
    ],
  },
  { why: 'VFREEBUSY without anything', name: 'VFREEBUSY', lines: [], hits: [], misses: [[null, null]] },
  {
    why: 'VAVAILABILITY with an open end (RFC 7953)',
    name: 'VAVAILABILITY',
    lines: [`DTSTART:${D}090000Z`],
    hits: [
      [10, 11],
      [8, 9.1],
    ],
    misses: [[8, 9]],
  },
  {
    why: 'VALARM before the start',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'BEGIN:VALARM', 'TRIGGER:-PT2H', 'END:VALARM'],
    hits: [[7, 8]],
    misses: [
      [7.1, 8],
      [6, 7],
      [9, 10],
    ],
    inner: 'VALARM',
  },
  {
    why: 'VALARM after the end',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'DURATION:PT1H', 'BEGIN:VALARM', 'TRIGGER;RELATED=END:PT1H', 'END:VALARM'],
    hits: [[11, 12]],
    misses: [[10, 11]],
    inner: 'VALARM',
  },
  {
    why: 'VALARM that repeats',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'BEGIN:VALARM', 'TRIGGER:-PT1H', 'REPEAT:2', 'DURATION:PT2H', 'END:VALARM'],
    hits: [
      [8, 9],
      [10, 11],
      [12, 13],
    ],
    misses: [
      [8.1, 10],
      [12.1, 20],
    ],
    inner: 'VALARM',
  },
  {
    why: 'VALARM at a fixed time',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'BEGIN:VALARM', `TRIGGER;VALUE=DATE-TIME:${D}030000Z`, 'END:VALARM'],
    hits: [[3, 4]],
    misses: [[9, 10]],
    inner: 'VALARM',
  },
  {
    why: 'VALARM at a fixed time in a zone',
    name: 'VEVENT',
    lines: [`DTSTART:${D}090000Z`, 'BEGIN:VALARM', `TRIGGER;VALUE=DATE-TIME;TZID=Asia/Tokyo:${D}140000`, 'END:VALARM'],
    hits: [[5, 6]],
    misses: [[14, 15]],
    inner: 'VALARM',
  },
  {
    why: 'VALARM of a recurring event',
    name: 'VEVENT',
    lines: ['DTSTART:20250101T090000Z', 'RRULE:FREQ=DAILY', 'BEGIN:VALARM', 'TRIGGER:-PT2H', 'END:VALARM'],
    hits: [[7, 8]],
    misses: [[7.1, 8]],
    inner: 'VALARM',
  },
  {
    why: 'VALARM a day before, on the clock of its event (RFC 5545 §3.3.6)',
    name: 'VEVENT',
    lines: ['DTSTART;TZID=Europe/Berlin:20260329T090000', 'BEGIN:VALARM', 'TRIGGER:-P1DT1H', 'END:VALARM'],
    hits: [[MARCH_28 + 7, MARCH_28 + 8]],
    misses: [[MARCH_28 + 6, MARCH_28 + 7]],
    inner: 'VALARM',
  },
  {
    why: 'AVAILABLE that recurs (RFC 7953)',
    name: 'VAVAILABILITY',
    lines: [
      'BEGIN:AVAILABLE',
      'UID:a',
      'DTSTART:20250101T090000Z',
      'DTEND:20250101T100000Z',
      'RRULE:FREQ=DAILY',
      'END:AVAILABLE',
    ],
    hits: [[9, 10]],
    misses: [[10, 20]],
    inner: 'AVAILABLE',
  },
  {
    why: 'an endless rule far from its start',
    name: 'VEVENT',
    lines: ['DTSTART:20000101T090000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY'],
    hits: [
      [9, 10],
      [9, null],
    ],
    misses: [[10, 33]],
  },
  { why: 'a component with no row', name: 'VPOLL', lines: [`DTSTART:${D}090000Z`], hits: [], misses: [[null, null]] },
];

const hour = (value: number | null): number | null => (value === null ? null : at('2026-01-05') + value * 3_600_000);

describe('time-range (RFC 4791 §9.9)', () => {
  it.each(ROWS)('$why', ({ name, lines, hits, misses, inner }) => {
    const object = objectOf(...component(name, ...lines));
    const verdict = ([start, end]: readonly [number | null, number | null]): boolean =>
      matchesFilter(object, inRange(name, hour(start), hour(end), inner), UTC);
    expect(hits.filter((range) => !verdict(range))).toEqual([]);
    expect(misses.filter(verdict)).toEqual([]);
  });

  it('puts floating times and dates into the zone it is given', () => {
    const object = objectOf(...component('VEVENT', 'DTSTART:20260105T010000', 'DURATION:PT1H'));
    const early = inRange('VEVENT', at('2026-01-04T16:00Z'), at('2026-01-04T17:00Z'));
    expect(matchesFilter(object, early, ianaZone('Asia/Tokyo')!)).toBe(true);
    expect(matchesFilter(object, early, UTC)).toBe(false);
  });

  it('a hostile rule counts as overlapping instead of failing the report', () => {
    const object = objectOf(
      ...component('VEVENT', 'DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY;BYWEEKNO=53;BYMONTH=6'),
    );
    expect(matchesFilter(object, inRange('VEVENT', at('2026-02-01'), null), UTC)).toBe(true);
  });
});

describe('time bounds', () => {
  const iso = (value: number | null): string | null =>
    value === null ? null : new Date(value).toISOString().slice(0, 16);
  const BOUNDS: readonly (readonly [string, readonly string[], string | null, string | null])[] = [
    ['a timed event', ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z'], '2026-01-05T09:00', '2026-01-05T10:00'],
    ['an all-day event, a day wider', ['DTSTART;VALUE=DATE:20260105'], '2026-01-04T00:00', '2026-01-07T00:00'],
    ['an endless rule', ['DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY'], '2026-01-05T09:00', null],
    ['no readable start', ['DTSTART:someday'], null, null],
    [
      'an alarm the day before, a day wider as clocks may change',
      ['DTSTART:20260105T090000Z', 'BEGIN:VALARM', 'TRIGGER:-P1D', 'END:VALARM'],
      '2026-01-03T09:00',
      '2026-01-05T09:00',
    ],
  ];

  it.each(BOUNDS)('of %s', (_, lines, start, end) => {
    const bounds = timeBounds(objectOf(...component('VEVENT', ...lines)));
    expect([iso(bounds.start), iso(bounds.end)]).toEqual([start, end]);
  });

  it('hold every range that matches, in every floating zone', () => {
    const rules = fc.constantFrom(
      '',
      'RRULE:FREQ=DAILY;COUNT=5',
      'RRULE:FREQ=WEEKLY;UNTIL=20260301T000000Z',
      'RRULE:FREQ=MONTHLY;BYDAY=-1FR;COUNT=3',
      'RDATE:20260401T000000Z,20250401T000000Z',
    );
    const start = fc.constantFrom(
      'DTSTART:20260105T090000Z',
      'DTSTART:20260105T233000',
      'DTSTART;VALUE=DATE:20260105',
      'DTSTART;TZID=America/New_York:20260307T190000',
    );
    const end = fc.constantFrom('DURATION:PT1H', 'DURATION:P3D', 'X-NONE:1');
    const alarm = fc.constantFrom(
      [],
      ['BEGIN:VALARM', 'TRIGGER:-P2D', 'END:VALARM'],
      ['BEGIN:VALARM', 'TRIGGER;RELATED=END:PT90M', 'REPEAT:3', 'DURATION:P1D', 'END:VALARM'],
    );
    const moved = fc.constantFrom(
      [],
      component(
        'VEVENT',
        'RECURRENCE-ID;RANGE=THISANDFUTURE:20260106T090000Z',
        'DTSTART:20260110T060000Z',
        'DURATION:P2D',
      ),
    );
    const zone = fc.constantFrom('UTC', 'Pacific/Kiritimati', 'Pacific/Pago_Pago', 'Europe/Berlin');
    const range = fc.record({ day: fc.integer({ min: -400, max: 400 }), hours: fc.integer({ min: 1, max: 200 }) });
    fc.assert(
      fc.property(
        rules,
        start,
        end,
        alarm,
        moved,
        zone,
        range,
        (rule, dtstart, length, valarm, override, id, { day, hours }) => {
          const object = objectOf(
            ...component('VEVENT', dtstart, length, ...(rule ? [rule] : []), ...valarm),
            ...override,
          );
          const floating: TimeZone = ianaZone(id)!;
          const from = at('2026-01-05') + day * 86_400_000;
          const to = from + hours * 3_600_000;
          const bounds = timeBounds(object);
          const outside = (bounds.end !== null && from > bounds.end) || (bounds.start !== null && to < bounds.start);
          fc.pre(outside);
          expect(matchesFilter(object, inRange('VEVENT', from, to), floating)).toBe(false);
          expect(matchesFilter(object, inRange('VEVENT', from, to, 'VALARM'), floating)).toBe(false);
        },
      ),
      { numRuns: 300 },
    );
  });
});
