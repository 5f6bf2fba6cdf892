/** Instances of whole objects: RDATE, EXDATE, overrides, THISANDFUTURE, zones (RFC 5545 §3.8.4.4, §3.8.5). */
import { describe, expect, it } from 'vitest';
import type { CalendarObject } from '../../src/icalendar/calendar-object.ts';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { property } from '../../src/icalendar/component.ts';
import { DAY, dateTimeOf, formatDateTime } from '../../src/icalendar/date-time.ts';
import { type Instance, readInstances, type TimeRange } from '../../src/icalendar/instances.ts';
import { instancesTouching } from '../../src/icalendar/instances-in-range.ts';
import { splitCalendar } from '../../src/icalendar/split.ts';
import { instantOfDateTime, resolveTimeZone, UTC } from '../../src/icalendar/timezone.ts';
import { anEvent, at, component, fixture, objectOf } from './calendar-text.ts';
import { corpusBytes, corpusHas, expectedCases, hasCorpus, manifest } from './corpus.ts';

const ALL: TimeRange = { start: null, end: at('2100-01-01') };

function instances(object: CalendarObject, range = ALL): Instance[] {
  return [...instancesTouching(readInstances(object, UTC), range, { left: 5_000_000 })].sort(
    (a, b) => a.start - b.start,
  );
}

function starts(object: CalendarObject): string[] {
  return instances(object).map(({ start }) => new Date(start).toISOString().slice(0, 16));
}

const DAILY = ['DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z', 'RRULE:FREQ=DAILY;COUNT=4'];

const EVENTS: readonly { readonly why: string; readonly lines: readonly string[]; readonly days: readonly string[] }[] =
  [
    { why: 'a single event', lines: ['DTSTART:20260105T090000Z'], days: ['05T09:00'] },
    {
      why: 'EXDATE as the same instant in another zone',
      lines: [...DAILY, 'EXDATE;TZID=Europe/Berlin:20260106T100000'],
      days: ['05T09:00', '07T09:00', '08T09:00'],
    },
    {
      why: 'EXDATE as a date takes the day',
      lines: [...DAILY, 'EXDATE;VALUE=DATE:20260107'],
      days: ['05T09:00', '06T09:00', '08T09:00'],
    },
    {
      why: 'RDATE adds, repeats count once',
      lines: [...DAILY, 'RDATE:20260106T090000Z,20260107T200000Z'],
      days: ['05T09:00', '06T09:00', '07T09:00', '07T20:00', '08T09:00'],
    },
    {
      why: 'RDATE alone keeps DTSTART',
      lines: ['DTSTART:20260105T090000Z', 'RDATE:20260109T090000Z'],
      days: ['05T09:00', '09T09:00'],
    },
    {
      why: 'DTSTART counts also where the rule does not give it (RFC 5545 §3.8.5.3)',
      lines: ['DTSTART:20260106T090000Z', 'RRULE:FREQ=WEEKLY;BYDAY=TH;COUNT=2'],
      days: ['06T09:00', '08T09:00', '15T09:00'],
    },
    {
      why: 'EXRULE takes away what it gives (RFC 2445)',
      lines: [...DAILY, 'EXRULE:FREQ=DAILY;INTERVAL=2'],
      days: ['06T09:00', '08T09:00'],
    },
    {
      why: 'two rules are a union',
      lines: ['DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY;COUNT=2', 'RRULE:FREQ=WEEKLY;COUNT=2'],
      days: ['05T09:00', '06T09:00', '12T09:00'],
    },
    {
      why: 'UNTIL in UTC ends a local rule by instant',
      lines: ['DTSTART;TZID=America/New_York:20260105T200000', 'RRULE:FREQ=DAILY;UNTIL=20260107T010000Z'],
      days: ['06T01:00', '07T01:00'],
    },
    {
      why: 'EXDATE and RDATE without a zone are on the clock of DTSTART (RFC 5545 §3.8.5.1)',
      lines: [
        ...['DTSTART;TZID=America/New_York:20260105T200000', 'RRULE:FREQ=DAILY;COUNT=3'],
        ...['EXDATE:20260106T200000', 'RDATE:20260106T210000'],
      ],
      days: ['06T01:00', '07T02:00', '08T01:00'],
    },
    {
      why: 'UNTIL without Z west of Greenwich ends on the clock of DTSTART (RFC 5545 §3.3.10 forbids it)',
      lines: ['DTSTART;TZID=America/New_York:20260105T200000', 'RRULE:FREQ=DAILY;UNTIL=20260106T200000'],
      days: ['06T01:00', '07T01:00'],
    },
    {
      why: 'UNTIL without Z east of Greenwich ends as in UTC',
      lines: ['DTSTART;TZID=Asia/Tokyo:20260106T080000', 'RRULE:FREQ=DAILY;UNTIL=20260107T230000'],
      days: ['05T23:00', '06T23:00', '07T23:00'],
    },
  ];

