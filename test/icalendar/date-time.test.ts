/** Dates, date-times, durations and periods as numbers (RFC 5545 §3.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContentLine } from '../../src/contentline/parse-line.ts';
import {
  formatDateTime,
  formatDuration,
  parseDateTime,
  parseDuration,
  periodsOf,
} from '../../src/icalendar/date-time.ts';
import { at } from './calendar-text.ts';

describe('dates and times (RFC 5545 §3.3.4, §3.3.5)', () => {
  it.each([
    ['20260105', at('2026-01-05')],
    ['20260105T093000', at('2026-01-05T09:30Z')],
    [' 20260105t093000z ', at('2026-01-05T09:30Z')],
    ['20160229', at('2016-02-29')],
    ['20260105T093000.123Z', at('2026-01-05T09:30Z')],
    ['20260105T093000123', at('2026-01-05T09:30Z')],
    ['20161231T235960Z', at('2016-12-31T23:59Z') + 59_000],
    ['20260105T240000', at('2026-01-06')],
    ['00010101', at('0001-01-01')],
  ])('%s is read', (text, wall) => {
    expect(parseDateTime(text)?.wall).toBe(wall);
  });

  it.each([
    '',
    '2026',
    '20260230',
    '20261301',
    '20260105T250000',
    '20260105T240001',
    '20260105T093000+0200',
    '2026-01-05',
    'garbage',
    '20260105Z',
  ])('"%s" is no date', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  it('are written as they are read', () => {
    const wall = fc
      .integer({ min: Date.UTC(1, 0, 1) / 1000 + 63_000_000, max: Date.UTC(9999, 11, 31) / 1000 })
      .map((second) => second * 1000);
    fc.assert(
      fc.property(wall, fc.constantFrom('local' as const, 'utc' as const), (time, form) => {
        const read = parseDateTime(formatDateTime(time, form), 'Europe/Berlin')!;
        expect(read).toEqual({
          wall: time,
          isDate: false,
          isUtc: form === 'utc',
          tzid: form === 'utc' ? undefined : 'Europe/Berlin',
        });
      }),
    );
  });
});

describe('durations (RFC 5545 §3.3.6)', () => {
  it.each([
    ['P1W', 7, 0],
    ['P1DT2H', 1, 7_200_000],
    ['-PT15M', 0, -900_000],
    ['+PT5S', 0, 5000],
    ['P', 0, 0],
    ['PT', 0, 0],
    ['PT2D', 2, 0],
    ['-PT1W', -7, 0],
    ['P3600S', 0, 3_600_000],
    ['-P2H', 0, -7_200_000],
    ['P90M', 0, 5_400_000],
  ])('%s', (text, days, exact) => {
    expect(parseDuration(text)).toEqual({ days, exact });
  });

  it.each(['', '1H', 'P1Y', 'P1D30M', 'PT1', 'P99999999999999D'])('"%s" is none', (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });

  it('are written as they are read', () => {
    const part = fc.record({ sign: fc.constantFrom(1, -1), days: fc.nat(500), seconds: fc.nat(200_000) });
    fc.assert(
      fc.property(part, ({ sign, days, seconds }) => {
        const duration = { days: sign * days || 0, exact: sign * seconds * 1000 || 0 };
        expect(parseDuration(formatDuration(duration))).toEqual(duration);
      }),
    );
  });
});

it('lists of dates and periods skip what cannot be read (RFC 5545 §3.8.5.2)', () => {
  const line = parseContentLine('RDATE:20260105T090000Z,junk,20260106T090000Z/PT1H,20260107T090000Z/x');
  expect(periodsOf(line)).toHaveLength(2);
});
