/** calendar-data in reports: partial retrieval, expand, limit-recurrence-set, limit-freebusy-set (RFC 4791 §9.6, RFC 7809 §3.1.3). */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarObject, itemsOf, readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { property } from '../../src/icalendar/component.ts';
import { ianaZone } from '../../src/icalendar/iana-zones.ts';
import { type CalendarDataRequest, projectCalendarData } from '../../src/icalendar/project.ts';
import { UTC } from '../../src/icalendar/timezone.ts';
import { anEvent, at, component, fixture, objectOf } from './calendar-text.ts';

const meeting = readCalendarObject(fixture('weekly-meeting.ics'));

function project(object: CalendarObject, request: CalendarDataRequest, limit?: number): string {
  return projectCalendarData(object, request, UTC, limit).toString();
}

/** `NAME:value` of the given properties, one line for each component. */
function told(text: string, ...names: readonly string[]): string[] {
  const object = readCalendarObject(Buffer.from(text));
  expect(object.faults).toEqual([]);
  return object.calendar.children.map((child) => names.map((name) => property(child, name)?.value ?? '-').join(' '));
}

describe('partial retrieval (RFC 4791 §9.6.1 to §9.6.4)', () => {
  it('asked for nothing in particular gives the stored octets', () => {
    expect(projectCalendarData(meeting, {}, UTC)).toBe(meeting.octets);
  });

  it('asked for everything gives every line byte for byte', () => {
    const all = project(meeting, { selection: { name: 'VCALENDAR', properties: 'all', components: 'all' } });
    expect(all).toBe(meeting.octets.toString());
  });

  it('gives the chosen properties of the chosen components, without value where that is asked', () => {
    const properties = [
      { name: 'SUMMARY', noValue: false },
      { name: 'LOCATION', noValue: true },
    ];
    const selection = {
      name: 'VCALENDAR',
      properties: [{ name: 'VERSION', noValue: false }],
      components: [{ name: 'VEVENT', properties, components: [] }],
    };
    expect(project(meeting, { selection }).split('\r\n')).toEqual([
      ...['BEGIN:VCALENDAR', 'VERSION:2.0', 'BEGIN:VEVENT', 'SUMMARY:Planning', 'LOCATION;LANGUAGE=en:', 'END:VEVENT'],
      ...['BEGIN:VEVENT', 'SUMMARY:Planning (moved)', 'END:VEVENT', 'END:VCALENDAR', ''],
    ]);
  });
});