describe('recurrence sets', () => {
  it.each(EVENTS)('$why', ({ lines, days }) => {
    expect(starts(anEvent(...lines))).toEqual(days.map((day) => `2026-01-${day}`));
  });

  it.each([
    ['DTEND', ['DTSTART;TZID=Europe/Brussels:20260105T180000', 'DTEND:20260105T190000']],
    ['DTSTART', ['DTSTART:20260105T180000', 'DTEND;TZID=Europe/Brussels:20260105T190000']],
  ])('read %s without a zone on the clock of the other edge (RFC 5545 §3.8.2.2)', (_, lines) => {
    const [{ start, end }] = instances(anEvent(...lines)) as [Instance];
    expect([start, end]).toEqual([at('2026-01-05T17:00Z'), at('2026-01-05T18:00Z')]);
  });

  it.each(['tzone://Microsoft/Utc', '"tzone://Microsoft/Utc"'])('know %s, as Exchange writes it', (zone) => {
    expect(starts(anEvent(`DTSTART;TZID=${zone}:20260105T090000`))).toEqual(['2026-01-05T09:00']);
  });

  it('keep the clock that only DTEND names in rules, too', () => {
    const lines = ['DTSTART:20260328T180000', 'DTEND;TZID=Europe/Brussels:20260328T190000', 'RRULE:FREQ=DAILY;COUNT=2'];
    expect(starts(anEvent(...lines))).toEqual(['2026-03-28T17:00', '2026-03-29T16:00']);
  });

  it('keep their local time across daylight saving', () => {
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20260328T100000', 'RRULE:FREQ=DAILY;COUNT=3');
    expect(starts(object)).toEqual(['2026-03-28T09:00', '2026-03-29T08:00', '2026-03-30T08:00']);
  });

  it('a time in the gap is placed with the offset before it, once (RFC 5545 §3.3.5)', () => {
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20260328T023000', 'RRULE:FREQ=DAILY;COUNT=3');
    expect(starts(object)).toEqual(['2026-03-28T01:30', '2026-03-29T01:30', '2026-03-30T00:30']);
  });

  it('times of the gap stand among those that the clock shows after it, each once (RFC 5545 §3.3.5)', () => {
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20260329T020000', 'RRULE:FREQ=HOURLY;BYMINUTE=0,45;COUNT=6');
    const found = ['2026-03-29T01:00', '2026-03-29T01:45', '2026-03-29T02:00', '2026-03-29T02:45'];
    expect(starts(object)).toEqual(found);
    const quarters = anEvent(
      'DTSTART;TZID=Europe/Berlin:20260329T014500',
      'RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=15,45;COUNT=7',
      'EXDATE;TZID=Europe/Berlin:20260329T031500',
    );
    const window = { start: at('2026-03-29T01:00Z'), end: at('2026-03-29T01:30Z') };
    expect(instances(quarters, window)).toEqual([]);
    expect(starts(quarters)).toEqual(['2026-03-29T00:45', '2026-03-29T01:45', '2026-03-29T23:15', '2026-03-29T23:45']);
  });

  it('lasts its exact DTEND or its nominal DURATION (RFC 5545 §3.8.5.3)', () => {
    const base = ['DTSTART;TZID=Europe/Berlin:20260328T120000', 'RRULE:FREQ=DAILY;COUNT=1'];
    const lengths = [['DTEND;TZID=Europe/Berlin:20260329T120000'], ['DURATION:P1D'], ['DURATION:PT24H']].map((end) => {
      const [instance] = instances(anEvent(...base, ...end));
      return (instance!.end - instance!.start) / 3_600_000;
    });
    expect(lengths).toEqual([23, 23, 24]);
  });

  it('an RDATE period has its own end', () => {
    const [, second] = instances(anEvent('DTSTART:20260105T090000Z', 'RDATE;VALUE=PERIOD:20260106T090000Z/PT3H'));
    expect(second!.end - second!.start).toBe(3 * 3_600_000);
  });

  it('an RDATE period says how long an instance lasts that a bare time names, too (RFC 5545 §3.8.5.3)', () => {
    const times = ['RDATE:20260106T090000Z', 'RDATE;VALUE=PERIOD:20260106T090000Z/PT3H,20260105T090000Z/PT2H'];
    const found = instances(anEvent('DTSTART:20260105T090000Z', 'DURATION:PT1H', ...times));
    expect(found.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([2, 3]);
  });
});

const master = component('VEVENT', 'DTSTART:20260105T090000Z', 'DTEND:20260105T100000Z', 'RRULE:FREQ=DAILY;COUNT=5');

describe('overrides', () => {
  it('replace the instance their RECURRENCE-ID names, in any zone', () => {
    const override = component('VEVENT', 'RECURRENCE-ID;TZID=Asia/Tokyo:20260106T180000', 'DTSTART:20260120T140000Z');
    expect(starts(objectOf(...master, ...override)).map((start) => start.slice(8))).toEqual([
      '05T09:00',
      '07T09:00',
      '08T09:00',
      '09T09:00',
      '20T14:00',
    ]);
  });

  it('replace it also without a zone, on the clock of DTSTART', () => {
    const zoned = component('VEVENT', 'DTSTART;TZID=Asia/Tokyo:20260105T090000', 'RRULE:FREQ=DAILY;COUNT=2');
    const override = component('VEVENT', 'RECURRENCE-ID:20260106T090000', 'DTSTART;TZID=Asia/Tokyo:20260106T120000');
    expect(starts(objectOf(...zoned, ...override))).toEqual(['2026-01-05T00:00', '2026-01-06T03:00']);
  });

  it('THISANDFUTURE moves and lengthens all later ones', () => {
    const override = component(
      'VEVENT',
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20260107T090000Z',
      'DTSTART:20260107T110000Z',
      'DTEND:20260107T130000Z',
    );
    const found = instances(objectOf(...master, ...override));
    expect(found.map(({ start }) => new Date(start).getUTCHours())).toEqual([9, 9, 11, 11, 11]);
    expect(found.map(({ start, end }) => (end - start) / 3_600_000)).toEqual([1, 1, 2, 2, 2]);
  });

  it('THISANDFUTURE that turns times into dates, or dates into times, keeps the days of the series', () => {
    const evening = component('VEVENT', 'DTSTART;TZID=America/New_York:20261028T210000', 'RRULE:FREQ=DAILY;COUNT=7');
    const wholeDay = component(
      'VEVENT',
      'RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=America/New_York:20261029T210000',
      'DTSTART;VALUE=DATE:20261030',
    );
    const found = instances(objectOf(...evening, ...wholeDay)).map(({ start }) => formatDateTime(start, 'local'));
    expect(found).toEqual([
      '20261029T010000',
      ...['30', '31'].map((day) => `202610${day}T000000`),
      ...['01', '02', '03', '04'].map((day) => `202611${day}T000000`),
    ]);
    const days = component('VEVENT', 'DTSTART;VALUE=DATE:20261029', 'RRULE:FREQ=DAILY;COUNT=5');
    const atNine = component(
      'VEVENT',
      'RECURRENCE-ID;RANGE=THISANDFUTURE;VALUE=DATE:20261030',
      'DTSTART;TZID=America/New_York:20261030T090000',
    );
    const later = starts(objectOf(...days, ...atNine)).slice(1);
    expect(later).toEqual(['2026-10-30T13:00', '2026-10-31T13:00', '2026-11-01T14:00', '2026-11-02T14:00']);
  });

  it('stand alone without a master', () => {
    expect(starts(anEvent('RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T100000Z'))).toEqual(['2026-01-06T10:00']);
  });

  it('of the same instance: the higher SEQUENCE counts', () => {
    const first = component('VEVENT', 'RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T120000Z', 'SEQUENCE:3');
    const second = component('VEVENT', 'RECURRENCE-ID:20260106T090000Z', 'DTSTART:20260106T150000Z', 'SEQUENCE:2');
    expect(starts(objectOf(...master, ...first, ...second))).toContain('2026-01-06T12:00');
    expect(starts(objectOf(...master, ...first, ...second))).toHaveLength(5);
  });

  it('work in a zone only the object knows', () => {
    expect(starts(readCalendarObject(fixture('weekly-meeting.ics')))).toEqual([
      '2026-03-02T09:00',
      '2026-03-09T09:00',
      '2026-03-24T14:00',
      '2026-03-30T08:00',
      '2026-04-06T08:00',
      '2026-04-13T08:00',
      '2026-04-20T08:00',
    ]);
  });
});

describe('windows', () => {
  it('find long instances that began before, and THISANDFUTURE instances moved into them', () => {
    const override = component(
      'VEVENT',
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20260107T090000Z',
      'DTSTART:20260207T090000Z',
      'DTEND:20260217T090000Z',
    );
    const range = { start: at('2026-02-18'), end: at('2026-02-19') };
    const found = instances(objectOf(...master, ...override), range);
    expect(found.map(({ recurrenceId }) => new Date(recurrenceId!).getUTCDate())).toEqual([8, 9]);
  });

  it('far from the start cost a few steps', () => {
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20000103T090000', 'RRULE:FREQ=HOURLY');
    const range = { start: at('2020-01-06'), end: at('2020-01-07') };
    expect([...instancesTouching(readInstances(object, UTC), range, { left: 1000 })]).toHaveLength(25);
  });
});

interface EventsCase {
  readonly file: string;
  readonly n: number;
  readonly instances: readonly string[];
}

/**
 * RFC 5545 §3.8.5.3 counts DTSTART in although UNTIL lies before it; a globally unique TZID names the IANA zone (§3.8.3.1);
 * an UNTIL without Z beside a zone, which §3.3.10 forbids, loses no occurrence on either reading.
 */
const EXPLAINED = [
  'UntilRespectsTimezoneTest.ics',
  'Until_TestCase02.ics',
  'rrule-until-before-start.ics',
  'tz-x-lic-location.ics',
];

/** VEVENT starts in the 732 days from the earliest DTSTART of a file, formatted as the table has them. */
function eventStarts(file: string): string[] {
  const objects: CalendarObject[] = [];
  for (const part of splitCalendar(corpusBytes(file), { newUid: () => 'none' }))
    if (part.kind === 'VEVENT') objects.push(readCalendarObject(part.octets));
  const first = Math.min(
    ...objects.flatMap((object) =>
      object.calendar.children.flatMap((child) => {
        const start = child.name === 'VEVENT' ? dateTimeOf(property(child, 'DTSTART')) : undefined;
        return start ? [instantOfDateTime(start, { embedded: object.timezones, floating: UTC })] : [];
      }),
    ),
  );
  const found = objects.flatMap((object) =>
    instances(object, { start: first, end: first + 732 * DAY })
      .filter(({ start }) => start >= first && start < first + 732 * DAY)
      .map((instance) => formatInstance(object, instance)),
  );
  return found.sort();
}

function formatInstance(object: CalendarObject, { component: told, start, isDate }: Instance): string {
  const value = dateTimeOf(property(told, 'DTSTART'));
  const known = value?.isUtc || (value?.tzid !== undefined && resolveTimeZone(value.tzid, object.timezones));
  return formatDateTime(start, isDate ? 'date' : known ? 'utc' : 'local');
}

describe.runIf(hasCorpus)('tables of other engines', () => {
  it('agrees with two engines on the events of real files, but for what RFC 5545 says otherwise', () => {
    const wrong = expectedCases<EventsCase>('events-two-engines-agree.json').filter(({ file, n, instances: want }) => {
      const got = eventStarts(file);
      return got.length !== n || got.slice(0, 100).join() !== want.join();
    });
    expect(wrong.map(({ file }) => file.split('/').at(-1))).toEqual(EXPLAINED);
  });

  interface Fact {
    readonly name: string;
    readonly first_instances?: readonly string[];
    readonly first_instances_any_of?: readonly (readonly string[])[];
  }

  it('gives the first instances the own facts demand', () => {
    const wrong = expectedCases<Fact>('own-facts.json').filter(({ name, first_instances, first_instances_any_of }) => {
      const allowed = first_instances_any_of ?? [first_instances!];
      const object = readCalendarObject(corpusBytes(`hostile/files/${name}`));
      const got = instances(object, { start: null, end: at('2040-01-01') }).map(({ start }) =>
        formatDateTime(start, 'utc'),
      );
      return !allowed.some((want) => got.slice(0, Math.max(want.length, 1)).join() === want.join());
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  /** Series with a stray RECURRENCE-ID: one instance by RFC 5545 §3.8.4.4. Three files KDE reads as an old KOrganizer meant them. */
  const READ_OTHERWISE = [
    ...['ConnectDaily10', 'ConnectDaily2', 'ConnectDaily3', 'ConnectDaily5', 'ConnectDaily7'],
    ...['KOrganizer_Test01', 'KOrganizer_Test10', 'KOrganizer_Test13'],
  ];

  it('occurs on the dates KDE recorded, but where RFC 5545 says otherwise', () => {
    const files = manifest()
      .map(({ file }) => file)
      .filter((file) => corpusHas(`${file}.recurson.ref`));
    const wrong = files.filter((file) => {
      const want = corpusBytes(`${file}.recurson.ref`).toString().split('\n').filter(Boolean);
      const part = splitCalendar(corpusBytes(file), { newUid: () => 'none' }).next().value!;
      const found = instances(readCalendarObject(part.octets), { start: null, end: at('2021-01-01') - 1 });
      const dates = [...new Set(found.map(({ start }) => new Date(start).toISOString().slice(0, 10)))].sort();
      return (want.length === 501 ? dates.slice(0, 501) : dates).join() !== want.join();
    });
    expect(files.length).toBeGreaterThan(50);
    expect(wrong.map((file) => file.split('/').at(-1)!.replace('.ics', '')).sort()).toEqual(READ_OTHERWISE);
  });
});
