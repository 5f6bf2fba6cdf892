/** Names of zones, conversions, embedded VTIMEZONEs, and the VTIMEZONE of an IANA zone. */
import fc from 'fast-check';
import ICAL from 'ical.js';
import { describe, expect, it } from 'vitest';
import { readContentLines } from '../../src/contentline/read.ts';
import { childrenNamed, readComponents } from '../../src/icalendar/component.ts';
import { ianaZone } from '../../src/icalendar/iana-zones.ts';
import { resolveTimeZone, timeZoneOfText, zoneOfTzid } from '../../src/icalendar/timezone.ts';
import { writeTimeZone } from '../../src/icalendar/timezone-text.ts';
import { offsetIn } from '../../src/icalendar/transitions.ts';
import { readTransitions } from '../../src/icalendar/vtimezone.ts';
import { WINDOWS_ZONES } from '../../src/icalendar/windows-zones.ts';
import { at, calendarText } from './calendar-text.ts';

/** A wall time (`2026-01-05T09:00:00`) in a zone, as ical.js holds it. */
function clockOf(wall: string, zone: ICAL.Timezone): ICAL.Time {
  const time = ICAL.Time.fromDateTimeString(wall);
  time.zone = zone;
  return time;
}

const HOUR = 3_600_000;
const zones = Intl.supportedValuesOf('timeZone');
const anyZone = fc.constantFrom(...zones);
const anyTime = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2100, 0, 1) });

/** An instant within some hours of the next change of the zone, or just any. */
const nearChange = fc
  .tuple(anyZone, anyTime, fc.integer({ min: -30, max: 30 }), fc.boolean())
  .map(([zone, time, minutes, near]) => {
    const next = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).getTimeZoneTransition('next');
    return { zone, time: near && next ? next.epochMilliseconds + minutes * 10 * 60_000 : time };
  });

