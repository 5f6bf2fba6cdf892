/** Windows of time over HTTP: what the index narrows must not lose anything, at the edges of time neither. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav } from '../../src/xml/names.ts';
import { anEvent, CALENDAR, type DavServer, ICALENDAR, PREFIXES, startDavServer } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  await put('first', 'DTSTART:00010101T120000Z', 'DTEND:00010101T130000Z');
  await put('floating', 'DTSTART;VALUE=DATE:00010102');
  await put('weekly', 'DTSTART:20200106T100000Z', 'DTEND:20200106T110000Z', 'RRULE:FREQ=WEEKLY');
  await put('bounded', 'DTSTART:20200107T100000Z', 'DTEND:20200107T110000Z', 'RRULE:FREQ=WEEKLY;COUNT=3');
  await put('single', 'DTSTART:20260701T100000Z', 'DTEND:20260701T110000Z');
  await put('last', 'DTSTART:99991231T100000Z', 'DTEND:99991231T110000Z');
});
afterAll(() => server.stop());

const put = async (uid: string, ...lines: string[]) => {
  expect((await server.ann('PUT', `${CALENDAR}${uid}.ics`, anEvent(uid, ...lines), ICALENDAR)).status).toBe(201);
};

async function within(start: string, end?: string): Promise<string[]> {
  const range = `<C:time-range start="${start}"${end ? ` end="${end}"` : ''}/>`;
  const body = `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/></D:prop><C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${range}</C:comp-filter></C:comp-filter></C:filter></C:calendar-query>`;
  const answer = await server.ann('REPORT', CALENDAR, body, { depth: '1' });
  expect(answer.status).toBe(207);
  return [...answer.responses().keys()].map((href) => href.slice(CALENDAR.length).replace('.ics', '')).sort();
}

describe('calendar-query with a time-range (RFC 4791 §9.9)', () => {
  it.each([
    ['00010101T000000Z', '00010102T000000Z', ['first']],
    ['00010102T000000Z', '00010103T000000Z', ['floating']],
    ['19010101T000000Z', '19010201T000000Z', []],
    ['20200101T000000Z', '20200201T000000Z', ['bounded', 'weekly']],
    ['20200201T000000Z', '20200301T000000Z', ['weekly']],
    ['20260701T000000Z', '20260702T000000Z', ['single']],
    ['20260706T000000Z', '20260707T000000Z', ['weekly']],
    ['99991231T000000Z', undefined, ['last']],
    ['00010101T000000Z', undefined, ['bounded', 'first', 'floating', 'last', 'single', 'weekly']],
  ])('finds from %s to %s exactly what lies there', async (start, end, expected) => {
    expect(await within(start, end)).toEqual(expected);
  });

  it('refuses what begins before min-date-time (RFC 4791 §5.2.6)', async () => {
    const answer = await server.ann(
      'PUT',
      `${CALENDAR}zero.ics`,
      anEvent('zero', 'DTSTART:00001231T000000Z'),
      ICALENDAR,
    );
    expect([answer.status, answer.conditions()[0]]).toEqual([403, caldav('min-date-time')]);
  });
});
