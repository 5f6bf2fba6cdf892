/** The component tree over content lines (RFC 5545 §3.4). */
import { describe, expect, it } from 'vitest';
import { readContentLines } from '../../src/contentline/read.ts';
import { readCalendarObject } from '../../src/icalendar/calendar-object.ts';
import { childrenNamed, MAX_DEPTH, properties, property, readComponents } from '../../src/icalendar/component.ts';
import { fixture } from './calendar-text.ts';

function tree(...lines: readonly string[]) {
  return readComponents(readContentLines(Buffer.from(lines.join('\r\n'))));
}

describe('components', () => {
  it('know their lines, their children and their octets', () => {
    const octets = fixture('weekly-meeting.ics');
    const { calendar, master, overrides, timezones, uid, kind } = readCalendarObject(octets);
    expect(calendar.children.map(({ name }) => name)).toEqual(['VTIMEZONE', 'VEVENT', 'VEVENT']);
    expect([kind, uid, timezones.length, overrides.length]).toEqual(['VEVENT', 'weekly-meeting@example.org', 1, 1]);
    expect(property(master!, 'SUMMARY')?.value).toBe('Planning');
    expect(properties(master!, 'DESCRIPTION')).toEqual([]);
    expect(childrenNamed(master!, 'VALARM')).toHaveLength(1);
    const text = octets.toString('utf8', master!.start, master!.end);
    expect(text.startsWith('BEGIN:VEVENT\r\n') && text.endsWith('END:VEVENT\r\n')).toBe(true);
  });

  it('begin and end in any letter case', () => {
    const { roots, faults } = tree('begin:vcalendar', 'BEGIN:VEvent', 'UID:a', 'end:vevent', 'End: VCALENDAR ');
    expect(faults).toEqual([]);
    expect(roots.map(({ name, children }) => [name, children[0]?.name])).toEqual([['VCALENDAR', 'VEVENT']]);
  });

  it('are no object of any kind where there are none', () => {
    expect(readCalendarObject(Buffer.from('BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n')).kind).toBe('');
  });

  it.each([
    ['an END without BEGIN', ['BEGIN:A', 'END:A', 'END:B'], 3],
    ['a missing END', ['BEGIN:A', 'X:1'], 1],
    ['crossed pairs', ['BEGIN:A', 'BEGIN:B', 'END:A', 'END:B'], 3],
    ['a line outside', ['BEGIN:A', 'END:A', 'X:1'], 3],
  ])('say on which line there is %s', (_, lines, number) => {
    expect(tree(...lines).faults[0]?.number).toBe(number);
  });

  it('nested too deep are a fault, not a crash', () => {
    const depth = 100_000;
    const { roots, faults } = readComponents(
      readContentLines(Buffer.from('BEGIN:A\n'.repeat(depth) + 'END:A\n'.repeat(depth))),
    );
    expect(faults).toEqual([{ number: MAX_DEPTH + 1, message: `components nested deeper than ${MAX_DEPTH} levels` }]);
    expect(roots).toHaveLength(1);
  });
});
