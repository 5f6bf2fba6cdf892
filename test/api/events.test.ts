/** Events of a window over HTTP. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newPerson, refusal } from '../support/api-person.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

const event = (uid: string, ...lines: string[]) =>
  ['BEGIN:VEVENT', `UID:${uid}`, 'DTSTAMP:20260101T000000Z', ...lines, 'END:VEVENT', ''].join('\r\n');
const FILE = [
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n',
  event(
    'weekly',
    'DTSTART;TZID=Europe/Zurich:20260330T090000',
    'DURATION:PT1H',
    'RRULE:FREQ=WEEKLY',
    'SUMMARY:Choir\\, all',
  ),
  event(
    'weekly',
    'RECURRENCE-ID;TZID=Europe/Zurich:20260608T090000',
    'DTSTART:20260608T180000Z',
    'DURATION:PT1H',
    'SUMMARY:Choir at night',
    'STATUS:TENTATIVE',
  ),
  event('fair', 'DTSTART;VALUE=DATE:20260610', 'DTEND;VALUE=DATE:20260612', 'SUMMARY:Fair', 'LOCATION:Hall 3'),
  event('past', 'DTSTART:20250610T100000Z', 'SUMMARY:Past'),
  'END:VCALENDAR\r\n',
].join('');

/** Around the night of 25 October 2026, when the clocks of Europe go back, and before 1 November, when America's do. */
const AUTUMN = [
  'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n',
  event(
    'daily',
    'DTSTART;TZID=Europe/Zurich:20261024T090000',
    'DURATION:PT1H',
    'RRULE:FREQ=DAILY;COUNT=3',
    'SUMMARY:Z',
  ),
  event('abroad', 'DTSTART;TZID=America/New_York:20261024T220000', 'DURATION:PT1H', 'SUMMARY:NY'),
  event('night', 'DTSTART;TZID=Europe/Zurich:20261024T230000', 'DTEND;TZID=Europe/Zurich:20261025T040000', 'SUMMARY:N'),
  event('day', 'DTSTART;VALUE=DATE:20261025', 'SUMMARY:D'),
  event('floating', 'DTSTART:20261026T080000', 'DURATION:PT1H', 'SUMMARY:F'),
  'END:VCALENDAR\r\n',
].join('');

describe('events of a window', () => {
  it('keep their hour on the clock of their zone when it is put back, and an all-day one its day in every zone', async () => {
    const { api, calendar } = await newPerson(server);
    const headers = { 'Content-Type': 'text/calendar' };
    await api.call('importObjects', { parameters: { id: calendar }, query: {}, raw: AUTUMN, headers });
    const shown = async (from: string, to: string, timeZone: string) =>
      (await api.call('listEvents', { query: { from, to, timeZone } })).items.map(
        ({ summary, start, end }) => `${summary} ${start.replace(':00.000Z', 'Z')} ${end.replace(':00.000Z', 'Z')}`,
      );
    expect(await shown('2026-10-23T22:00:00Z', '2026-10-26T23:00:00Z', 'Europe/Zurich')).toEqual([
      'Z 2026-10-24T07:00Z 2026-10-24T08:00Z',
      'N 2026-10-24T21:00Z 2026-10-25T03:00Z',
      'D 2026-10-25 2026-10-26',
      'NY 2026-10-25T02:00Z 2026-10-25T03:00Z',
      'Z 2026-10-25T08:00Z 2026-10-25T09:00Z',
      'F 2026-10-26T07:00Z 2026-10-26T08:00Z',
      'Z 2026-10-26T08:00Z 2026-10-26T09:00Z',
    ]);
    // 25 October as Auckland and Los Angeles have it
    expect(await shown('2026-10-24T11:00:00Z', '2026-10-25T11:00:00Z', 'Pacific/Auckland')).toContain(
      'D 2026-10-25 2026-10-26',
    );
    expect(await shown('2026-10-25T07:00:00Z', '2026-10-26T07:00:00Z', 'America/Los_Angeles')).toContain(
      'D 2026-10-25 2026-10-26',
    );
    expect(await shown('2026-10-26T07:00:00Z', '2026-10-27T07:00:00Z', 'America/Los_Angeles')).toEqual([
      'Z 2026-10-26T08:00Z 2026-10-26T09:00Z',
      'F 2026-10-26T15:00Z 2026-10-26T16:00Z',
    ]);
  });

  it('come expanded, moved instances in their place, days as days of the reader’s zone', async () => {
    const { api, calendar } = await newPerson(server);
    const headers = { 'Content-Type': 'text/calendar' };
    await api.call('importObjects', { parameters: { id: calendar }, query: {}, raw: FILE, headers });
    const query = { from: '2026-05-31T22:00:00Z', to: '2026-06-14T22:00:00Z', timeZone: 'Europe/Zurich' };
    const { items, truncated } = await api.call('listEvents', { query });
    expect(truncated).toBe(false);
    expect(
      items.map(({ start, end, summary, allDay, recurs, status }) => ({ start, end, summary, allDay, recurs, status })),
    ).toEqual([
      {
        start: '2026-06-01T07:00:00.000Z',
        end: '2026-06-01T08:00:00.000Z',
        summary: 'Choir, all',
        allDay: false,
        recurs: true,
        status: null,
      },
      {
        start: '2026-06-08T18:00:00.000Z',
        end: '2026-06-08T19:00:00.000Z',
        summary: 'Choir at night',
        allDay: false,
        recurs: true,
        status: 'tentative',
      },
      { start: '2026-06-10', end: '2026-06-12', summary: 'Fair', allDay: true, recurs: false, status: null },
    ]);
    const other = await newPerson(server);
    expect((await other.api.call('listEvents', { query })).items).toEqual([]);
  });

  it('are cut, and said to be, where an event comes every second', async () => {
    const { api, calendar } = await newPerson(server);
    const raw = `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${event('s', 'DTSTART:20260601T000000Z', 'RRULE:FREQ=SECONDLY')}END:VCALENDAR\r\n`;
    await api.call('importObjects', {
      parameters: { id: calendar },
      query: {},
      raw,
      headers: { 'Content-Type': 'text/calendar' },
    });
    const list = await api.call('listEvents', { query: { from: '2026-06-01T00:00:00Z', to: '2026-06-30T00:00:00Z' } });
    expect(list.truncated).toBe(true);
    expect(list.items.length).toBeLessThanOrEqual(5000);
  });

  it.each([
    [{ from: '2026-06-02T00:00:00Z', to: '2026-06-01T00:00:00Z' }, 'invalid-window'],
    [{ from: '2026-01-01T00:00:00Z', to: '2026-12-01T00:00:00Z' }, 'invalid-window'],
    [{ from: '2026-06-01T00:00:00Z', to: '2026-06-02T00:00:00Z', timeZone: 'Mars/Olympus' }, 'unknown-time-zone'],
    [{ from: 'June', to: '2026-06-02T00:00:00Z' }, 'invalid-input'],
  ])('are refused for a window that is none: %j', async (query, code) => {
    const { api } = await newPerson(server);
    expect(await refusal(api.call('listEvents', { query }))).toEqual([400, code]);
  });
});
