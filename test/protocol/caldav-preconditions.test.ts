/** What a calendar refuses, and the element that says why (RFC 4791 §5.3.1.1, §5.3.2.1, §7.8 to §7.10). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caldav, dav, type Name } from '../../src/xml/names.ts';
import type { DavAnswer } from '../support/dav-client.ts';
import { anEvent, CALENDAR, type DavServer, ICALENDAR, PREFIXES, startDavServer } from '../support/dav-server.ts';

const HOME = '/dav/calendars/ann/';
const FILES = `${HOME}files/`;
const LIMITS = {
  maxCalendarObjectSize: 5000,
  maxInstances: 50,
  maxAttendeesPerInstance: 2,
  minDateTime: Date.UTC(1990, 0, 1),
  maxDateTime: Date.UTC(2100, 0, 1),
};

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ limits: LIMITS });
  expect((await server.ann('MKCOL', FILES)).status).toBe(201);
  expect((await server.ann('MKCALENDAR', `${HOME}other/`)).status).toBe(201);
  await put(`${CALENDAR}held.ics`, anEvent('held'));
});
afterAll(() => server.stop());

const put = async (path: string, text: string) => {
  const answer = await server.ann('PUT', path, text, ICALENDAR);
  expect(answer.status, answer.text).toBe(201);
};
const refusal = (answer: DavAnswer): [number, Name | undefined] => [answer.status, answer.conditions()[0]];

const wrapped = (...lines: readonly string[]) =>
  ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:x', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const component = (kind: string, uid: string, ...lines: readonly string[]) => [
  `BEGIN:${kind}`,
  `UID:${uid}`,
  'DTSTAMP:20260101T000000Z',
  ...lines,
  `END:${kind}`,
];
const START = 'DTSTART:20260701T100000Z';

/** What is refused, by the condition: RFC 4791 §5.3.2.1. */
const REFUSED: readonly (readonly [string, string, string])[] = [
  ['valid-calendar-data', 'text that is no calendar', 'hello'],
  ['valid-calendar-data', 'an object cut off in the middle', anEvent('cut').slice(0, 150)],
  ['valid-calendar-data', 'vCalendar 1.0', anEvent('old').replace('VERSION:2.0', 'VERSION:1.0')],
  ['valid-calendar-data', 'a rule that cannot be read', anEvent('r', START, 'RRULE:FREQ=OFTEN')],
  ['valid-calendar-data', 'a RECURRENCE-ID that is no day', anEvent('ri', START, 'RECURRENCE-ID:20260230T100000Z')],
  ['valid-calendar-object-resource', 'METHOD', anEvent('m').replace('VERSION', 'METHOD:REQUEST\r\nVERSION')],
  [
    'valid-calendar-object-resource',
    'an event beside a task',
    wrapped(...component('VEVENT', 'two', START), ...component('VTODO', 'two')),
  ],
  [
    'valid-calendar-object-resource',
    'two UIDs',
    wrapped(...component('VEVENT', 'one', START), ...component('VEVENT', 'two', START)),
  ],
  ['valid-calendar-object-resource', 'no component', wrapped()],
  ['valid-calendar-object-resource', 'two calendars', anEvent('a') + anEvent('a')],
  ['supported-calendar-component', 'a component nobody knows', wrapped(...component('VTHING', 'x', START))],
  ['no-uid-conflict', 'a UID that another object holds', anEvent('held')],
  ['max-resource-size', 'too many octets', anEvent('big', `DESCRIPTION:${'x'.repeat(5000)}`)],
  ['min-date-time', 'a beginning before the first day', anEvent('early', 'DTSTART:19891231T235959Z')],
  ['max-date-time', 'a beginning after the last day', anEvent('late', 'DTSTART:21010101T000000Z')],
  ['max-date-time', 'an end after the last day', anEvent('on', START, 'RRULE:FREQ=YEARLY;UNTIL=21100101T000000Z')],
  ['max-instances', 'too many instances', anEvent('many', START, 'RRULE:FREQ=DAILY;COUNT=51')],
  [
    'max-attendees-per-instance',
    'too many attendees',
    anEvent('crowd', ...['a', 'b', 'c'].map((name) => `ATTENDEE:mailto:${name}@example.org`)),
  ],
  ['supported-rscale', 'a calendar scale nobody knows', anEvent('s', START, 'RRULE:RSCALE=VULCAN;FREQ=YEARLY')],
];
const STATUS: Readonly<Record<string, number>> = { 'no-uid-conflict': 409, 'max-resource-size': 413 };

