/** What people see of private and confidential events of a calendar that they may read (RFC 5545 §3.8.1.3, RFC 4791 §6.1). */
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { timeKeeper } from '../../src/jobs/time-keeper.ts';
import { calendarserver, dav } from '../../src/xml/names.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { type DavAnswer, type DavClient, foundText, syncTokenOf } from '../support/dav-client.ts';
import {
  ANN,
  anEvent,
  BOB,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
} from '../support/dav-server.ts';
import { expectInStep, replicaOf, syncAll } from '../support/sync-replica.ts';

const OWN = '/dav/calendars/bob/calendar/';
const BOUND = '/dav/calendars/bob/~ann~calendar/';
const IPHONE = { 'user-agent': 'iOS/18.5 (22F76) dataaccessd/1.0' };

/** A word that stands nowhere but in what is kept back. */
const SECRET = 'zanzibar';
const kept = (...lines: string[]) => [...lines, `DESCRIPTION:${SECRET}`, `X-NOTE:${SECRET}`, `LOCATION:${SECRET}`];
const alarm = ['BEGIN:VALARM', 'ACTION:DISPLAY', `DESCRIPTION:${SECRET}`, 'TRIGGER:-PT5M', 'END:VALARM'];
const series = (uid: string) =>
  anEvent(uid, 'DTSTART:20260701T100000Z', 'DURATION:PT1H', 'RRULE:FREQ=DAILY;COUNT=5').replace(
    'END:VEVENT\r\n',
    [
      'END:VEVENT',
      'BEGIN:VEVENT',
      `UID:${uid}`,
      'DTSTAMP:20260101T000000Z',
      'RECURRENCE-ID:20260702T100000Z',
      'DTSTART:20260702T150000Z',
      'DURATION:PT1H',
      ...kept('CLASS:PRIVATE', `SUMMARY:${SECRET}`),
      'END:VEVENT',
      '',
    ].join('\r\n'),
  );
const EVENTS: Readonly<Record<string, string>> = {
  open: anEvent('open', 'X-OPEN:all see it'),
  private: anEvent('private', ...kept('CLASS:PRIVATE'), ...alarm),
  unknown: anEvent('unknown', ...kept('CLASS:X-BOARD')),
  confidential: anEvent('confidential', ...kept('CLASS:CONFIDENTIAL'), ...alarm),
  series: series('series'),
};
const HIDDEN = ['private', 'unknown'];
const SEEN = ['confidential', 'open', 'series'];
const ALL = [...SEEN, ...HIDDEN].sort();

let server: DavServer;
let calendarId: string;
const annApi = () => apiClient(server.url, basic(ANN.name, ANN.password));
const bobApi = () => apiClient(server.url, basic(BOB.name, BOB.password));

beforeAll(async () => {
  server = await startDavServer();
  calendarId = (await annApi().call('listCollections')).items.find(({ kind }) => kind === 'calendar')!.id;
  for (const name of ALL) await put(name);
});
afterAll(() => server.stop());
afterEach(() => grant());

const put = (name: string, body = EVENTS[name]!) => server.ann('PUT', `${CALENDAR}${name}.ics`, body, ICALENDAR);

/** Grants bob these privileges on ann's calendar, and no others. */
async function grant(...names: string[]): Promise<void> {
  const privileges = names.map((name) => `<D:privilege><${name.includes(':') ? name : `D:${name}`}/></D:privilege>`);
  const ace = `<D:ace><D:principal><D:href>/dav/principals/users/bob/</D:href></D:principal><D:grant>${privileges.join('')}</D:grant></D:ace>`;
  const acl = `<D:acl ${PREFIXES}>${names.length > 0 ? ace : ''}</D:acl>`;
  expect((await server.ann('ACL', CALENDAR, acl)).status).toBe(200);
}

const filter = (inside: string) =>
  `<C:filter><C:comp-filter name="VCALENDAR"><C:comp-filter name="VEVENT">${inside}</C:comp-filter></C:comp-filter></C:filter>`;
