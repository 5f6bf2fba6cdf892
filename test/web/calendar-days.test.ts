/** Days, weeks and months of the calendar page. */
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { CalendarEvent } from '../../src/api/contract/events.ts';
import {
  addDays,
  addMonths,
  eventsByDay,
  isDay,
  midnight,
  spanOf,
  weeksOfMonth,
} from '../../src/web/pages/calendar/days.ts';

const anyDay = fc
  .date({ min: new Date('1100-01-01'), max: new Date('2900-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the weeks of a month', () => {
  it('are whole, in order, begin on the first weekday, and hold each day of the month once', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 7 }), (day, firstWeekday) => {
        const weeks = weeksOfMonth(day, firstWeekday);
        const days = weeks.flat();
        expect(days).toEqual([...new Set(days)].sort());
        for (const week of weeks) {
          expect(week).toHaveLength(7);
          expect(new Date(`${week[0]}T00:00Z`).getUTCDay() || 7).toBe(firstWeekday);
        }
        const month = days.filter((each) => each.startsWith(day.slice(0, 7)));
        const [year, at] = day.split('-').map(Number);
        expect(month).toHaveLength(new Date(Date.UTC(year!, at!, 0)).getUTCDate());
      }),
    );
  });
});

describe('going from month to month', () => {
  it('stays on the day, or on the last one that the month has', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28');
    expect(addMonths('2028-03-31', -1)).toBe('2028-02-29');
    expect(addMonths('2026-12-15', 1)).toBe('2027-01-15');
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -30, max: 30 }), (day, count) => {
        const there = addMonths(day, count);
        expect(isDay(there)).toBe(true);
        expect(addMonths(there, -count).slice(0, 7)).toBe(day.slice(0, 7));
        expect(addDays(addDays(day, count), -count)).toBe(day);
      }),
    );
  });

  it('takes no text for a day that is none', () => {
    for (const text of ['', 'new', '2026-02-30', '2026-6-1', '0000-01-01', '2026-06-15T00:00'])
      expect(isDay(text)).toBe(false);
  });
});

describe('events of the days', () => {
  const event = (start: string, end: string, allDay = false): CalendarEvent => ({
    objectId: start,
    collectionId: '',
    summary: '',
    location: '',
    description: '',
    recurs: false,
    status: null,
    start,
    end,
    allDay,
  });
  const days = ['2026-06-14', '2026-06-15', '2026-06-16'];
  const found = (...events: CalendarEvent[]) => [...eventsByDay(events, days).keys()].sort();

  it('are on each day that they last, the end left out', () => {
    expect(found(event('2026-06-14', '2026-06-16', true))).toEqual(['2026-06-14', '2026-06-15']);
    expect(found(event('2026-06-15', '2026-06-15', true))).toEqual(['2026-06-15']);
    const local = (day: string, hour: number) => new Date(`${day}T${String(hour).padStart(2, '0')}:00`).toISOString();
    expect(found(event(local('2026-06-14', 22), local('2026-06-15', 0)))).toEqual(['2026-06-14']);
    expect(found(event(local('2026-06-14', 22), local('2026-06-15', 1)))).toEqual(['2026-06-14', '2026-06-15']);
    expect(found(event(local('2026-06-16', 0), local('2026-06-16', 0)))).toEqual(['2026-06-16']);
  });

  it.each(['Europe/Zurich', 'America/Los_Angeles', 'Pacific/Auckland', 'Asia/Kolkata'])(
    'are the days of the clock in %s, also where it is put forward or back',
    (zone) => {
      vi.stubEnv('TZ', zone);
      // the two days of Europe's changes, and the two of California's and New Zealand's
      for (const day of ['2026-03-29', '2026-10-25', '2026-03-08', '2026-11-01', '2026-04-05', '2026-09-27']) {
        const [before, after] = [addDays(day, -1), addDays(day, 1)];
        expect(new Date(midnight(day)).getHours()).toBe(0);
        const within = { ...event(midnight(day), midnight(after)) };
        expect([...eventsByDay([within], [before, day, after]).keys()]).toEqual([day]);
        expect(spanOf(event(midnight(before), midnight(addDays(after, 1))))).toEqual([before, after]);
        expect(spanOf(event(day, after, true))).toEqual([day, day]);
      }
      vi.unstubAllEnvs();
    },
  );
});
