/** Laws of the expander: windows, counts, bounds, and a second implementation. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DAY, parseDateTime } from '../../../src/icalendar/date-time.ts';
import { expandRule, tallyRule } from '../../../src/icalendar/recurrence/expand.ts';
import { FREQUENCIES, parseRule } from '../../../src/icalendar/recurrence/rule.ts';
import { scanEveryMoment } from './scan-every-day.ts';

const WEEKDAYS = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const HUGE = { left: 20_000_000 };

function some(values: readonly (number | string)[]): fc.Arbitrary<string | undefined> {
  return fc.option(
    fc.uniqueArray(fc.constantFrom(...values), { minLength: 1, maxLength: 3 }).map((list) => list.join(',')),
    { nil: undefined, freq: 3 },
  );
}

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

const signed = (most: number): number[] => [...range(1, most), ...range(1, most).map((n) => -n)];

const SHORT = ['HOURLY', 'MINUTELY', 'SECONDLY'];

/** Rules of all frequencies and parts; BYWEEKNO and ordinals only where RFC 5545 allows them. */
function ruleOf(frequencies: readonly string[]): fc.Arbitrary<string> {
  return fc
    .record({
      FREQ: fc.constantFrom(...frequencies),
      INTERVAL: fc.constantFrom(1, 1, 2, 3, 5),
      WKST: fc.constantFrom(...WEEKDAYS),
      BYMONTH: some(range(1, 12)),
      BYMONTHDAY: some(signed(31)),
      BYYEARDAY: some([1, 59, 60, 61, 200, 365, 366, -1, -60, -366]),
      BYWEEKNO: some([1, 2, 20, 52, 53, -1, -53]),
      BYDAY: some(WEEKDAYS),
      ordinal: fc.constantFrom('', '', '1', '2', '-1', '5', '-5'),
      BYHOUR: some(range(0, 23)),
      BYMINUTE: some([0, 15, 30, 59]),
      BYSECOND: some([0, 10, 59]),
      BYSETPOS: some([1, 2, 3, -1, -2]),
    })
    .map(({ ordinal, ...parts }) => {
      const yearly = parts.FREQ === 'YEARLY';
      const written: Record<string, string | number | undefined> = { ...parts };
      if (!yearly) written.BYWEEKNO = undefined;
      // A day limit would leave next to nothing to compare in two days of seconds.
      if (SHORT.includes(parts.FREQ))
        Object.assign(written, { BYMONTH: undefined, BYMONTHDAY: undefined, BYYEARDAY: undefined });
      if (written.BYWEEKNO) written.INTERVAL = 1;
      if (parts.FREQ === 'WEEKLY' || parts.FREQ === 'MONTHLY') written.BYYEARDAY = undefined;
      if (parts.FREQ === 'WEEKLY') written.BYMONTHDAY = undefined;
      if (written.BYDAY && (parts.FREQ === 'MONTHLY' || (yearly && !written.BYWEEKNO)))
        written.BYDAY = String(written.BYDAY).replace(/\b[A-Z]/g, (letter) => ordinal + letter);
      const entries = Object.entries(written).filter(([, value]) => value !== undefined);
      return entries.map(([name, value]) => `${name}=${value}`).join(';');
    });
}

const anyStart = fc
  .integer({ min: Date.UTC(1996, 0, 1) / 1000, max: Date.UTC(2004, 0, 1) / 1000 })
  .map((second) => ({ wall: second * 1000, isDate: false }));

const anyRule = ruleOf(FREQUENCIES);

function lines(walls: Iterable<number>): string[] {
  return [...walls].map((wall) => new Date(wall).toISOString());
}