const RANGE = '<C:time-range start="20260601T000000Z" end="20260801T000000Z"/>';
const containing = (text: string) =>
  ['DESCRIPTION', 'SUMMARY', 'LOCATION', 'X-NOTE'].map((name) =>
    filter(`<C:prop-filter name="${name}"><C:text-match>${text}</C:text-match></C:prop-filter>`),
  );
const query = (inside: string, ...props: string[]) =>
  `<C:calendar-query ${PREFIXES}><D:prop><D:getetag/>${props.join('')}</D:prop>${inside}</C:calendar-query>`;
const DATA = '<C:calendar-data/>';
const EXPANDED = '<C:calendar-data><C:expand start="20260601T000000Z" end="20260801T000000Z"/></C:calendar-data>';
const LIMITED =
  '<C:calendar-data><C:limit-recurrence-set start="20260601T000000Z" end="20260801T000000Z"/></C:calendar-data>';
const multiget = (base: string, ...props: string[]) =>
  `<C:calendar-multiget ${PREFIXES}><D:prop><D:getetag/>${props.join('')}</D:prop>${ALL.map((name) => `<D:href>${base}${name}.ics</D:href>`).join('')}</C:calendar-multiget>`;
const sync = (token = '', props = '<D:getetag/>', limit = '') =>
  `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level>${limit}<D:prop>${props}</D:prop></D:sync-collection>`;

