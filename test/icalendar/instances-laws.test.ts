/** Laws of recurrence sets around clock changes, and of what limit-recurrence-set leaves (RFC 5545 §3.3.5, §3.8.5, RFC 4791 §9.6.6). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { calendarObjectOf } from '../../src/icalendar/calendar-object.ts';
import { DAY, formatDateTime, HOUR } from '../../src/icalendar/date-time.ts';
import { ianaZone } from '../../src/icalendar/iana-zones.ts';
import { type Instance, readInstances, type TimeRange } from '../../src/icalendar/instances.ts';
import { instancesTouching } from '../../src/icalendar/instances-in-range.ts';
import { limitRecurrenceSet } from '../../src/icalendar/limit-object.ts';
import { overlapOf } from '../../src/icalendar/time-range.ts';
import { UTC } from '../../src/icalendar/timezone.ts';
import { anEvent, at, component, objectOf } from './calendar-text.ts';

const ZONES = ['Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe', 'America/Sao_Paulo', 'Pacific/Apia'];

/** A wall time within a day of a change of the zone's clock. */
const nearChange = fc
  .record({ zone: fc.constantFrom(...ZONES), which: fc.nat({ max: 30 }), minutes: fc.integer({ min: -100, max: 12 }) })
  .map(({ zone, which, minutes }) => {
    const { instants } = ianaZone(zone)!.table();
    const change = instants[instants.length - 1 - (which % instants.length)]!;
    const wall = change + ianaZone(zone)!.offsetAt(change - 1) + minutes * 15 * 60_000;
    return `DTSTART;TZID=${zone}:${formatDateTime(wall, 'local')}`;
  });

const severalADay = fc.constantFrom(
  'FREQ=HOURLY;COUNT=50',
  'FREQ=HOURLY;BYMINUTE=0,15,45;COUNT=120',
  'FREQ=MINUTELY;INTERVAL=15;COUNT=200',
  'FREQ=DAILY;BYHOUR=0,1,2,3,23;BYMINUTE=15,45;COUNT=40',
  'FREQ=WEEKLY;BYDAY=SA,SU,MO;BYHOUR=1,2,3;BYMINUTE=10,50;COUNT=30',
);

function instancesOf(object: Parameters<typeof readInstances>[0], range: TimeRange): Instance[] {
  return [...instancesTouching(readInstances(object, UTC), range)];
}

describe('rules of several times a day, around clock changes', () => {
  it('give each instant once, ascending, and in a window those of the whole that lie there', () => {
    const window = fc.record({ after: fc.integer({ min: -5, max: 60 }), hours: fc.nat({ max: 12 }) });
    fc.assert(
      fc.property(nearChange, severalADay, window, (dtstart, rule, { after, hours }) => {
        const object = anEvent(dtstart, `RRULE:${rule}`);
        const whole = instancesOf(object, { start: null, end: null }).map(({ start }) => start);
        expect(whole).toEqual([...new Set(whole)].sort((a, b) => a - b));
        const from = whole[0]! + after * HOUR;
        const range = { start: from, end: from + hours * HOUR };
        const inside = whole.filter((start) => start >= range.start && start <= range.end);
        expect(instancesOf(object, range).map(({ start }) => start)).toEqual(inside);
      }),
      { numRuns: 150 },
    );
  });
});

const day = (n: number): string => formatDateTime(at('2026-03-20') + n * DAY, 'date');

/** Overrides of a series that begins on March 20, each of an occurrence of its own. */
const overrides = fc
  .uniqueArray(
    fc.record({
      of: fc.nat({ max: 9 }),
      to: fc.integer({ min: -5, max: 15 }),
      hour: fc.constantFrom('07', '09', '20'),
      length: fc.constantFrom('DURATION:PT1H', 'DURATION:P2D', 'X-NONE:1'),
      range: fc.constantFrom('', '', ';RANGE=THISANDFUTURE'),
    }),
    { maxLength: 3, selector: ({ of }) => of },
  )
  .map((list) =>
    list.map(({ of, to, hour, length, range }) => [
      `RECURRENCE-ID${range};TZID=Europe/Berlin:${day(of)}T090000`,
      `DTSTART;TZID=Europe/Berlin:${day(to)}T${hour}0000`,
      length,
    ]),
  );

describe('limit-recurrence-set', () => {
  it('leaves the instances of the range as they are', () => {
    const range = fc
      .record({
        from: fc.integer({ min: -6, max: 16 }),
        hour: fc.constantFrom(0, 6, 8, 19),
        hours: fc.integer({ min: 1, max: 60 }),
      })
      .map(({ from, hour, hours }) => {
        const start = at('2026-03-20') + from * DAY + hour * HOUR;
        return { start, end: start + hours * HOUR };
      });
    fc.assert(
      fc.property(fc.constantFrom('VEVENT', 'VTODO'), overrides, range, (kind, moved, window) => {
        const master = ['DTSTART;TZID=Europe/Berlin:20260320T090000', 'DURATION:PT2H', 'RRULE:FREQ=DAILY;COUNT=10'];
        const object = objectOf(...component(kind, ...master), ...moved.flatMap((lines) => component(kind, ...lines)));
        const children = limitRecurrenceSet(object, window, UTC);
        const left = calendarObjectOf(object.octets, { ...object.calendar, children });
        const told = (of: typeof object) =>
          instancesOf(of, window)
            .filter(({ component: teller, start, end }) => overlapOf(teller)(start, end, window.start, window.end))
            .map(({ start, end, recurrenceId }) => [start, end, recurrenceId].join(' '))
            .sort();
        expect(told(left)).toEqual(told(object));
      }),
      { numRuns: 300 },
    );
  });
});