describe('against a second implementation (RFC 5545 §3.3.10)', () => {
  it('finds what asking every day of three years finds, for YEARLY to DAILY', () => {
    const long = ruleOf(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY']);
    fc.assert(
      fc.property(long, anyStart, (text, start) => {
        const rule = parseRule(text);
        const to = start.wall + 3 * 366 * DAY;
        expect(lines(expandRule(rule, start, { to, budget: { ...HUGE } }))).toEqual(
          lines(scanEveryMoment(rule, start.wall, to)),
        );
      }),
      { numRuns: 100 },
    );
  });

  it('finds what asking every second of two days finds, for HOURLY to SECONDLY', () => {
    const short = ruleOf(SHORT);
    fc.assert(
      fc.property(short, anyStart, (text, start) => {
        const rule = parseRule(text);
        const to = start.wall + 2 * DAY;
        expect(lines(expandRule(rule, start, { to, budget: { ...HUGE } }))).toEqual(
          lines(scanEveryMoment(rule, start.wall, to)),
        );
      }),
      { numRuns: 60 },
    );
  });
});

describe('windows', () => {
  it('a window gives the slice of the whole, with and without COUNT', () => {
    const count = fc.option(fc.integer({ min: 1, max: 3000 }), { nil: undefined });
    const window = fc.record({ after: fc.integer({ min: -50, max: 900 }), days: fc.integer({ min: 0, max: 60 }) });
    fc.assert(
      fc.property(
        ruleOf(['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY']),
        anyStart,
        count,
        window,
        (text, start, n, { after, days }) => {
          const rule = { ...parseRule(text), count: n };
          const from = start.wall + after * DAY;
          const to = from + days * DAY;
          const whole = [...expandRule(rule, start, { to, budget: { ...HUGE } })];
          expect([...expandRule(rule, start, { from, to, budget: { ...HUGE } })]).toEqual(
            whole.filter((wall) => wall >= from),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it('a tally is the number of occurrences in a window and the last of them, with and without COUNT', () => {
    const count = fc.option(fc.integer({ min: 1, max: 500 }), { nil: undefined });
    const window = fc.record({ after: fc.integer({ min: -50, max: 400 }), hours: fc.integer({ min: 0, max: 900 }) });
    fc.assert(
      fc.property(anyRule, anyStart, count, window, (text, start, n, { after, hours }) => {
        const rule = { ...parseRule(text), count: n };
        const from = start.wall + after * DAY;
        const to = from + hours * 3_600_000;
        const sought = { from, to: SHORT.includes(rule.frequency) ? Math.min(to, from + DAY / 12) : to };
        const walls = [...expandRule(rule, start, { ...sought, budget: { ...HUGE } })];
        const tally = tallyRule(rule, start, { ...sought, budget: { ...HUGE } });
        expect(tally).toEqual({ count: walls.length, last: walls.at(-1) });
      }),
      { numRuns: 150 },
    );
  });

  it('a tally costs periods, not occurrences', () => {
    const start = { wall: Date.UTC(2026, 0, 5), isDate: false };
    const budget = { left: 30_000 };
    const rule = parseRule('FREQ=SECONDLY;COUNT=1000000');
    expect(tallyRule(rule, start, { budget })).toEqual({ count: 1_000_000, last: start.wall + 999_999_000 });
    expect(budget.left).toBeGreaterThan(0);
  });

  it('counted rules without limits skip to far windows exactly', () => {
    const rules = fc.record({
      text: fc.constantFrom(
        'FREQ=DAILY;INTERVAL=3;BYHOUR=6,18',
        'FREQ=HOURLY;INTERVAL=4',
        'FREQ=WEEKLY;BYDAY=MO,WE,SU',
        'FREQ=MINUTELY;INTERVAL=90;BYHOUR=3,4',
        'FREQ=DAILY;BYHOUR=1,2,3;BYSETPOS=-1',
      ),
      count: fc.integer({ min: 1, max: 4000 }),
      after: fc.integer({ min: 0, max: 700 }),
    });
    fc.assert(
      fc.property(rules, anyStart, ({ text, count, after }, start) => {
        const rule = { ...parseRule(text), count };
        const from = start.wall + after * DAY;
        const to = from + 30 * DAY;
        const whole = [...expandRule(rule, start, { budget: { ...HUGE } })].filter(
          (wall) => wall >= from && wall <= to,
        );
        expect([...expandRule(rule, start, { from, to, budget: { ...HUGE } })]).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });

  it.each(['DAILY', 'HOURLY', 'SECONDLY'])('a %s rule reaches a week twenty years on in a few steps', (frequency) => {
    const start = { wall: Date.UTC(2000, 0, 3, 9), isDate: false };
    const from = Date.UTC(2020, 0, 6);
    const budget = { left: 30_000 };
    const walls = expandRule(parseRule(`FREQ=${frequency}`), start, { from, to: from + 7 * DAY, budget });
    expect(walls.next().value).toBe(from + (frequency === 'DAILY' ? 9 * 3_600_000 : 0));
  });
});

const list = (from: number, to: number): string => range(from, to).join(',');

/** Rules that keep other engines busy for seconds or for ever. */
const HOSTILE = [
  'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30',
  'FREQ=DAILY;INTERVAL=999999999',
  'FREQ=MINUTELY;INTERVAL=1440;BYHOUR=5',
  'FREQ=SECONDLY;INTERVAL=86400;BYSECOND=5',
  'FREQ=SECONDLY;INTERVAL=7;BYHOUR=5;BYMINUTE=3;BYSECOND=59;BYYEARDAY=366',
  `FREQ=YEARLY;BYMONTH=${list(1, 12)};BYMONTHDAY=${list(1, 31)};BYHOUR=${list(0, 23)};BYMINUTE=${list(0, 59)};BYSECOND=${list(0, 59)};BYSETPOS=366`,
  `FREQ=YEARLY;BYYEARDAY=${list(1, 366)};BYDAY=1MO;BYMONTHDAY=31;BYMONTH=4`,
  `FREQ=SECONDLY;BYSECOND=${list(0, 59)};BYMINUTE=${list(0, 59)};BYHOUR=${list(0, 23)};BYSETPOS=2`,
  'RSCALE=CHINESE;FREQ=MONTHLY;BYMONTHDAY=31',
  'RSCALE=HEBREW;FREQ=DAILY;BYMONTH=13',
  'FREQ=DAILY;BYWEEKNO=53;BYMONTH=6',
];

describe('bounds', () => {
  it.each(HOSTILE)(
    '%s ends by itself or is cut with max-instances',
    (text) => {
      const start = parseDateTime('20260105T090000')!;
      const run = (): number => {
        let count = 0;
        for (const _ of expandRule(parseRule(text), start)) count++;
        return count;
      };
      let outcome: unknown;
      try {
        outcome = run();
      } catch (error) {
        outcome = error;
      }
      if (typeof outcome !== 'number') expect(outcome).toMatchObject({ code: 'max-instances' });
    },
    5000,
  );

  it('never takes more steps than the budget, whatever the rule', () => {
    fc.assert(
      fc.property(anyRule, anyStart, (text, start) => {
        const budget = { left: 3000 };
        let count = 0;
        try {
          for (const _ of expandRule(parseRule(text), start, { budget })) count++;
        } catch (error) {
          expect(error).toMatchObject({ code: 'max-instances' });
        }
        expect(count).toBeLessThanOrEqual(3000);
      }),
    );
  });
});

describe('reading rules', () => {
  it.each([
    '',
    'COUNT=3',
    'FREQ=FORTNIGHTLY',
    'FREQ=DAILY;INTERVAL=-1',
    'FREQ=DAILY;COUNT=-2',
    'FREQ=DAILY;BYHOUR=24',
    'FREQ=WEEKLY;BYDAY=XX',
    'FREQ=MONTHLY;BYMONTHDAY=0',
    'FREQ=DAILY;CONSTRUCTOR=1',
    'FREQ=DAILY;UNTIL=20260230',
    'FREQ',
    'FREQ=;COUNT=3',
  ])('refuses "%s" with valid-calendar-data', (text) => {
    expect(() => parseRule(text)).toThrow(expect.objectContaining({ code: 'valid-calendar-data' }));
  });

  it.each([
    ...['freq=daily;count=2', 'COUNT=2;FREQ=DAILY', ' FREQ = DAILY ; COUNT = 2 ;', 'FREQ=DAILY;COUNT=2;X-OWN=1'],
    ...['FREQ=DAILY;BYDAY=;UNTIL=;COUNT=2', 'FREQ=DAILY;TZID=Europe/Vienna;COUNT=2'],
  ])('reads "%s"', (text) => {
    expect(parseRule(text)).toMatchObject({ frequency: 'DAILY', count: 2, until: undefined });
  });

  it.each(['COUNT=0', 'COUNT=-1'])(
    'takes INTERVAL=0 for 1 and %s for no count, as those mean it that write it',
    (count) => {
      const rule = parseRule(`FREQ=YEARLY;INTERVAL=0;${count};UNTIL=20270105`);
      expect(lines(expandRule(rule, parseDateTime('20260105')!)).map((line) => line.slice(0, 4))).toEqual([
        '2026',
        '2027',
      ]);
    },
  );

  it('passes over BYYEARDAY beside BYMONTHDAY in a monthly rule, where RFC 5545 §3.3.10 forbids it', () => {
    const rule = parseRule('FREQ=MONTHLY;BYYEARDAY=-1;BYMONTHDAY=-1;COUNT=3');
    const days = lines(expandRule(rule, parseDateTime('20260131')!)).map((line) => line.slice(0, 10));
    expect(days).toEqual(['2026-01-31', '2026-02-28', '2026-03-31']);
  });

  it('names the calendar scales it cannot count in (RFC 7529 §10)', () => {
    const start = parseDateTime('20260105')!;
    expect(() => [...expandRule(parseRule('RSCALE=RUSSIAN;FREQ=YEARLY'), start)]).toThrow(
      expect.objectContaining({ code: 'supported-rscale' }),
    );
  });
});