describe('PUT, and COPY and MOVE of a file into a calendar (RFC 4791 §5.3.2.1)', () => {
  it.each(REFUSED)('say %s of %s, and store nothing', async (condition, _, text) => {
    const expected = [STATUS[condition] ?? 403, caldav(condition)];
    const target = `${CALENDAR}new.ics`;
    expect(refusal(await server.ann('PUT', target, text, ICALENDAR))).toEqual(expected);
    expect([201, 204]).toContain((await server.ann('PUT', `${FILES}file.ics`, text, ICALENDAR)).status);
    for (const method of ['COPY', 'MOVE']) {
      const answer = await server.ann(method, `${FILES}file.ics`, undefined, { destination: target });
      expect(refusal(answer), method).toEqual(expected);
    }
    expect((await server.ann('GET', target)).status).toBe(404);
    expect((await server.ann('GET', `${FILES}file.ics`)).text).toBe(text);
  });

  it('say supported-calendar-data of another media type (RFC 4791 §5.3.2.1)', async () => {
    const type = { 'content-type': 'text/xml; charset=utf-8' };
    const expected = [403, caldav('supported-calendar-data')];
    expect(refusal(await server.ann('PUT', `${CALENDAR}x.ics`, '<x/>', type))).toEqual(expected);
    await server.ann('PUT', `${FILES}x.xml`, '<x/>', type);
    for (const method of ['COPY', 'MOVE'])
      expect(
        refusal(await server.ann(method, `${FILES}x.xml`, undefined, { destination: `${CALENDAR}x.ics` })),
      ).toEqual(expected);
  });

  it('name the object that holds the UID, and keep what lies at the destination (RFC 4791 §5.3.2.1)', async () => {
    await put(`${HOME}other/held.ics`, anEvent('held'));
    await put(`${CALENDAR}second.ics`, anEvent('second'));
    for (const method of ['COPY', 'MOVE']) {
      const elsewhere = await server.ann(method, `${HOME}other/held.ics`, undefined, {
        destination: `${CALENDAR}third.ics`,
      });
      expect(refusal(elsewhere)).toEqual([409, caldav('no-uid-conflict')]);
      expect(elsewhere.text).toContain(`${CALENDAR}held.ics`);
      const onto = await server.ann(method, `${HOME}other/held.ics`, undefined, {
        destination: `${CALENDAR}second.ics`,
      });
      expect(refusal(onto)).toEqual([409, caldav('no-uid-conflict')]);
    }
    expect((await server.ann('GET', `${CALENDAR}second.ics`)).text).toBe(anEvent('second'));
  });

  it('keep a calendar to the components it takes (RFC 4791 §5.2.3)', async () => {
    const set = '<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>';
    const body = `<C:mkcalendar ${PREFIXES}><D:set><D:prop>${set}</D:prop></D:set></C:mkcalendar>`;
    expect((await server.ann('MKCALENDAR', `${HOME}todos/`, body)).status).toBe(201);
    for (const method of ['COPY', 'MOVE']) {
      const answer = await server.ann(method, `${CALENDAR}held.ics`, undefined, { destination: `${HOME}todos/e.ics` });
      expect(refusal(answer)).toEqual([403, caldav('supported-calendar-component')]);
    }
  });
});

