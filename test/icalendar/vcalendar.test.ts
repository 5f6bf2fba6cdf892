/** vCalendar 1.0 becomes iCalendar 2.0 on import. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { readContentLines } from '../../src/contentline/read.ts';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { readInstances } from '../../src/icalendar/instances.ts';
import { instancesTouching } from '../../src/icalendar/instances-in-range.ts';
import { UTC } from '../../src/icalendar/timezone.ts';
import { validateCalendarObject } from '../../src/icalendar/validate.ts';
import { upgradeCalendar } from '../../src/icalendar/vcalendar/upgrade.ts';
import { at } from './calendar-text.ts';

const old = (...lines: readonly string[]) => calendar([], ...lines);
const calendar = (header: readonly string[], ...lines: readonly string[]): Buffer =>
  Buffer.from(
    ['BEGIN:VCALENDAR', 'VERSION:1.0', 'PRODID:-//Old//EN', ...header, 'BEGIN:VEVENT', 'UID:1']
      .concat(lines, 'END:VEVENT', 'END:VCALENDAR', '')
      .join('\r\n'),
  );
const START = 'DTSTART:20260115T090000Z';

/** Its unfolded lines, those that every result has left out. */
function upgraded(octets: Buffer): string[] {
  const lines = readContentLines(upgradeCalendar(octets)).map(
    ({ name, params, value }) =>
      `${[name, ...params.map((p) => `${p.name}=${p.values.join(',')}`)].join(';')}:${value}`,
  );
  return lines.filter((line) => !/^(BEGIN:V(CAL|EV)|END:V(CAL|EV)|VERSION|PRODID|UID|DTSTAMP)/.test(line));
}

const starts = (octets: Buffer, from: string, to: string): string[] => {
  const instances = readInstances(validateCalendarObject(upgradeCalendar(octets)), UTC);
  return [...instancesTouching(instances, { start: at(from), end: at(to) })].map(({ start }) =>
    new Date(start).toISOString().slice(0, 16),
  );
};

describe('rules of vCalendar 1.0', () => {
  it.each([
    ['D1 #10', 'FREQ=DAILY;COUNT=10'],
    ['D2 #0', 'FREQ=DAILY;INTERVAL=2'],
    ['D1', 'FREQ=DAILY;COUNT=2'],
    ['D1 0600 0900 #4', 'FREQ=DAILY;COUNT=4;BYHOUR=6,9;BYMINUTE=0'],
    ['W1 MO WE 20260301T000000Z', 'FREQ=WEEKLY;UNTIL=20260301T000000Z;BYDAY=MO,WE'],
    ['W2 TU TH #27', 'FREQ=WEEKLY;INTERVAL=2;COUNT=27;BYDAY=TU,TH'],
    ['W1 20260301', 'FREQ=WEEKLY;UNTIL=20260301T235959Z'],
    ['MP1 1+ SU #5', 'FREQ=MONTHLY;COUNT=5;BYDAY=1SU'],
    ['MP6 1+ MO 2- WE TH #0', 'FREQ=MONTHLY;INTERVAL=6;BYDAY=1MO,-2WE,-2TH'],
    ['MP1 1+ 2+ TU WE #5', 'FREQ=MONTHLY;COUNT=5;BYDAY=1TU,2TU,1WE,2WE'],
    ['MP1 #3', 'FREQ=MONTHLY;COUNT=3;BYDAY=3TH'],
    ['MD1 1 10- LD #0', 'FREQ=MONTHLY;BYMONTHDAY=1,-10,-1'],
    ['YM1 6 7 #8', 'FREQ=YEARLY;COUNT=8;BYMONTH=6,7'],
    ['YD5 1 100 200 #5', 'FREQ=YEARLY;INTERVAL=5;COUNT=5;BYYEARDAY=1,100,200'],
    ['YD1 #0', 'FREQ=YEARLY;BYYEARDAY=15'],
  ])('%s is %s', (rule, expected) => {
    expect(upgraded(old(START, `RRULE:${rule}`))).toContain(`RRULE:${expected}`);
  });

  it.each(['YM1 6 #10 MP1 1+ SU #1', 'D1 0600 0930 #4', 'X1 #1', 'W1 1+ MO', 'MP1 6+ MO', 'MD1 32', 'D99999', ''])(
    'refuses what has no equal: "%s"',
    (rule) => {
      expect(() => upgradeCalendar(old(START, `RRULE:${rule}`))).toThrow(/cannot be put into iCalendar/);
    },
  );

  it('an end is written in the form of DTSTART (RFC 5545 §3.3.10)', () => {
    const until = (start: string, end: string) =>
      upgraded(old(start, `RRULE:D1 ${end}`)).find((line) => /UNTIL/.test(line));
    expect(until('DTSTART:20260115T090000', '20260301T000000Z')).toContain('UNTIL=20260301T000000;'.slice(0, -1));
    expect(until('DTSTART:20260115', '20260301T120000')).toBe('RRULE:FREQ=DAILY;UNTIL=20260301');
  });
});

