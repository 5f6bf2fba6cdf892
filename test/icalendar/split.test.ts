/** Import and export: a stream to objects, and objects to one stream. */
import { describe, expect, it } from 'vitest';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { type SplitPart, splitCalendar } from '../../src/icalendar/split.ts';
import { validateCalendarObject } from '../../src/icalendar/validate.ts';
import { calendarText, fixture } from './calendar-text.ts';
import { corpusBytes, hasCorpus, manifest } from './corpus.ts';

function split(octets: Buffer): SplitPart[] {
  let count = 0;
  return [...splitCalendar(octets, { newUid: () => `made-${++count}` })];
}

const event = (uid: string, ...lines: readonly string[]): string[] => [
  'BEGIN:VEVENT',
  `UID:${uid}`,
  'DTSTART:20260105T090000Z',
  ...lines,
  'END:VEVENT',
];

describe('splitting', () => {
  it('puts master and overrides of a UID together, in order of first appearance', () => {
    const parts = split(calendarText(...event('b'), ...event('a'), ...event('b', 'RECURRENCE-ID:20260106T090000Z')));
    expect(parts.map(({ uid, number }) => [uid, number])).toEqual([
      ['b', 4],
      ['a', 8],
    ]);
    expect(readCalendarObject(parts[0]!.octets).overrides).toHaveLength(1);
  });

  it('leaves an object that stands alone as it was, octet for octet', () => {
    const octets = fixture('weekly-meeting.ics');
    expect(split(octets)[0]!.octets.equals(octets)).toBe(true);
  });

  it('gives each object only the time zones it names, from wherever in the file they stand', () => {
    const zone = (id: string): string[] => ['BEGIN:VTIMEZONE', `TZID:${id}`, 'END:VTIMEZONE'];
    const text = calendarText(...event('a', 'X-AT;TZID=Two:20260101T000000'), ...zone('One'), ...zone('Two'));
    const [part] = split(text);
    expect(part!.octets.toString()).toContain('TZID:Two');
    expect(part!.octets.toString()).not.toContain('TZID:One');
  });

  it('leaves METHOD out, keeps the other header lines, adds a missing VERSION', () => {
    const text = [
      'BEGIN:VCALENDAR',
      'METHOD:PUBLISH',
      'X-WR-CALNAME:Holi',
      ' days',
      ...event('a'),
      'END:VCALENDAR',
    ].join('\n');
    const [part] = split(Buffer.from(text));
    expect(part!.octets.toString()).toMatch(
      /^BEGIN:VCALENDAR\r\nVERSION:2\.0\r\nPRODID:.*\r\nX-WR-CALNAME:Holi\n days\nBEGIN:VEVENT/,
    );
    validateCalendarObject(part!.octets);
  });

  it('gives a component without UID one of its own, also where the UID is empty or an alarm has one', () => {
    const text = calendarText(
      'BEGIN:VEVENT',
      'BEGIN:VALARM',
      'UID:alarm',
      'END:VALARM',
      'END:VEVENT',
      ...event(''),
      ...event('c'),
    );
    expect(split(text).map(({ uid }) => uid)).toEqual(['made-1', 'made-2', 'c']);
    for (const { octets, uid } of split(text)) expect(validateCalendarObject(octets).uid).toBe(uid);
  });

  it('keeps kinds apart and drops a component that comes twice', () => {
    const text = calendarText(...event('a'), ...event('a'), 'BEGIN:VTODO', 'UID:a', 'END:VTODO');
    expect(
      split(text).map(({ kind, octets }) => [kind, octets.toString().match(/BEGIN:V(EVENT|TODO)/g)!.length]),
    ).toEqual([
      ['VEVENT', 1],
      ['VTODO', 1],
    ]);
  });

  it('hands out what is cut off, to be refused by name', () => {
    const parts = split(calendarText(...event('a'), ...event('b')).subarray(0, -35));
    expect(parts.map(({ uid }) => uid)).toEqual(['a', 'b']);
    expect(() => validateCalendarObject(parts[1]!.octets)).toThrow(/no END|closes/);
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['a page', Buffer.from('<html>BEGIN:VEVENT</html>')],
    ['no component', calendarText()],
  ])('refuses %s', (_, octets) => {
    expect(() => split(octets)).toThrow(expect.objectContaining({ code: 'valid-calendar-data' }));
  });

  it('takes files joined end to end, with a byte order mark and blank lines', () => {
    const octets = Buffer.concat([
      Buffer.from('\ufeff\r\n'),
      calendarText(...event('a')),
      Buffer.from('\r\n'),
      calendarText(...event('b')),
    ]);
    expect(split(octets).map(({ uid }) => uid)).toEqual(['a', 'b']);
  });
});

describe.runIf(hasCorpus)('the corpus', () => {
  it('every legal file comes back as one object with the same components', () => {
    const legal = manifest().filter(
      ({ kind, expected }) => kind === 'ical' && expected.parse === 'ok' && !expected.put_constraints_broken?.length,
    );
    const wrong = legal.filter(({ file }) => {
      const octets = corpusBytes(file);
      const whole = readCalendarObject(octets);
      const parts = split(octets);
      const texts = whole.calendar.children
        .filter(({ name }) => name !== 'VTIMEZONE')
        .map(({ start, end }) => octets.toString('latin1', start, end).trimEnd());
      const all = parts.map((part) => part.octets.toString('latin1')).join('');
      return texts.some(
        (text) =>
          !all.includes(text) &&
          whole.calendar.children.every((child) => child.lines.some((property) => property.name === 'UID')),
      );
    });
    expect(wrong.map(({ file }) => file)).toEqual([]);
  });

  it('no hostile calendar file makes it fail otherwise than by name', () => {
    for (const { file, kind } of manifest().filter(({ kind: known }) =>
      ['ical', 'fuzz', 'vtimezone'].includes(known),
    )) {
      try {
        split(corpusBytes(file));
      } catch (error) {
        expect(error, `${kind} ${file}`).toMatchObject({ code: 'valid-calendar-data' });
      }
    }
  });
});
