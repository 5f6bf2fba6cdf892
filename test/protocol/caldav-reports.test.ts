/** calendar-query, calendar-multiget and free-busy-query over HTTP (RFC 4791 §7). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav } from '../../src/xml/names.ts';
import { foundText } from '../support/dav-client.ts';
import { anEvent, CALENDAR, type DavServer, ICALENDAR, PREFIXES, startDavServer } from '../support/dav-server.ts';

const todo = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//T//EN',
  'BEGIN:VTODO',
  'UID:todo',
  'DTSTAMP:20260101T000000Z',
  'SUMMARY:Buy milk',
  'DUE:20260702T100000Z',
  'END:VTODO',
  'END:VCALENDAR',
  '',
].join('\r\n');
const OBJECTS: Readonly<Record<string, string>> = {
  july: anEvent('july', 'CATEGORIES:WORK', 'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:bob@example.com'),
  march: anEvent('march', 'DTSTART:20260310T100000Z', 'DTEND:20260310T110000Z'),
  weekly: anEvent('weekly', 'DTSTART:20260105T090000Z', 'DTEND:20260105T093000Z', 'RRULE:FREQ=WEEKLY'),
  todo,
};

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
  for (const [name, text] of Object.entries(OBJECTS)) {
    const put = await server.ann('PUT', `${CALENDAR}${name}.ics`, text, ICALENDAR);
    expect(put.status).toBe(201);
  }
});
afterAll(() => server.stop());

function query(filter: string, props = '<D:getetag/>', extra = '') {
  const body = `<C:calendar-query ${PREFIXES}><D:prop>${props}</D:prop><C:filter><C:comp-filter name="VCALENDAR">${filter}</C:comp-filter></C:filter>${extra}</C:calendar-query>`;
  return server.ann('REPORT', CALENDAR, body, { depth: '1' });
}

async function found(filter: string): Promise<string[]> {
  const answer = await query(filter);
  expect(answer.status).toBe(207);
  return [...answer.responses().keys()].map((href) => href.slice(CALENDAR.length, -4)).sort();
}

const comp = (name: string, inner = '') => `<C:comp-filter name="${name}">${inner}</C:comp-filter>`;
const JULY = '<C:time-range start="20260701T000000Z" end="20260702T000000Z"/>';

describe('calendar-query', () => {
  it.each([
    ['by kind of component (§9.7.1)', comp('VTODO'), ['todo']],
    ['everything (§9.7.1)', '', ['july', 'march', 'todo', 'weekly']],
    [
      'events in a time-range, recurring ones too (§9.9)',
      comp('VEVENT', '<C:time-range start="20260701T000000Z" end="20260707T000000Z"/>'),
      ['july', 'weekly'],
    ],
    ['a day without an instance of the weekly event (§9.9)', comp('VEVENT', JULY), ['july']],
    [
      'text of a property (§9.7.5)',
      comp('VEVENT', '<C:prop-filter name="CATEGORIES"><C:text-match>work</C:text-match></C:prop-filter>'),
      ['july'],
    ],
    [
      'a parameter (§9.7.3)',
      comp(
        'VEVENT',
        '<C:prop-filter name="ATTENDEE"><C:param-filter name="PARTSTAT"><C:text-match>NEEDS-ACTION</C:text-match></C:param-filter></C:prop-filter>',
      ),
      ['july'],
    ],
    [
      'is-not-defined (§9.7.4)',
      comp('VEVENT', '<C:prop-filter name="RRULE"><C:is-not-defined/></C:prop-filter>'),
      ['july', 'march'],
    ],
    ['no object that is no calendar (§9.7.4)', '<C:is-not-defined/>', []],
    ['what says its version (§9.7.2)', '<C:prop-filter name="VERSION"/>', ['july', 'march', 'todo', 'weekly']],
    ['nothing that says a method (§9.7.2)', '<C:prop-filter name="METHOD"/>', []],
    ['what has no task (§9.7.4)', comp('VTODO', '<C:is-not-defined/>'), ['july', 'march', 'weekly']],
    [
      'the due time of a task (§9.9)',
      comp('VTODO', '<C:time-range start="20260702T000000Z" end="20260703T000000Z"/>'),
      ['todo'],
    ],
  ])('finds %s', async (_, filter, expected) => {
    expect(await found(filter)).toEqual(expected);
  });

  it('expands recurrences within the range asked for (RFC 4791 §9.6.5)', async () => {
    const data = '<C:calendar-data><C:expand start="20260706T000000Z" end="20260720T000000Z"/></C:calendar-data>';
    const answer = await query(comp('VEVENT', '<C:time-range start="20260706T000000Z" end="20260720T000000Z"/>'), data);
    const text = foundText(answer.responses().get(`${CALENDAR}weekly.ics`), caldav('calendar-data'))!;
    expect(text.match(/BEGIN:VEVENT/g)).toHaveLength(2);
    expect(text).not.toContain('RRULE');
  });

  it('gives parts of calendar objects (RFC 4791 §9.6)', async () => {
    const data =
      '<C:calendar-data><C:comp name="VCALENDAR"><C:prop name="VERSION"/><C:comp name="VEVENT"><C:prop name="SUMMARY"/></C:comp></C:comp></C:calendar-data>';
    const answer = await query(comp('VEVENT', JULY), data);
    const text = foundText(answer.responses().get(`${CALENDAR}july.ics`), caldav('calendar-data'))!;
    expect(text).toContain('SUMMARY:Meeting');
    expect(text).not.toContain('ATTENDEE');
  });

  it('refuses filters it cannot read with valid-filter, and unknown collations (RFC 4791 §7.8)', async () => {
    for (const filter of [
      comp('VEVENT', '<C:time-range start="2026-07-01" end="20260702T000000Z"/>'),
      comp('VEVENT', '<C:time-range/>'),
      comp('VEVENT', '<C:time-range start="20260702T000000Z" end="20260701T000000Z"/>'),
      '<C:comp-filter/>',
    ]) {
      const answer = await query(filter);
      expect([answer.status, answer.conditions()[0]], filter).toEqual([403, caldav('valid-filter')]);
    }
    const collation = await query(
      comp('VEVENT', '<C:prop-filter name="SUMMARY"><C:text-match collation="x">a</C:text-match></C:prop-filter>'),
    );
    expect([collation.status, collation.conditions()[0]]).toEqual([403, caldav('supported-collation')]);
  });
});

describe('calendar-multiget', () => {
  it('gives stored octets and 404 for missing ones (RFC 4791 §7.9)', async () => {
    const body = `<C:calendar-multiget ${PREFIXES}><D:prop><D:getetag/><C:calendar-data/></D:prop><D:href>${CALENDAR}july.ics</D:href><D:href>${CALENDAR}none.ics</D:href></C:calendar-multiget>`;
    const answer = await server.ann('REPORT', CALENDAR, body);
    expect(foundText(answer.responses().get(`${CALENDAR}july.ics`), caldav('calendar-data'))).toBe(OBJECTS.july);
    expect(answer.responses().get(`${CALENDAR}none.ics`)!.status).toBe(404);
  });
});

const unfolded = (text: string) => text.replaceAll('\r\n ', '');

describe('free-busy-query', () => {
  it('tells busy times as one VFREEBUSY (RFC 4791 §7.10)', async () => {
    const body = `<C:free-busy-query ${PREFIXES}><C:time-range start="20260701T000000Z" end="20260707T000000Z"/></C:free-busy-query>`;
    const answer = await server.ann('REPORT', CALENDAR, body, { depth: '1' });
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/calendar/);
    expect(answer.text).toContain('BEGIN:VFREEBUSY');
    expect(answer.text).toContain('20260701T100000Z/');
    expect(answer.text).toContain('20260706T090000Z/');
    expect(answer.text).not.toContain('Meeting');
  });

  it('takes a range that is open on one side, and tells how far it looked (RFC 4791 §9.9)', async () => {
    const ask = (attributes: string) =>
      server.ann('REPORT', CALENDAR, `<C:free-busy-query ${PREFIXES}><C:time-range${attributes}/></C:free-busy-query>`);
    const until = await ask(' end="20260311T000000Z"');
    expect(until.text).toContain('DTEND:20260311T000000Z');
    expect(unfolded(until.text)).toContain('20260310T100000Z/20260310T110000Z');
    const since = await ask(' start="20260701T000000Z"');
    expect(since.text).toContain('DTSTART:20260701T000000Z');
    expect(unfolded(since.text)).not.toContain('20260310T100000Z');
    // the weekly event has no end: ten years on from the clock of the test
    expect(unfolded(since.text)).toContain('20360602T090000Z/');
    expect(unfolded(since.text)).not.toContain('2037');
    expect((await ask('')).status).toBe(400);
  });
});

describe('reports on a calendar home', () => {
  const HOME = '/dav/calendars/ann/';
  const SECOND = `${HOME}second/`;
  const setUp = async (path: string, transp: string, uid: string, ...lines: readonly string[]) => {
    const made = `<C:mkcalendar ${PREFIXES}><D:set><D:prop><C:schedule-calendar-transp><C:${transp}/></C:schedule-calendar-transp></D:prop></D:set></C:mkcalendar>`;
    expect((await server.ann('MKCALENDAR', path, made)).status).toBe(201);
    expect((await server.ann('PUT', `${path}${uid}.ics`, anEvent(uid, ...lines), ICALENDAR)).status).toBe(201);
  };
  beforeAll(async () => {
    await setUp(SECOND, 'opaque', 'home-a', 'DTSTART:20260702T100000Z', 'DTEND:20260702T110000Z');
    await setUp(`${HOME}third/`, 'transparent', 'home-b', 'DTSTART:20260702T120000Z', 'DTEND:20260702T130000Z');
  });

  const range = '<C:time-range start="20260701T000000Z" end="20260703T000000Z"/>';
  const ask = (depth: string, more = '') =>
    server.ann(
      'REPORT',
      HOME,
      `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/></D:prop><C:filter>${comp('VCALENDAR', comp('VEVENT', range))}</C:filter>${more}</C:calendar-query>`,
      { depth },
    );

  it('find the objects of all calendars with Depth infinity, and under one limit (RFC 4791 §7.8)', async () => {
    const all = [...(await ask('infinity')).responses().keys()];
    expect(all.sort()).toEqual([`${CALENDAR}july.ics`, `${SECOND}home-a.ics`, `${HOME}third/home-b.ics`].sort());
    // a home holds calendars, no events
    for (const depth of ['0', '1']) expect((await ask(depth)).responses().size, depth).toBe(0);
    const cut = (await ask('infinity', '<C:limit><C:nresults>2</C:nresults></C:limit>')).responses();
    expect(cut.size).toBe(3);
    expect(cut.get(HOME)!.status).toBe(507);
    expect((await server.bob('REPORT', HOME, `<C:calendar-query ${PREFIXES}/>`)).status).toBe(404);
  });

  it('give named objects of several calendars, and 404 for the rest (RFC 4791 §7.9)', async () => {
    const hrefs = [`${CALENDAR}july.ics`, `${SECOND}home-a.ics`, `${SECOND}none.ics`, '/dav/calendars/bob/x/y.ics'];
    const body = `<C:calendar-multiget ${PREFIXES}><D:prop><C:calendar-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</C:calendar-multiget>`;
    const found = (await server.ann('REPORT', HOME, body)).responses();
    expect([...found.keys()]).toEqual(hrefs);
    expect(hrefs.map((href) => found.get(href)!.status === 404)).toEqual([false, false, true, true]);
    expect(foundText(found.get(`${CALENDAR}july.ics`), caldav('calendar-data'))).toBe(OBJECTS.july);
  });

  it('tell busy times of all calendars but transparent ones (RFC 4791 §7.10, RFC 6638 §9.1)', async () => {
    const busy = async (depth: string) =>
      unfolded(
        (await server.ann('REPORT', HOME, `<C:free-busy-query ${PREFIXES}>${range}</C:free-busy-query>`, { depth }))
          .text,
      );
    const all = await busy('infinity');
    for (const start of ['20260701T100000Z/', '20260702T100000Z/']) expect(all).toContain(start);
    expect(all).not.toContain('20260702T120000Z/');
    expect(await busy('1')).not.toContain('FREEBUSY;');
  });
});

describe('time zones by reference', () => {
  const zone = [
    'BEGIN:VTIMEZONE',
    'TZID:Europe/Paris',
    'BEGIN:STANDARD',
    'DTSTART:19701025T030000',
    'TZOFFSETFROM:+0200',
    'TZOFFSETTO:+0100',
    'RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU',
    'END:STANDARD',
    'BEGIN:DAYLIGHT',
    'DTSTART:19700329T020000',
    'TZOFFSETFROM:+0100',
    'TZOFFSETTO:+0200',
    'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU',
    'END:DAYLIGHT',
    'END:VTIMEZONE',
  ].join('\r\n');
  const event = anEvent('zoned', 'DTSTART;TZID=Europe/Paris:20300701T100000').replace(
    'BEGIN:VEVENT',
    `${zone}\r\nBEGIN:VEVENT`,
  );
  const path = `${CALENDAR}zoned.ics`;

  it('leave their definitions out for CalDAV-Timezones: F, in GET and multiget, and are stored without them (RFC 7809 §3.1)', async () => {
    expect((await server.ann('PUT', path, event, ICALENDAR)).status).toBe(201);
    const short = await server.ann('GET', path, undefined, { 'caldav-timezones': 'F' });
    expect(short.text).not.toContain('BEGIN:VTIMEZONE');
    expect(short.headers.etag).toMatch(/^W\//);
    expect((await server.ann('GET', path, undefined, { 'caldav-timezones': 'T' })).text).toBe(event);
    const body = `<C:calendar-multiget ${PREFIXES}><D:prop><C:calendar-data/></D:prop><D:href>${path}</D:href></C:calendar-multiget>`;
    const got = await server.ann('REPORT', CALENDAR, body, { 'caldav-timezones': 'F' });
    expect(got.text).toContain('TZID=Europe/Paris');
    expect(got.text).not.toContain('BEGIN:VTIMEZONE');
    const bare = anEvent('bare', 'DTSTART;TZID=Europe/Paris:20300801T100000');
    expect((await server.ann('PUT', `${CALENDAR}bare.ics`, bare, ICALENDAR)).status).toBe(201);
    expect((await server.ann('OPTIONS', CALENDAR)).headers.dav).toContain('calendar-no-timezone');
  });

  it('bring the definitions that are not stored for CalDAV-Timezones: T, in GET and reports (RFC 7809 §7.1)', async () => {
    const told = { 'caldav-timezones': 'T' };
    const place = `${CALENDAR}told.ics`;
    const bare = anEvent('told', 'DTSTART;TZID=Europe/Paris:20300901T100000', 'DTEND;TZID="Nowhere":20300901T110000');
    await server.ann('PUT', place, bare, ICALENDAR);
    const whole = await server.ann('GET', place, undefined, told);
    expect(whole.text.match(/BEGIN:VTIMEZONE\r\nTZID:.*/g)).toEqual(['BEGIN:VTIMEZONE\r\nTZID:Europe/Paris']);
    expect(whole.text.replace(/BEGIN:VTIMEZONE[\s\S]*END:VTIMEZONE\r\n/, '')).toBe(bare);
    expect(whole.headers.etag).toMatch(/^W\//);
    expect((await server.ann('GET', place)).text).toBe(bare);
    const body = `<C:calendar-multiget ${PREFIXES}><D:prop><C:calendar-data/></D:prop><D:href>${place}</D:href></C:calendar-multiget>`;
    expect((await server.ann('REPORT', CALENDAR, body, told)).text).toContain('TZID:Europe/Paris');
    expect((await server.ann('REPORT', CALENDAR, body)).text).not.toContain('BEGIN:VTIMEZONE');
  });
});