describe('expand (RFC 4791 §9.6.5)', () => {
  it('writes each instance in UTC with its RECURRENCE-ID, without rules and zones', () => {
    const text = project(meeting, { expand: { start: at('2026-03-09'), end: at('2026-03-31') } });
    expect(told(text, 'DTSTART', 'DTEND', 'RECURRENCE-ID', 'SUMMARY')).toEqual([
      '20260309T090000Z 20260309T100000Z 20260309T090000Z Planning',
      '20260324T140000Z 20260324T150000Z 20260323T090000Z Planning (moved)',
      '20260330T080000Z 20260330T090000Z 20260330T080000Z Planning',
    ]);
    expect(text).not.toMatch(/RRULE|EXDATE|VTIMEZONE|TZID/);
    expect(text).toContain('X-OWN-THING;X-PARAM="a;b":kept\r\n');
  });

  it('leaves dates and floating times what they are, and gives no RECURRENCE-ID to a single event', () => {
    const range = { start: at('2026-01-05'), end: at('2026-01-08') };
    const daily = anEvent('DTSTART;VALUE=DATE:20260105', 'RRULE:FREQ=DAILY;COUNT=2');
    expect(told(project(daily, { expand: range }), 'DTSTART', 'RECURRENCE-ID')).toEqual([
      '20260105 20260105',
      '20260106 20260106',
    ]);
    const floating = anEvent('DTSTART:20260106T090000', 'DURATION:PT1H');
    const text = projectCalendarData(floating, { expand: range }, ianaZone('Asia/Tokyo')!).toString();
    expect(told(text, 'DTSTART', 'DURATION', 'RECURRENCE-ID')).toEqual(['20260106T090000 PT1H -']);
  });

  it('writes both ends in UTC when only one of them names its zone (RFC 5545 §3.8.2.2)', () => {
    const range = { start: at('2026-01-05'), end: at('2026-01-08') };
    const ends = anEvent('DTSTART:20260106T180000', 'DTEND;TZID=Europe/Brussels:20260106T190000');
    const starts = anEvent('DTSTART;TZID=Europe/Brussels:20260106T180000', 'DTEND:20260106T190000');
    for (const object of [ends, starts])
      expect(told(project(object, { expand: range }), 'DTSTART', 'DTEND')).toEqual([
        '20260106T170000Z 20260106T180000Z',
      ]);
  });

  it('leaves no zone in alarms either, since none is defined any more', () => {
    const alarm = [
      'BEGIN:VALARM',
      'ACTION:DISPLAY',
      'TRIGGER;VALUE=DATE-TIME;TZID=Europe/Berlin:20260328T113000',
      'END:VALARM',
    ];
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20260328T120000', 'DURATION:PT1H', ...alarm);
    const text = project(object, { expand: { start: at('2026-03-28'), end: at('2026-03-30') } });
    expect(text).toContain('TRIGGER;VALUE=DATE-TIME:20260328T103000Z\r\n');
    expect(text).not.toContain('TZID');
  });

  it('turns a nominal DURATION that UTC cannot say into an end', () => {
    const object = anEvent('DTSTART;TZID=Europe/Berlin:20260328T120000', 'DURATION:P1D');
    const text = project(object, { expand: { start: at('2026-03-28'), end: at('2026-03-30') } });
    expect(told(text, 'DTSTART', 'DTEND', 'DURATION')).toEqual(['20260328T110000Z 20260329T100000Z -']);
  });

  it('takes a midnight for a day that says VALUE=DATE, but for a time beside a start with one', () => {
    const range = { start: at('2026-01-05'), end: at('2026-01-09') };
    const days = anEvent('DTSTART;VALUE=DATE:20260106T000000', 'DTEND;VALUE=DATE:20260107T000000');
    expect(told(project(days, { expand: range }), 'DTSTART', 'DTEND')).toEqual(['20260106 20260107']);
    const night = anEvent('DTSTART;TZID=Europe/Berlin:20260106T200000', 'DTEND;VALUE=DATE:20260107T000000');
    expect(told(project(night, { expand: range }), 'DTSTART', 'DTEND')).toEqual(['20260106T190000Z 20260106T230000Z']);
  });

  it('says start and end once, however often they are written', () => {
    const [start, end] = ['DTSTART:20260328T120000Z', 'DTEND:20260328T130000Z'];
    for (const lines of [
      [start, end, 'DURATION:PT2H'],
      [start, start, end, end],
    ]) {
      const text = project(anEvent(...lines), { expand: { start: at('2026-03-28'), end: at('2026-03-30') } });
      expect(text.match(/^(DTSTART|DTEND|DURATION):/gm)).toEqual(['DTSTART:', 'DTEND:']);
    }
  });

  it('keeps a to-do without dates', () => {
    for (const lines of [[], ['DTSTART:', 'DUE:']]) {
      const object = objectOf(...component('VTODO', ...lines, 'SUMMARY:some day'));
      expect(told(project(object, { expand: { start: 0, end: 1 } }), 'SUMMARY')).toEqual(['some day']);
    }
  });

  it.each(['FREQ=SECONDLY', 'FREQ=MINUTELY;BYHOUR=0,1,2,3,4', 'FREQ=SECONDLY\r\nEXDATE:20260302T090000Z'])(
    'refuses a week of "%s" twenty years on: more than one answer can hold',
    (rule) => {
      const object = objectOf(...component('VEVENT', 'DTSTART:20260302T090000Z', ...`RRULE:${rule}`.split('\r\n')));
      const expand = { start: at('2046-03-05'), end: at('2046-05-12') };
      expect(() => project(object, { expand }, 100_000)).toThrow(expect.objectContaining({ code: 'max-instances' }));
    },
  );

  it('writes ten thousand instances, and no more than eight megabytes of them', () => {
    const lines = ['DTSTART:20260302T090000Z', 'RRULE:FREQ=HOURLY;COUNT=10000'];
    const expand = { start: at('2026-03-01'), end: at('2028-03-01') };
    const written = project(objectOf(...component('VEVENT', ...lines)), { expand }, 100_000);
    expect(written.match(/^BEGIN:VEVENT/gm)).toHaveLength(10_000);
    const long = objectOf(...component('VEVENT', ...lines, `DESCRIPTION:${'long '.repeat(400)}`));
    expect(() => project(long, { expand }, 100_000)).toThrow(expect.objectContaining({ code: 'max-instances' }));
  });

  it('stops with max-instances', () => {
    const object = anEvent('DTSTART:20260105T090000Z', 'RRULE:FREQ=SECONDLY');
    const expand = { start: at('2026-01-05'), end: at('2026-01-06') };
    expect(() => project(object, { expand }, 100)).toThrow(expect.objectContaining({ code: 'max-instances' }));
  });

  it('over two halves of a range gives what the whole range gives', () => {
    const days = fc.integer({ min: 0, max: 60 });
    fc.assert(
      fc.property(days, days, days, (a, b, c) => {
        const [first, middle, last] = [a, b, c]
          .sort((x, y) => x - y)
          .map((day) => at('2026-02-25') + day * 86_400_000) as [number, number, number];
        const ids = (start: number, end: number): string[] =>
          end > start ? told(project(meeting, { expand: { start, end } }), 'RECURRENCE-ID') : [];
        expect(new Set([...ids(first, middle), ...ids(middle, last)])).toEqual(new Set(ids(first, last)));
      }),
    );
  });
});

