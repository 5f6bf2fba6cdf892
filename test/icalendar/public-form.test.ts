/** What strangers are shown of events that are private or confidential (RFC 5545 §3.8.1.3). */
import { describe, expect, test } from 'vitest';
import { publicForm } from '../../src/icalendar/public-form.ts';

const event = (...lines: string[]): string[] => [
  'BEGIN:VEVENT',
  'UID:u',
  'DTSTAMP:20260101T000000Z',
  'DTSTART;TZID=Europe/Berlin:20260701T100000',
  'DURATION:PT1H',
  ...lines,
  'END:VEVENT',
];
const calendar = (...lines: string[]): Buffer =>
  Buffer.from(['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//EN', ...lines, 'END:VCALENDAR', ''].join('\r\n'));
const shown = (...lines: string[]): string[] | undefined =>
  publicForm(calendar(...lines))
    ?.toString()
    .split('\r\n')
    .slice(3, -2);

describe('strangers are shown', () => {
  test('all of what is public or says nothing, octet for octet', () => {
    for (const lines of [event('SUMMARY:Fair'), event('SUMMARY:Fair', 'CLASS:PUBLIC'), event('X-CLASS:PRIVATE')]) {
      const octets = calendar(...lines);
      expect(publicForm(octets)).toBe(octets);
    }
  });

  test('nothing of what is private, or of a class that is not known, however it is written', () => {
    for (const line of [
      'CLASS:PRIVATE',
      'class;X-A=b: private',
      'CLASS:X-SECRET',
      'CLA\r\n SS:PRIVATE',
      'CLASS :PRIVATE',
      'a.CLASS:PRIVATE',
      'CLASS:PUBLIC\r\nCLASS:PRIVATE',
      'CLASS:PRI\r\n VATE',
    ])
      expect([line, shown(...event('SUMMARY:Doctor', line))]).toEqual([line, undefined]);
  });

  test('the time of what is confidential', () => {
    const secret = [
      'SUMMARY:Offer',
      'LOCATION:Bank',
      'ATTENDEE:mailto:a@b.c',
      'X-ALT-DESC:Offer',
      'CLASS:CONFIDENTIAL',
    ];
    const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', 'DESCRIPTION:Offer', 'TRIGGER:-PT5M', 'END:VALARM'];
    expect(shown(...event(...secret, 'RRULE:FREQ=DAILY;COUNT=2', 'TRANSP:OPAQUE', ...alarm))).toEqual(
      event('CLASS:CONFIDENTIAL', 'RRULE:FREQ=DAILY;COUNT=2', 'TRANSP:OPAQUE', 'SUMMARY:Busy'),
    );
  });

  test('the time of a private instance in a public series, and nothing of a public one in a private series', () => {
    const [series, moved] = [
      event('SUMMARY:Choir', 'RRULE:FREQ=WEEKLY'),
      ['RECURRENCE-ID;TZID=Europe/Berlin:20260708T100000', 'SUMMARY:Solo'],
    ];
    const kept = shown(...series, ...event(...moved, 'CLASS:PRIVATE'))!;
    expect(kept).toEqual([...series, ...event(moved[0]!, 'CLASS:PRIVATE', 'SUMMARY:Busy')]);
    expect(shown(...event('CLASS:PRIVATE', 'RRULE:FREQ=WEEKLY'), ...event(...moved))).toBeUndefined();
  });
});

describe('an instance that says nothing of its class', () => {
  const moved = ['RECURRENCE-ID;TZID=Europe/Berlin:20260708T100000', 'SUMMARY:Offer, moved'];

  test('is as confidential as its series (RFC 5545 §3.8.1.3)', () => {
    const series = event('CLASS:CONFIDENTIAL', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Offer');
    expect(shown(...series, ...event(...moved))).toEqual([
      ...event('CLASS:CONFIDENTIAL', 'RRULE:FREQ=WEEKLY', 'SUMMARY:Busy'),
      ...event(moved[0]!, 'SUMMARY:Busy'),
    ]);
  });

  test('is shown where its series is, and where it says itself that it is public', () => {
    expect(shown(...event('RRULE:FREQ=WEEKLY'), ...event(...moved, 'CLASS:PUBLIC'))).toContain('SUMMARY:Offer, moved');
    expect(shown(...event('CLASS:CONFIDENTIAL', 'RRULE:FREQ=WEEKLY'), ...event(...moved, 'CLASS:PUBLIC'))).toContain(
      'SUMMARY:Offer, moved',
    );
  });
});