describe('properties of vCalendar 1.0', () => {
  it('text in quoted-printable and old charsets becomes escaped UTF-8', () => {
    const lines = upgraded(
      old(
        START,
        'SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=ISO-8859-1:Caf=E9, 10 =',
        'Uhr\\; C:\\dir',
        'DESCRIPTION;QUOTED-PRINTABLE:one=0D=0Atwo',
        'CATEGORIES:WORK;TRAVEL',
        'TRANSP:1',
        'STATUS:NEEDS ACTION',
      ),
    );
    expect(lines).toEqual([
      'DTSTART:20260115T090000Z',
      'SUMMARY:Café\\, 10 Uhr\\; C:\\\\dir',
      'DESCRIPTION:one\\ntwo',
      'CATEGORIES:WORK,TRAVEL',
      'TRANSP:TRANSPARENT',
      'X-VCALENDAR-STATUS:NEEDS ACTION',
    ]);
  });

  it('lists of dates, attendees and attachments are put into the words of RFC 5545, the rest is kept under an X- name', () => {
    const lines = upgraded(
      old(
        'DTSTART:2026-01-15',
        'EXDATE:20260116T090000Z;20260117T090000Z',
        'ATTENDEE;ROLE=ORGANIZER:Ann Example <ann@example.org>',
        'ATTENDEE;STATUS=NEEDS ACTION;RSVP=YES;EXPECT=REQUIRE:bob@example.org',
        'ATTENDEE:Somebody',
        'ATTACH;VALUE=URL:https://example.org/a.pdf',
        'ATTACH;VALUE=CONTENT-ID:<part1@x>',
        'X-PALM:1',
        'PRIORITY:5',
      ),
    );
    expect(lines).toEqual([
      'DTSTART;VALUE=DATE:20260115',
      'EXDATE:20260116T090000Z,20260117T090000Z',
      'ORGANIZER;CN=Ann Example:mailto:ann@example.org',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE:mailto:bob@example.org',
      'X-VCALENDAR-ATTENDEE:Somebody',
      'ATTACH:https://example.org/a.pdf',
      'X-VCALENDAR-ATTACH;VALUE=CONTENT-ID:<part1@x>',
      'X-PALM:1',
      'PRIORITY:5',
    ]);
  });

  it('alarms become VALARMs that move with their component (RFC 5545 §3.6.6)', () => {
    const alarms = upgraded(
      old(
        START,
        'SUMMARY:Meet',
        'AALARM;TYPE=WAVE;VALUE=URL:20260115T084500Z;PT5M;2;file:///bell.wav',
        'DALARM:20260114T090000Z;;;Tomorrow',
        'MALARM:20260115T091500Z;;;ann@example.org;Now',
        'DALARM:never',
      ),
    );
    expect(alarms.slice(2)).toEqual([
      'X-VCALENDAR-DALARM:never',
      ...['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT15M', 'REPEAT:2', 'DURATION:PT5M', 'ATTACH:file:///bell.wav'],
      ...['END:VALARM', 'BEGIN:VALARM', 'ACTION:DISPLAY', 'TRIGGER:-P1D', 'DESCRIPTION:Tomorrow', 'END:VALARM'],
      ...['BEGIN:VALARM', 'ACTION:EMAIL', 'TRIGGER:PT15M', 'SUMMARY:Meet', 'DESCRIPTION:Now'],
      ...['ATTENDEE:mailto:ann@example.org', 'END:VALARM'],
    ]);
  });
});