describe('IANA zones', () => {
  it('give the offset that Temporal gives, for all zones from 1970 to 2100', () => {
    fc.assert(
      fc.property(nearChange, ({ zone, time }) => {
        const expected = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO(zone).offsetNanoseconds / 1e6;
        expect(ianaZone(zone)!.offsetAt(time)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('place a wall time as Temporal does: the first of two, the offset before a gap (RFC 5545 §3.3.5)', () => {
    fc.assert(
      fc.property(nearChange, ({ zone, time }) => {
        const wall = Temporal.Instant.fromEpochMilliseconds(time).toZonedDateTimeISO('UTC').toPlainDateTime();
        const expected = wall.toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(ianaZone(zone)!.toInstant(time)).toBe(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it('reads 02:30 in the spring gap of Berlin as 01:30Z', () => {
    expect(ianaZone('Europe/Berlin')!.toInstant(at('2026-03-29T02:30Z'))).toBe(at('2026-03-29T01:30Z'));
  });
});

const NAMES: readonly (readonly [string, string | undefined])[] = [
  ['Europe/Berlin', 'Europe/Berlin'],
  ['europe/berlin', 'Europe/Berlin'],
  ['W. Europe Standard Time', 'Europe/Berlin'],
  ['/freeassociation.sourceforge.net/Europe/Berlin', 'Europe/Berlin'],
  ['/freeassociation.sourceforge.net/Tzfile/Europe/Berlin', 'Europe/Berlin'],
  ['/citadel.org/20190914_1/America/Argentina/Buenos_Aires', 'America/Argentina/Buenos_Aires'],
  ['/mozilla.org/20050126_1/UTC', 'UTC'],
  ['tzone://Microsoft/Utc', 'UTC'],
  ['../../etc/passwd', undefined],
  ['constructor', undefined],
  ['__proto__', undefined],
  ['Customized Time Zone', undefined],
  ['', undefined],
];

describe('TZID names', () => {
  it.each(NAMES)('%s means %s', (tzid, id) => {
    expect(resolveTimeZone(tzid)?.id).toBe(id);
  });

  it.each([
    ['GMT-0400', '16:00'],
    ['UTC+5:30', '06:30'],
    ['utc+2', '10:00'],
  ])('%s without a definition is the offset it says: noon there is %sZ', (tzid, utc) => {
    expect(zoneOfTzid(tzid, [])?.toInstant(at('2026-01-01T12:00Z'))).toBe(at(`2026-01-01T${utc}Z`));
  });

  it.each(['GMT+0195', 'UTC+15', 'GMT', 'UTC-4h'])('%s says none', (tzid) => {
    expect(zoneOfTzid(tzid, [])?.id).toBe(resolveTimeZone(tzid)?.id);
  });

  it('every Windows name leads to a zone that exists', () => {
    const lost = Object.entries(WINDOWS_ZONES).filter(([, iana]) => !ianaZone(iana));
    expect(lost).toEqual([]);
  });
});

const odd = (...observance: readonly string[]): string[] => [
  'BEGIN:VTIMEZONE',
  'TZID:Odd\\, Place',
  'BEGIN:STANDARD',
  ...observance,
  'END:STANDARD',
  'END:VTIMEZONE',
];

describe('embedded VTIMEZONE (RFC 5545 §3.6.5)', () => {
  it('serves a name nobody knows, commas in it unescaped', () => {
    const text = calendarText(...odd('DTSTART:19700101T000000', 'TZOFFSETFROM:+0545', 'TZOFFSETTO:+0545')).toString();
    expect(timeZoneOfText(text)?.toInstant(at('2026-01-01T12:00Z'))).toBe(at('2026-01-01T06:15Z'));
  });

  it.each([
    [
      'a rule for every second since 1601',
      ['DTSTART:16010101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=SECONDLY'],
    ],
    [
      'a rule that cannot be read',
      ['DTSTART:16010101T000000', 'TZOFFSETFROM:+0100', 'TZOFFSETTO:+0200', 'RRULE:FREQ=NEVER'],
    ],
  ])('is bounded for %s', (_, lines) => {
    const zone = timeZoneOfText(calendarText(...odd(...lines)).toString());
    expect(zone?.offsetAt(at('2026-01-01'))).toBe(2 * HOUR);
  });

  it('without a readable observance is no zone', () => {
    expect(
      timeZoneOfText(calendarText(...odd('DTSTART:19700101T000000', 'TZOFFSETTO:+9999')).toString()),
    ).toBeUndefined();
  });

  it('of every IANA zone, as written here, reads back to the same offsets until 2050', () => {
    const wrong = zones.filter((id) => {
      const root = readComponents(readContentLines(Buffer.from(writeTimeZone(id)!))).roots[0]!;
      const table = readTransitions(root)!;
      const zone = ianaZone(id)!;
      for (let time = 0; time < Date.UTC(2050, 0, 1); time += 5 * 24 * HOUR + HOUR)
        if (offsetIn(table, time) !== zone.offsetAt(time)) return true;
      return false;
    });
    expect(wrong).toEqual([]);
  });

  it.each([
    ['Asia/Jerusalem', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=23,24,25,26,27,28,29;BYDAY=FR'],
    ['America/Santiago', 'FREQ=YEARLY;BYMONTH=9;BYMONTHDAY=2,3,4,5,6,7,8;BYDAY=SU'],
    ['America/Nuuk', 'FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=24,25,26,27,28,29,30;BYDAY=SA'],
  ])('of %s, whose clocks change on a weekday after a day of the month, has no end', (id, rule) => {
    const text = writeTimeZone(id)!;
    expect(text).toContain(`RRULE:${rule}\r\n`);
    const table = readTransitions(readComponents(readContentLines(Buffer.from(text))).roots[0]!)!;
    const zone = ianaZone(id)!;
    for (let time = Date.UTC(2049, 0, 1); time < Date.UTC(2100, 0, 1); time += 2 * 24 * HOUR + HOUR)
      expect(offsetIn(table, time)).toBe(zone.offsetAt(time));
  });

  it('is read by ical.js as it is meant, the first of listed changes, too', () => {
    const wrong = ['America/Nuuk', 'Europe/Berlin', 'Africa/Cairo', 'America/Indiana/Knox', 'Asia/Gaza'].filter(
      (id) => {
        const zone = ianaZone(id)!;
        const read = new ICAL.Timezone(new ICAL.Component(ICAL.parse(writeTimeZone(id)!)));
        const { instants } = zone.table();
        return instants.some((change) => {
          const instant = change + 12 * HOUR;
          if (change < 0 || change > Date.UTC(2040, 0, 1)) return false;
          const wall = new Date(instant + zone.offsetAt(instant)).toISOString().slice(0, 19);
          return clockOf(wall, read).toUnixTime() * 1000 !== instant;
        });
      },
    );
    expect(wrong).toEqual([]);
  });

  it('of Berlin ends in two rules', () => {
    const text = writeTimeZone('Europe/Berlin')!;
    const { roots } = readComponents(readContentLines(Buffer.from(text)));
    expect(
      childrenNamed(roots[0]!, 'DAYLIGHT')
        .at(-1)!
        .lines.map((line) => line.value),
    ).toEqual(['19810329T020000', '+0100', '+0200', 'FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU']);
  });
});
