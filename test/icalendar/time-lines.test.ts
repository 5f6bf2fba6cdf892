/** The time lines kept beside an object decide like the object itself (RFC 4791 §7.10, §9.9). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { etagOf } from '../../src/commands/object-kinds.ts';
import type { CalendarObject } from '../../src/icalendar/calendar-object.ts';
import { type CompFilter, isAboutTime, matchesFilter } from '../../src/icalendar/filter.ts';
import { timedObject, timeLinesOf } from '../../src/icalendar/time-lines.ts';
import { resolveTimeZone, UTC } from '../../src/icalendar/timezone.ts';
import { at, busyPeriods, component, objectOf } from './calendar-text.ts';

/** As the database gives them back. */
const kept = (object: CalendarObject) =>
  timedObject(JSON.parse(JSON.stringify(timeLinesOf(object) ?? null)), etagOf(object.octets));

const filterOf = (name: string, rest: Partial<CompFilter>): CompFilter => ({
  name: 'VCALENDAR',
  isNotDefined: false,
  propFilters: [],
  compFilters: [{ name, isNotDefined: false, propFilters: [], compFilters: [], ...rest }],
});

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const clock = fc.constantFrom(':20260301T233000', ':20260329T023000', ';TZID=Europe/Berlin:20260328T020000');
const anyStart = fc.oneof(
  clock,
  fc.constantFrom(
    ';VALUE=DATE:20260301',
    ':20251026T003000Z',
    ';TZID=W. Europe Standard Time:20260101T120000',
    ';TZID=/x.org/v/America/New_York:20260308T023000',
    ';TZID=Nowhere:20260301T010000',
  ),
);
const anyRule = maybe(
  fc.constantFrom('FREQ=DAILY', 'FREQ=WEEKLY;COUNT=5', 'FREQ=MONTHLY;BYDAY=-1SU;UNTIL=20260601T000000Z', 'FREQ=YEARLY'),
);
const parts = fc.record({
  kind: fc.constantFrom('VEVENT', 'VTODO', 'VJOURNAL'),
  DTSTART: maybe(anyStart),
  DURATION: maybe(fc.constantFrom('PT90M', 'P2D')),
  RRULE: anyRule,
  RDATE: maybe(fc.constantFrom(':20260405T080000Z,20260410T080000Z', ';VALUE=PERIOD:20260405T080000Z/PT5H')),
  EXDATE: maybe(fc.constantFrom(';TZID=Europe/Berlin:20260329T020000', ';VALUE=DATE:20260302')),
  STATUS: maybe(fc.constantFrom('TENTATIVE', 'CANCELLED', 'COMPLETED', 'NEEDS-ACTION')),
  COMPLETED: maybe(fc.constant('20260310T080000Z')),
  override: maybe(fc.constantFrom('RECURRENCE-ID', 'RECURRENCE-ID;RANGE=THISANDFUTURE')),
});
type Parts = typeof parts extends fc.Arbitrary<infer T> ? T : never;

const objectFrom = ({ kind, override, ...given }: Parts): CalendarObject => {
  const lines = Object.entries(given).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}${/^[;:]/.test(value) ? '' : ':'}${value}`],
  );
  const moved = [`${override}:20260303T233000`, 'SEQUENCE:1', 'DTSTART:20260504T100000Z', 'TRANSP:TRANSPARENT'];
  return objectOf(
    ...component(kind, ...lines, 'SUMMARY:Long; text', 'LOCATION:Room'),
    ...(override ? component(kind, ...moved) : []),
  );
};

describe('time lines', () => {
  const anyRange = fc.tuple(fc.integer({ min: -300, max: 600 }), fc.integer({ min: 1, max: 60 })).map(([day, days]) => {
    const start = at('2026-01-01') + day * 7_200_000;
    return { start, end: start + days * 43_200_000 };
  });
  const anyZone = fc.constantFrom(UTC, resolveTimeZone('Pacific/Kiritimati')!, resolveTimeZone('America/New_York')!);

  it('find what the whole object finds, in every range and floating zone (RFC 4791 §9.9)', () => {
    let matches = 0;
    fc.assert(
      fc.property(parts, anyRange, anyZone, (given, timeRange, zone) => {
        const object = objectFrom(given);
        const filter = filterOf(given.kind, { timeRange });
        const found = matchesFilter(object, filter, zone);
        matches += Number(found);
        expect(isAboutTime(filter)).toBe(true);
        expect(matchesFilter(kept(object)!, filter, zone)).toBe(found);
        expect(busyPeriods([kept(object)!], timeRange, zone)).toEqual(busyPeriods([object], timeRange, zone));
      }),
      { numRuns: 400 },
    );
    expect(matches).toBeGreaterThan(20);
  });

  it('decide the search for open tasks (RFC 4791 §7.8.9)', () => {
    const canceled = { text: 'CANCELLED', collation: 'i;ascii-casemap', negate: true } as const;
    const filter = filterOf('VTODO', {
      propFilters: [
        { name: 'COMPLETED', isNotDefined: true, paramFilters: [] },
        { name: 'STATUS', isNotDefined: false, textMatch: canceled, paramFilters: [] },
      ],
    });
    expect(isAboutTime(filter)).toBe(true);
    const verdict = (...lines: readonly string[]) =>
      matchesFilter(kept(objectOf(...component('VTODO', ...lines)))!, filter, UTC);
    expect(verdict('STATUS:NEEDS-ACTION')).toBe(true);
    expect(verdict('STATUS:CANCELLED')).toBe(false);
    expect(verdict('STATUS:COMPLETED', 'COMPLETED:20260301T000000Z')).toBe(false);
  });

  it.each([
    [
      'another property',
      filterOf('VEVENT', { propFilters: [{ name: 'SUMMARY', isNotDefined: true, paramFilters: [] }] }),
    ],
    [
      'a parameter',
      filterOf('VEVENT', {
        propFilters: [{ name: 'DTSTART', isNotDefined: false, paramFilters: [{ name: 'TZID', isNotDefined: true }] }],
      }),
    ],
    [
      'an alarm',
      filterOf('VEVENT', { compFilters: [{ name: 'VALARM', isNotDefined: true, propFilters: [], compFilters: [] }] }),
    ],
    ['a time zone', filterOf('VTIMEZONE', {})],
    ['availability, whose times lie in its AVAILABLE parts (RFC 7953 §3.1)', filterOf('VAVAILABILITY', {})],
  ])('leave to the object what they do not hold: %s', (_, filter) => {
    expect(isAboutTime(filter)).toBe(false);
  });

  it('are not kept where the object brings the zone itself (RFC 5545 §3.6.5), nor of long lists of dates', () => {
    const zone = [
      'BEGIN:VTIMEZONE',
      'TZID:Odd',
      'BEGIN:STANDARD',
      'DTSTART:19700101T000000',
      'TZOFFSETFROM:+0111',
      'TZOFFSETTO:+0111',
      'END:STANDARD',
      'END:VTIMEZONE',
    ];
    expect(timeLinesOf(objectOf(...zone, ...component('VEVENT', 'DTSTART;TZID=Odd:20260101T000000')))).toBeUndefined();
    expect(timeLinesOf(objectOf(...zone, ...component('VEVENT', 'DTSTART:20260101T000000Z')))).toBeDefined();
    const days = Array.from({ length: 500 }, (_, day) => `2026${String(101 + (day % 28))}T000000Z`).join(',');
    expect(timeLinesOf(objectOf(...component('VEVENT', 'DTSTART:20260101T000000Z', `RDATE:${days}`)))).toBeUndefined();
  });
});