interface Ask {
  readonly method: string;
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Every way that lists or gives what is in the calendar at `base`. */
function lists(base: string): Record<string, Ask> {
  const report = (body: string, path = base): Ask => ({ method: 'REPORT', path, body, headers: { depth: '1' } });
  const propfind = (...names: string[]): Ask => ({
    method: 'PROPFIND',
    path: base,
    body: propfindBody(...names),
    headers: { depth: '1' },
  });
  return {
    'PROPFIND of ETags (RFC 4918 §9.1)': propfind('D:getetag'),
    'PROPFIND of all (RFC 4918 §9.1)': { method: 'PROPFIND', path: base, headers: { depth: '1' } },
    'PROPFIND of some (RFC 4918 §9.1)': propfind('D:getetag', 'D:getcontentlength', 'D:resource-id'),
    'calendar-multiget (RFC 4791 §7.9)': report(multiget(base, DATA)),
    'calendar-multiget of ETags (RFC 4791 §7.9)': report(multiget(base)),
    'calendar-multiget, expanded (RFC 4791 §9.6.5)': report(multiget(base, EXPANDED)),
    'calendar-multiget with lengths (RFC 4791 §7.9)': report(multiget(base, '<D:getcontentlength/>', DATA)),
    'calendar-query of events (RFC 4791 §7.8)': report(query(filter(''))),
    'calendar-query of a time (RFC 4791 §9.9)': report(query(filter(RANGE))),
    'calendar-query of a time with data (RFC 4791 §9.9)': report(query(filter(RANGE), DATA)),
    'calendar-query, expanded (RFC 4791 §9.6.5)': report(query(filter(RANGE), EXPANDED)),
    'calendar-query, limited (RFC 4791 §9.6.6)': report(query(filter(RANGE), LIMITED)),
    'first sync-collection (RFC 6578 §3.4)': report(sync()),
    'first sync-collection with data (RFC 6578 §3.4)': report(sync('', `<D:getetag/>${DATA}`)),
  };
}

/** Names of events in the answer that are not told as missing. */
const listedIn = (answer: DavAnswer) =>
  [...answer.responses().values()]
    .filter(({ href, status }) => href.endsWith('.ics') && status !== 404)
    .map(({ href }) => /([^/]+)\.ics$/.exec(href)![1]!)
    .sort();

const ask = (client: DavClient, { method, path, body, headers }: Ask, more = {}) =>
  client(method, path, body, { ...headers, ...more });

describe('who may read a calendar and not change it', () => {
  for (const [way, base] of [
    ['in its owner’s home', CALENDAR],
    ['in the own home (RFC 5842 §1)', BOUND],
  ] as const)
    for (const title of Object.keys(lists(base)))
      it(`is shown the time alone of what is confidential, and nothing private, by ${title}, ${way}`, async () => {
        await grant('read');
        const answer = await ask(server.bob, lists(base)[title]!, IPHONE);
        expect(answer.status).toBe(207);
        expect(listedIn(answer)).toEqual(SEEN);
        expect(answer.text).not.toContain(SECRET);
        expect(listedIn(await ask(server.ann, lists(CALENDAR)[title]!))).toEqual(ALL);
      });

  it('is shown the same by reports on the whole home of its owner (RFC 4791 §7.1)', async () => {
    await grant('read');
    for (const body of [multiget(CALENDAR, DATA), query(filter('')), query(filter(RANGE), DATA)]) {
      const answer = await server.bob('REPORT', '/dav/calendars/ann/', body, { depth: 'infinity' });
      expect(listedIn(answer)).toEqual(SEEN);
      expect(answer.text).not.toContain(SECRET);
    }
  });

  it('gets a confidential event with its time, under an ETag and a length of its own (RFC 9110 §8.8.1)', async () => {
    await grant('read');
    const path = `${CALENDAR}confidential.ics`;
    const [mine, whole] = [await server.bob('GET', path), await server.ann('GET', path)];
    expect(whole.text).toBe(EVENTS.confidential);
    expect(mine.text.split('\r\n').slice(3, -2)).toEqual([
      'BEGIN:VEVENT',
      'UID:confidential',
      'DTSTAMP:20260101T000000Z',
      'DTSTART:20260701T100000Z',
      'DTEND:20260701T110000Z',
      'CLASS:CONFIDENTIAL',
      'SUMMARY:Busy',
      'END:VEVENT',
    ]);
    expect(mine.headers.etag).not.toBe(whole.headers.etag);
    expect(mine.headers.etag).toMatch(/^"/);
    const listed = (await ask(server.bob, lists(CALENDAR)['PROPFIND of some (RFC 4918 §9.1)']!)).responses().get(path);
    expect(foundText(listed, dav('getetag'))).toBe(mine.headers.etag);
    expect(foundText(listed, dav('getcontentlength'))).toBe(String(mine.octets.length));
    const head = await server.bob('HEAD', path);
    expect([head.headers.etag, head.headers['content-length']]).toEqual([
      mine.headers.etag,
      String(mine.octets.length),
    ]);
    expect((await server.bob('GET', path, undefined, { 'if-none-match': mine.headers.etag! })).status).toBe(304);
    expect((await server.bob('GET', path, undefined, { 'if-none-match': whole.headers.etag! })).status).toBe(200);
    const json = await server.bob('GET', path, undefined, { accept: 'application/calendar+json' });
    expect(json.text).not.toContain(SECRET);
  });

  it('gets the moved instance of a series with its time, the rest whole', async () => {
    await grant('read');
    const { text } = await server.bob('GET', `${CALENDAR}series.ics`);
    expect(text).toContain('SUMMARY:Meeting');
    expect(text).toContain('DTSTART:20260702T150000Z');
    expect(text).not.toContain(SECRET);
  });

  it('is answered about a private event by every method as about one that does not exist (RFC 4918 §8)', async () => {
    await grant('read');
    const asks: readonly (readonly [string, (string | undefined)?, Record<string, string>?])[] = [
      ['GET'],
      ['HEAD'],
      ['OPTIONS'],
      ['PROPFIND', propfindBody('D:getetag'), { depth: '0' }],
      [
        'PROPPATCH',
        `<D:propertyupdate ${PREFIXES}><D:set><D:prop><X xmlns="x">1</X></D:prop></D:set></D:propertyupdate>`,
      ],
      ['REPORT', multiget(CALENDAR, DATA)],
      ['REPORT', query(filter(''))],
      ['DELETE'],
      ['COPY', undefined, { destination: `${OWN}copy.ics` }],
      ['MOVE', undefined, { destination: `${OWN}copy.ics` }],
      ['PUT', EVENTS.open, ICALENDAR],
      ['PUT', EVENTS.open, { ...ICALENDAR, 'if-match': '*' }],
      ['ACL', `<D:acl ${PREFIXES}/>`],
      [
        'LOCK',
        `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`,
      ],
    ];
    for (const [method, body, headers] of asks) {
      const of = (name: string) => server.bob(method, `${CALENDAR}${name}.ics`, body, headers);
      const [hidden, missing] = [await of('private'), await of('missing')];
      const told = ({ status, text, headers: { date: _, ...rest } }: DavAnswer, name: string) => [
        status,
        text.replaceAll(`${name}.ics`, 'x.ics'),
        JSON.stringify(rest).replaceAll(`${name}.ics`, 'x.ics'),
      ];
      expect([method, ...told(hidden, 'private').slice(0, 2)]).toEqual([
        method,
        ...told(missing, 'missing').slice(0, 2),
      ]);
    }
  });

  it('finds nothing by words that it is not shown (RFC 4791 §9.7.5)', async () => {
    await grant('read');
    for (const words of containing(SECRET)) {
      expect(listedIn(await ask(server.bob, { method: 'REPORT', path: CALENDAR, body: query(words) }))).toEqual([]);
      const owners = await ask(server.ann, { method: 'REPORT', path: CALENDAR, body: query(words) });
      expect(words.includes('SUMMARY') ? 1 : 4).toBe(listedIn(owners).length);
    }
    for (const name of ALL) {
      const body = query(containing(SECRET)[0]!);
      const answer = await server.bob('REPORT', `${CALENDAR}${name}.ics`, body, { depth: '0' });
      expect(answer.status === 404 || listedIn(answer).length === 0).toBe(true);
    }
    const alarms = query(filter('<C:comp-filter name="VALARM"/>'));
    expect(listedIn(await server.bob('REPORT', CALENDAR, alarms))).toEqual([]);
    expect(listedIn(await server.ann('REPORT', CALENDAR, alarms))).toEqual(['confidential', 'private']);
  });

  it('finds a confidential task by nothing that it is not shown of it (RFC 4791 §9.7.2)', async () => {
    await grant('read');
    const task = anEvent('task', 'CLASS:CONFIDENTIAL', 'PERCENT-COMPLETE:73').replaceAll('VEVENT', 'VTODO');
    await put('task', task.replace('DTEND', 'DUE'));
    const half = '<C:prop-filter name="PERCENT-COMPLETE"><C:text-match>73</C:text-match></C:prop-filter>';
    const body = query(filter(half).replace('"VEVENT"', '"VTODO"'));
    expect(listedIn(await server.bob('REPORT', CALENDAR, body))).toEqual([]);
    expect(listedIn(await server.ann('REPORT', CALENDAR, body))).toEqual(['task']);
    await server.ann('DELETE', `${CALENDAR}task.ics`);
  });

  it('is told how busy its owner is all the same (RFC 4791 §7.10)', async () => {
    const busy = `<C:free-busy-query ${PREFIXES}><C:time-range start="20260601T000000Z" end="20260801T000000Z"/></C:free-busy-query>`;
    const periods = (text: string) => text.match(/^FREEBUSY.*(?:\r\n .*)*/gm);
    const owners = await server.ann('REPORT', CALENDAR, busy, { depth: '1' });
    await grant('read');
    const readers = await server.bob('REPORT', CALENDAR, busy, { depth: '1' });
    expect(periods(readers.text)).toEqual(periods(owners.text));
    expect(readers.text).not.toContain(SECRET);
  });

  it('copies what it is shown, and none of its properties (RFC 4918 §9.8)', async () => {
    await grant('read');
    const path = `${CALENDAR}confidential.ics`;
    const note = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><note xmlns="x">${SECRET}</note></D:prop></D:set></D:propertyupdate>`;
    expect((await server.ann('PROPPATCH', path, note)).status).toBe(207);
    const noteOf = async (client: DavClient, at: string) =>
      (await client('PROPFIND', at, '<propfind xmlns="DAV:"><allprop/></propfind>', { depth: '0' })).text;
    expect(await noteOf(server.ann, path)).toContain(SECRET);
    expect(await noteOf(server.bob, path)).not.toContain(SECRET);
    const copied = await server.bob('COPY', path, undefined, { destination: `${OWN}copy.ics` });
    expect(copied.status).toBe(201);
    const copy = await server.bob('GET', `${OWN}copy.ics`);
    expect(copy.text).toBe((await server.bob('GET', path)).text);
    expect(copy.headers.etag).toBe(copied.headers.etag);
    expect(await noteOf(server.bob, `${OWN}copy.ics`)).not.toContain(SECRET);
    await server.bob('DELETE', `${OWN}copy.ics`);
  });

  it('gets as one file what a published link gives, under another ETag than its owner (RFC 5545 §3.4)', async () => {
    await grant('read');
    const created = await annApi().call('createPublication', { parameters: { id: calendarId }, body: {} });
    const published = await server.anonymous('GET', new URL(created.url).pathname);
    const [mine, owners] = [await server.bob('GET', CALENDAR), await server.ann('GET', CALENDAR)];
    expect(mine.text).toBe(published.text);
    expect(owners.text).toContain(SECRET);
    expect(mine.headers.etag).not.toBe(owners.headers.etag);
    const exported = await fetch(new URL(`/api/v1/collections/${calendarId}/export`, server.url), {
      headers: basic(BOB.name, BOB.password),
    });
    expect(await exported.text()).toBe(published.text);
  });

  it('finds the same on the page: events of a window, and how many there are', async () => {
    await grant('read');
    const window = { query: { from: '2026-06-25T00:00:00Z', to: '2026-07-25T00:00:00Z' } };
    const shown = (await bobApi().call('listEvents', window)).items;
    expect(JSON.stringify(shown)).not.toContain(SECRET);
    expect(shown.filter(({ summary }) => summary === 'Busy')).toHaveLength(2);
    expect(shown).toHaveLength(7);
    const one = await bobApi().call('listEvents', { query: { ...window.query, collectionId: calendarId } });
    expect(one.items).toEqual(shown);
    const counted = async () => (await bobApi().call('listSharedCollections')).items[0]!.count;
    expect(await counted()).toBe(SEEN.length);
    await grant('read', 'write');
    expect(await counted()).toBe(ALL.length);
    expect((await bobApi().call('listEvents', window)).items).toHaveLength(9);
  });
});

describe('who may change a calendar', () => {
  for (const names of [['write'], ['write-content'], ['bind'], ['unbind'], ['all']])
    it(`sees all of it: read and ${names}`, async () => {
      await grant('read', ...names);
      for (const asked of Object.values(lists(CALENDAR))) expect(listedIn(await ask(server.bob, asked))).toEqual(ALL);
      for (const name of ALL) expect((await server.bob('GET', `${CALENDAR}${name}.ics`)).text).toBe(EVENTS[name]);
    });

  it('does not by changing its colour alone', async () => {
    await grant('read', 'write-properties', 'read-acl');
    expect(listedIn(await ask(server.bob, lists(CALENDAR)['PROPFIND of ETags (RFC 4918 §9.1)']!))).toEqual(SEEN);
  });

  it('sees nothing of it by free-busy alone', async () => {
    await grant('C:read-free-busy');
    const statuses = ALL.map(async (name) => (await server.bob('GET', `${CALENDAR}${name}.ics`)).status);
    expect(await Promise.all(statuses)).toEqual(ALL.map((name) => (HIDDEN.includes(name) ? 404 : 403)));
  });
});

describe('the copy that a reader keeps', () => {
  const hide = (uid: string, said: string) => put(uid, anEvent(uid, said, `DESCRIPTION:${SECRET}`));

  it('loses an event that becomes private and gets it back, with either limit (RFC 6578 §3.5)', async () => {
    await grant('read');
    for (const limit of [undefined, 1]) {
      const replica = replicaOf(server.bob, CALENDAR);
      await expectInStep(replica, limit);
      const path = `${CALENDAR}turning.ics`;
      for (const said of ['CLASS:PUBLIC', 'CLASS:PRIVATE', 'CLASS:CONFIDENTIAL', 'CLASS:PRIVATE', 'CLASS:PUBLIC']) {
        await hide('turning', said);
        await expectInStep(replica, limit);
        expect(replica.etags.has(path)).toBe(said !== 'CLASS:PRIVATE');
        const got = await server.bob('GET', path);
        expect(got.headers.etag?.slice(1, -1)).toBe(replica.etags.get(path)?.slice(1, -1));
      }
      await server.ann('DELETE', path);
      await expectInStep(replica, limit);
    }
  });

  it('is what it may see also when the right to write comes and goes: the token is refused (RFC 6578 §3.2)', async () => {
    const replica = replicaOf(server.bob, CALENDAR);
    for (const names of [['read'], ['read', 'write'], ['read'], ['read', 'bind'], ['read', 'write-properties']]) {
      await grant(...names);
      await expectInStep(replica);
      const hasAll = names.includes('write') || names.includes('bind');
      expect(replica.etags.size).toBe(hasAll ? ALL.length : SEEN.length);
    }
  });

  it('is told by another ctag and another token that what it may see is no longer the same (RFC 6578 §4)', async () => {
    const state = async () => {
      const asked = propfindBody('CS:getctag', 'D:sync-token', 'D:getetag');
      const [told] = (await server.bob('PROPFIND', CALENDAR, asked, { depth: '0' })).responses().values();
      return [calendarserver('getctag'), dav('sync-token'), dav('getetag')].map((name) => foundText(told, name));
    };
    await grant('read');
    const before = await state();
    await grant('read', 'write');
    const after = await state();
    for (const [index, word] of before.entries()) expect(word).not.toBe(after[index]);
    await grant('read');
    expect(await state()).toEqual(before);
  });

  it('follows by its home, too, at both levels (RFC 6578 §3.3)', async () => {
    for (const level of ['1', 'infinite'] as const) {
      const phone: DavClient = Object.assign(
        (...[method, path, body, headers]: Parameters<DavClient>) =>
          server.bob(method, path, body, { ...IPHONE, ...headers }),
        { url: server.url },
      );
      const replica = replicaOf(phone, '/dav/calendars/bob/', level);
      for (const names of [['read'], ['read', 'write'], ['read']]) {
        await grant(...names);
        await expectInStep(replica);
        await hide('open', 'CLASS:PRIVATE');
        await expectInStep(replica);
        await put('open');
        await expectInStep(replica);
      }
      expect([...replica.etags.keys()].filter((href) => HIDDEN.some((name) => href.includes(name)))).toEqual([]);
      expect(replica.etags.has(`${BOUND}open.ics`)).toBe(level === 'infinite');
    }
  });

  it('is put right after an update, of which older versions had noted nothing (RFC 6578 §3.5)', async () => {
    const { db } = server.context;
    await grant('read');
    await sql`update object set index_data = index_data - 'SHOWN' where component <> 'VCARD'`.execute(db);
    await sql`update organisation set time_version = 1`.execute(db);
    const replica = replicaOf(server.bob, CALENDAR);
    await syncAll(replica);
    expect((await server.bob('GET', `${CALENDAR}private.ics`)).status).toBe(404);
    expect((await server.bob('REPORT', CALENDAR, multiget(CALENDAR, DATA))).text).not.toContain(SECRET);
    await timeKeeper(server.context, () => false)();
    await expectInStep(replica);
    expect([...replica.etags.keys()].sort()).toEqual(SEEN.map((name) => `${CALENDAR}${name}.ics`));
    const owner = replicaOf(server.ann, CALENDAR);
    await expectInStep(owner);
    expect(owner.etags.size).toBe(ALL.length);
  });

  it('does not begin with what is gone (RFC 6578 §3.4)', async () => {
    await grant('read');
    const one = '<D:limit><D:nresults>1</D:nresults></D:limit>';
    let token = '';
    for (let round = 0; round < 2 * ALL.length; round++) {
      const answer = await server.bob('REPORT', CALENDAR, sync(token, '<D:getetag/>', one));
      expect([...answer.responses().values()].filter(({ status }) => status === 404)).toEqual([]);
      token = syncTokenOf(answer);
    }
  });
});

describe('a word in a private or confidential event', () => {
  const inClass = fc.constantFrom(
    'PRIVATE',
    'private',
    'X-BOARD',
    'CONFIDENTIAL',
    ' Private ',
    '"PRIVATE"',
    'PRI\r\n VATE',
  );
  const component = fc.constantFrom('VEVENT', 'VTODO', 'VJOURNAL');
  const property = fc.constantFrom(
    ...['SUMMARY', 'DESCRIPTION', 'LOCATION', 'CATEGORIES', 'COMMENT', 'CONTACT', 'URL', 'X-WORD', 'RESOURCES', 'GEO'],
    ...['SUMMARY;LANGUAGE=en', 'ATTENDEE;CN=zanzibar', 'ORGANIZER;CN="zanzibar"', 'ATTACH;VALUE=URI', 'RELATED-TO'],
  );
  const place = fc.constantFrom('itself', 'a moved instance', 'an alarm');
  const secretObject = fc.record({ inClass, component, property, place }).map((made) => ({
    ...made,
    octets: objectWith(made.inClass, made.component, made.property, made.place),
  }));

  function objectWith(inClass: string, name: string, property: string, place: string): string {
    const word = `${property}:mailto:${SECRET}`;
    const own = (...lines: string[]) => [
      `BEGIN:${name}`,
      'UID:word',
      'DTSTAMP:20260101T000000Z',
      ...lines,
      `END:${name}`,
    ];
    const told = place === 'an alarm' ? ['BEGIN:VALARM', 'ACTION:AUDIO', 'TRIGGER:-PT5M', word, 'END:VALARM'] : [word];
    const start = 'DTSTART:20260701T100000Z';
    const items =
      place === 'a moved instance'
        ? [
            ...own(start, 'RRULE:FREQ=DAILY;COUNT=3'),
            ...own('RECURRENCE-ID:20260702T100000Z', 'DTSTART:20260702T120000Z', `CLASS:${inClass}`, ...told),
          ]
        : own(start, `CLASS:${inClass}`, ...told);
    return ['BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//T//EN', ...items, 'END:VCALENDAR', ''].join('\r\n');
  }

  it('is told to no reader in any way, and found by none', async () => {
    await grant('read');
    const path = `${CALENDAR}word.ics`;
    const answers = async (): Promise<string[]> => {
      const asked = [...Object.values(lists(CALENDAR)), ...Object.values(lists(BOUND))].map((each) =>
        ask(server.bob, each, IPHONE),
      );
      const got = [path, `${BOUND}word.ics`, CALENDAR, BOUND].map((each) => server.bob('GET', each));
      const json = { accept: 'application/calendar+json' };
      const multistatus = await Promise.all([...asked, ...got, server.bob('GET', path, undefined, json)]);
      const window = { query: { from: '2026-06-25T00:00:00Z', to: '2026-07-25T00:00:00Z' } };
      return [...multistatus.map(({ text }) => text), JSON.stringify(await bobApi().call('listEvents', window))];
    };
    await fc.assert(
      fc.asyncProperty(secretObject, async ({ octets, component: name }) => {
        const stored = await server.ann('PUT', path, octets, ICALENDAR);
        expect(stored.status).toBeLessThan(400);
        for (const text of await answers()) expect(text).not.toContain(SECRET);
        const words = containing(SECRET).map((each) => query(each.replace('"VEVENT"', `"${name}"`)));
        for (const body of words) {
          const found = listedIn(await server.bob('REPORT', CALENDAR, body));
          expect(found).toEqual([]);
        }
        await server.ann('DELETE', path);
      }),
      { numRuns: 15 },
    );
  });
});