describe('collections in calendars', () => {
  it.each(['COPY', 'MOVE'])(
    '%s puts neither a calendar nor a plain collection into one (RFC 4791 §4.2)',
    async (method) => {
      for (const source of [`${HOME}other/`, FILES]) {
        const answer = await server.ann(method, source, undefined, { destination: `${CALENDAR}inside/` });
        expect(answer.status, source).toBe(403);
      }
    },
  );

  it('MKCOL makes none in one (RFC 4791 §4.2)', async () => {
    expect((await server.ann('MKCOL', `${CALENDAR}folder/`)).status).toBe(403);
  });
});

describe('MKCALENDAR and PROPPATCH (RFC 4791 §5.3.1, §5.2.2)', () => {
  const props = (inner: string) => `<D:set><D:prop>${inner}</D:prop></D:set>`;

  it('make nothing when one property is refused (RFC 4791 §5.3.1)', async () => {
    const inner = props('<D:getetag>x</D:getetag><D:displayname>Name</D:displayname>');
    const answer = await server.ann(
      'MKCALENDAR',
      `${HOME}broken/`,
      `<C:mkcalendar ${PREFIXES}>${inner}</C:mkcalendar>`,
    );
    expect(answer.status).toBe(207);
    expect(answer.text).toMatch(/ 403 /);
    expect(answer.text).toMatch(/ 424 /);
    expect((await server.ann('PROPFIND', `${HOME}broken/`, undefined, { depth: '0' })).status).toBe(404);
  });

  it.each([
    ['no text of a calendar', 'hello'],
    ['a calendar without a zone', wrapped(...component('VEVENT', 'x', START))],
    ['two zones', wrapped('BEGIN:VTIMEZONE', 'TZID:A', 'END:VTIMEZONE', 'BEGIN:VTIMEZONE', 'TZID:B', 'END:VTIMEZONE')],
  ])('say valid-calendar-data of a calendar-timezone that is %s (RFC 4791 §5.2.2)', async (_, text) => {
    const body = `<D:propertyupdate ${PREFIXES}>${props(`<C:calendar-timezone>${text}</C:calendar-timezone>`)}</D:propertyupdate>`;
    const answer = await server.ann('PROPPATCH', CALENDAR, body);
    const property = answer.responses().get(CALENDAR)!.properties.get(caldav('calendar-timezone'))!;
    expect(property.status).toBe(403);
    expect(answer.text).toContain('valid-calendar-data');
  });

  it('say valid-timezone of a zone id that nobody knows (RFC 7809 §5.2)', async () => {
    const body = `<D:propertyupdate ${PREFIXES}>${props('<C:calendar-timezone-id>Mars/Base</C:calendar-timezone-id>')}</D:propertyupdate>`;
    const answer = await server.ann('PROPPATCH', CALENDAR, body);
    expect(answer.text).toContain('valid-timezone');
    expect(answer.responses().get(CALENDAR)!.properties.get(caldav('calendar-timezone-id'))!.status).toBe(403);
  });

  it.each([
    'supported-calendar-component-set',
    'supported-calendar-data',
    'max-resource-size',
    'min-date-time',
    'max-date-time',
    'max-instances',
    'max-attendees-per-instance',
    'supported-collation-set',
  ])('say cannot-modify-protected-property of %s (RFC 4918 §16)', async (name) => {
    const body = `<D:propertyupdate ${PREFIXES}>${props(`<C:${name}>1</C:${name}>`)}</D:propertyupdate>`;
    const answer = await server.ann('PROPPATCH', CALENDAR, body);
    expect(answer.responses().get(CALENDAR)!.properties.get(caldav(name))!.status).toBe(403);
    expect(answer.text).toContain('cannot-modify-protected-property');
  });
});