describe('limits', () => {
  const names = (text: string): string[] =>
    itemsOf(readCalendarObject(Buffer.from(text))).map((item) => property(item, 'SUMMARY')!.value);

  it.each([
    ['where the override lies', '2026-03-24', '2026-03-25', 2],
    ['where the instance was that it replaces', '2026-03-23', '2026-03-24', 2],
    ['elsewhere', '2026-03-01', '2026-03-10', 1],
  ])('limit-recurrence-set %s (RFC 4791 §9.6.6)', (_, start, end, count) => {
    const text = project(meeting, { limitRecurrenceSet: { start: at(start), end: at(end) } });
    expect(names(text)).toHaveLength(count);
    expect(text).toContain('RRULE:FREQ=WEEKLY;COUNT=8\r\n');
  });

  it('limit-recurrence-set keeps THISANDFUTURE before the range', () => {
    const master = component('VEVENT', 'DTSTART:20260105T090000Z', 'RRULE:FREQ=DAILY', 'SUMMARY:a');
    const override = component(
      'VEVENT',
      'RECURRENCE-ID;RANGE=THISANDFUTURE:20260107T090000Z',
      'DTSTART:20260107T110000Z',
      'SUMMARY:b',
    );
    const limit = (start: string, end: string) => ({ limitRecurrenceSet: { start: at(start), end: at(end) } });
    expect(names(project(objectOf(...master, ...override), limit('2026-02-01', '2026-02-02')))).toEqual(['a', 'b']);
    expect(names(project(objectOf(...master, ...override), limit('2026-01-01', '2026-01-06')))).toEqual(['a']);
  });

  it('limit-freebusy-set keeps the periods that touch the range (RFC 4791 §9.6.7)', () => {
    const object = objectOf(
      ...component(
        'VFREEBUSY',
        'FREEBUSY;FBTYPE=BUSY:20260105T090000Z/PT1H,20260107T090000Z/PT1H',
        'FREEBUSY:20260109T090000Z/PT1H',
        'FREEBUSY;FBTYPE=FREE:20260104T230000Z/PT1H,20260106T000000Z/PT1H',
      ),
    );
    // half-open: what ends where the range begins, or begins where it ends, does not touch it
    const text = project(object, { limitFreeBusySet: { start: at('2026-01-05'), end: at('2026-01-06') } });
    expect(text.split('\r\n').filter((line) => line.startsWith('FREEBUSY'))).toEqual([
      'FREEBUSY;FBTYPE=BUSY:20260105T090000Z/PT1H',
    ]);
  });

  it('leaves out the VTIMEZONEs of IANA zones when none are wanted, never one that only the object knows (RFC 7809 §3.1.3)', () => {
    const zone = (id: string): string[] => ['BEGIN:VTIMEZONE', `TZID:${id}`, 'END:VTIMEZONE'];
    const object = objectOf(...zone('Europe/Berlin'), ...zone('Office Time'), ...component('VEVENT'));
    const text = project(object, { timezones: false });
    expect(text).not.toContain('TZID:Europe/Berlin');
    expect(text).toContain('TZID:Office Time');
  });
});