describe('an attendee of vCalendar 1.0', () => {
  const attendees = (value: string) =>
    upgradeCalendar(old(START, `ATTENDEE:${value}`))
      .toString()
      .replace(/\r\n /g, '')
      .split('\r\n')
      .filter((line) => line.includes('ATTENDEE'));

  it('has its name with or without quotes', () => {
    expect(attendees('"Ann Example" <ann@example.org>')).toEqual(['ATTENDEE;CN=Ann Example:mailto:ann@example.org']);
    expect(attendees('Ann  <ann@example.org>')).toEqual(['ATTENDEE;CN=Ann:mailto:ann@example.org']);
    expect(attendees('<ann@example.org>')).toEqual(['ATTENDEE:mailto:ann@example.org']);
  });

  it('is read at once, however many spaces stand in it', () => {
    const began = performance.now();
    expect(attendees(`Ann${' '.repeat(200_000)}Example`)).toHaveLength(1);
    // a pattern that tried each space took a quarter of a minute
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});

describe('TZ and DAYLIGHT of vCalendar 1.0', () => {
  const NEW_YORK = ['TZ:-05', 'DAYLIGHT:TRUE;-04;20260308T020000;20261101T020000;EST;EDT'];

  it('place local times, by the rule of the last period also in later years', () => {
    const octets = calendar(NEW_YORK, 'DTSTART:20260115T090000', 'RRULE:MD1 15 #0');
    expect(starts(octets, '2026-01-01', '2026-08-01').filter((start) => /-(01|07)-/.test(start))).toEqual([
      '2026-01-15T14:00',
      '2026-07-15T13:00',
    ]);
    expect(starts(octets, '2031-03-01', '2031-05-01')).toEqual(['2031-03-15T13:00', '2031-04-15T13:00']);
    expect(starts(octets, '2031-11-01', '2031-12-01')).toEqual(['2031-11-15T14:00']);
  });

  it('DAYLIGHT:FALSE is a fixed offset; a bare TZ says too little, such times float', () => {
    const time = 'DTSTART:20260715T090000';
    expect(starts(calendar(['TZ:+05:30', 'DAYLIGHT:FALSE'], time), '2026-07-01', '2026-08-01')).toEqual([
      '2026-07-15T03:30',
    ]);
    expect(upgraded(calendar(['TZ:+01'], time))).toEqual([time]);
  });

  it('leave no zone behind where no time needs one', () => {
    expect(upgraded(calendar(NEW_YORK, START))).toEqual([START]);
  });
});

it('iCalendar 2.0 comes back as it is, and an upgraded object is a legal one with the same octets each time', () => {
  const octets = old(START, 'SUMMARY:x');
  const once = upgradeCalendar(octets);
  expect(upgradeCalendar(once)).toBe(once);
  expect(upgradeCalendar(octets)).toEqual(once);
  expect(validateCalendarObject(once).uid).toBe('1');
  const telling = Buffer.from(once.toString().replace('SUMMARY:x', 'SUMMARY:We still have VERSION:1.0'));
  expect(upgradeCalendar(telling)).toBe(telling);
});

const CORPUS = path.resolve(import.meta.dirname, '../../../shared/corpus/data/KDE+kcalendarcore/autotests/data');
describe.skipIf(!existsSync(CORPUS))('files of the corpus', () => {
  const folder = path.join(CORPUS, 'vCalendar-libicalV4');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.vcs')) : [];
  it.each(files)('%s has the times that KDE reads in it', (name) => {
    const object = (octets: Buffer) => readCalendarObject(octets).master!.lines;
    const lines = (octets: Buffer) =>
      object(octets).flatMap(({ name: property, value }) =>
        /^(DTSTART|DTEND|SUMMARY|ORGANIZER|CREATED|LAST-MODIFIED|TRANSP)$/.test(property)
          ? [`${property}:${value.toLowerCase()}`]
          : [],
      );
    const parts = (octets: Buffer) =>
      object(octets)
        .find((line) => line.name === 'RRULE')
        ?.value.split(';')
        .sort();
    const reference = readFileSync(path.join(CORPUS, 'vCalendar', `${name}.ical.ref`));
    const result = upgradeCalendar(readFileSync(path.join(folder, name)));
    expect(lines(result).sort()).toEqual(lines(reference).sort());
    expect(parts(result)).toEqual(parts(reference));
    validateCalendarObject(result);
  });
});