describe('reports', () => {
  const report = (inner: string, kind = 'calendar-query') =>
    server.ann('REPORT', CALENDAR, `<C:${kind} ${PREFIXES}>${inner}</C:${kind}>`, { depth: '1' });
  const filter = (inner: string) => `<C:filter>${inner}</C:filter>`;
  const events = filter('<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT"/></C:comp-filter>');
  const inEvent = (inner: string) =>
    filter(`<C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${inner}</C:comp-filter></C:comp-filter>`);
  const propFilter = (inner: string) => inEvent(`<C:prop-filter name="SUMMARY">${inner}</C:prop-filter>`);

  it.each([
    ['no VCALENDAR outside', filter('<C:comp-filter name="VEVENT"/>')],
    ['nothing in it', filter('')],
    ['two outermost components', filter('<C:comp-filter name="VCALENDAR"/><C:comp-filter name="VCALENDAR"/>')],
    ['a prop-filter without a name', inEvent('<C:prop-filter/>')],
    ['a date instead of a time', inEvent('<C:time-range start="20260701" end="20260702"/>')],
    ['a floating time', inEvent('<C:time-range start="20260701T000000" end="20260702T000000"/>')],
    ['a thirteenth month', inEvent('<C:time-range start="20261301T000000Z"/>')],
    ['no month', inEvent('<C:time-range start="20260001T000000Z"/>')],
    ['a 32nd day', inEvent('<C:time-range start="20260732T000000Z"/>')],
    ['a 25th hour', inEvent('<C:time-range start="20260701T250000Z"/>')],
    ['an end before its start', inEvent('<C:time-range start="20260702T000000Z" end="20260701T000000Z"/>')],
  ])('say valid-filter of a filter with %s (RFC 4791 §7.8)', async (_, inner) => {
    expect(refusal(await report(inner))).toEqual([403, caldav('valid-filter')]);
  });

  it('say supported-filter of a condition nobody knows, supported-collation of such a collation (RFC 4791 §7.8)', async () => {
    expect(refusal(await report(propFilter('<C:like>x</C:like>')))).toEqual([403, caldav('supported-filter')]);
    const unknown = propFilter('<C:text-match collation="i;klingon">x</C:text-match>');
    expect(refusal(await report(unknown))).toEqual([403, caldav('supported-collation')]);
  });

  it.each(['content-type="text/plain"', 'version="3.0"'])(
    'say supported-calendar-data of %s in query and multiget (RFC 4791 §7.8, §7.9)',
    async (attributes) => {
      const prop = `<D:prop><C:calendar-data ${attributes}/></D:prop>`;
      const expected = [403, caldav('supported-calendar-data')];
      expect(refusal(await report(prop + events))).toEqual(expected);
      expect(refusal(await report(`${prop}<D:href>${CALENDAR}held.ics</D:href>`, 'calendar-multiget'))).toEqual(
        expected,
      );
    },
  );

  it('say valid-calendar-data of a timezone, valid-timezone of an id that cannot be read (RFC 4791 §7.8, RFC 7809 §5)', async () => {
    expect(refusal(await report(`${events}<C:timezone>x</C:timezone>`))).toEqual([403, caldav('valid-calendar-data')]);
    expect(refusal(await report(`${events}<C:timezone-id>X/Y</C:timezone-id>`))).toEqual([
      403,
      caldav('valid-timezone'),
    ]);
  });

  it.each([
    ['a date', 'start="20260701" end="20260702"'],
    ['a floating time', 'start="20260701T000000" end="20260702T000000"'],
  ])('answer 400 to a free-busy-query over %s (RFC 4791 §7.10)', async (_, range) => {
    expect((await report(`<C:time-range ${range}/>`, 'free-busy-query')).status).toBe(400);
  });

  it('are no reports of a home of address books or a file: supported-report (RFC 3253 §3.6)', async () => {
    for (const path of ['/dav/addressbooks/ann/', FILES]) {
      const answer = await server.ann('REPORT', path, `<C:calendar-query ${PREFIXES}>${events}</C:calendar-query>`);
      expect(refusal(answer), path).toEqual([403, dav('supported-report')]);
    }
  });
});
