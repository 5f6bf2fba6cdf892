/** What others share, in the user's own home, for programs that look into one home alone (RFC 4791 §6.2.1, RFC 5842 §1). */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, carddav, dav } from '../../src/xml/names.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { type Body, foundText, type Headers, syncTokenOf } from '../support/dav-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

const IPHONE = 'iOS/18.5 (22F76) dataaccessd/1.0';
const MAC_CONTACTS = 'macOS/15.5 (24F74) AddressBookCore/2696.4.1';
const DAVX5 = 'DAVx5/4.5 (dav4jvm; okhttp/4.12.0) Android/15';
/** Where bob's programs find what ann shares. */
const HOME = '/dav/addressbooks/bob/';
const BOUND = `${HOME}~ann~contacts/`;
const BOUND_CALENDAR = '/dav/calendars/bob/~ann~calendar/';

let server: DavServer;
const ids: Record<string, string> = {};
beforeAll(async () => {
  server = await startDavServer();
  const ann = apiClient(server.url, basic(ANN.name, ANN.password));
  for (const { kind, id } of (await ann.call('listCollections')).items) ids[kind] = id;
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
  await server.ann('PUT', `${BOOK}b%20c.vcf`, aCard('b'), VCARD);
  await server.ann('PUT', `${CALENDAR}e.ics`, anEvent('e'), ICALENDAR);
});
afterAll(() => server.stop());
afterEach(async () => {
  for (const kind of ['addressbook', 'calendar'] as const) await share('nothing', kind);
});

function share(may: 'read' | 'write' | 'nothing', kind: 'addressbook' | 'calendar' = 'addressbook') {
  const ann = apiClient(server.url, basic(ANN.name, ANN.password));
  return ann.call('shareCollection', { parameters: { id: ids[kind]! }, body: { name: 'bob', may } });
}

const bob = (method: string, path: string, body?: Body, headers: Headers = {}, agent = IPHONE) =>
  server.bob(method, path, body, { 'user-agent': agent, ...headers });

const listed = async (home: string, agent: string) =>
  (await bob('PROPFIND', home, propfindBody('D:displayname', 'D:resource-id'), { depth: '1' }, agent)).responses();

const homesToldTo = async (agent: string) => {
  const asked = propfindBody('C:calendar-home-set', 'CR:addressbook-home-set');
  const answer = await bob('PROPFIND', '/dav/principals/users/bob/', asked, { depth: '0' }, agent);
  const [response] = answer.responses().values();
  return [caldav('calendar-home-set'), carddav('addressbook-home-set')].map((name) =>
    childrenOf(response!.properties.get(name)!.element).map(textOf),
  );
};

describe('who looks into one home alone', () => {
  it('is told of the own one, since it may take any; others are told of all', async () => {
    await share('read');
    await share('read', 'calendar');
    expect(await homesToldTo(IPHONE)).toEqual([['/dav/calendars/bob/'], [HOME]]);
    expect(await homesToldTo('Mac+OS+X/10.15.7 (19H2) CalendarAgent/930.5.1')).toEqual([
      ['/dav/calendars/bob/'],
      [HOME],
    ]);
    const all = [
      ['/dav/calendars/bob/', '/dav/calendars/ann/'],
      [HOME, '/dav/addressbooks/ann/'],
    ];
    expect(await homesToldTo(DAVX5)).toEqual(all);
    expect(await homesToldTo('Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15')).toEqual(all);
  });

  it('finds there what may be read, told from its own by the owner; nobody else finds it twice', async () => {
    expect([...(await listed(HOME, IPHONE)).keys()]).not.toContain(BOUND);
    await share('read');
    const found = await listed(HOME, IPHONE);
    expect([...found.keys()]).toEqual([HOME, `${HOME}contacts/`, BOUND]);
    expect(foundText(found.get(BOUND), dav('displayname'))).toMatch(/ \(ann\)$/);
    const direct = (await listed('/dav/addressbooks/ann/', DAVX5)).get(BOOK);
    const idOf = (response: typeof direct) => foundText(response, dav('resource-id'));
    expect(idOf(found.get(BOUND))).toBe(idOf(direct));
    expect([...(await listed(HOME, DAVX5)).keys()]).not.toContain(BOUND);
    expect([...(await listed('/dav/calendars/bob/', IPHONE)).keys()]).not.toContain(BOUND_CALENDAR);
    const annsOwn = await server.ann('PROPFIND', '/dav/addressbooks/ann/', propfindBody('D:displayname'), {
      depth: '1',
      'user-agent': IPHONE,
    });
    expect([...annsOwn.responses().keys()].filter((href) => href.includes('~'))).toEqual([]);
  });

  it('does not find an address book there as the Contacts of a Mac, which show one of a home, but calendars', async () => {
    await share('read');
    await share('read', 'calendar');
    expect([...(await listed(HOME, MAC_CONTACTS)).keys()]).not.toContain(BOUND);
    expect([...(await listed('/dav/calendars/bob/', MAC_CONTACTS)).keys()]).toContain(BOUND_CALENDAR);
    expect([...(await listed('/dav/calendars/bob/', 'vdirsyncer/0.19.2')).keys()]).toContain(BOUND_CALENDAR);
  });
});

describe('a collection of somebody else in the own home', () => {
  it('synchronises by hrefs of that home alone (RFC 6578 §3.2, RFC 6352 §8.7)', async () => {
    await share('write');
    const sync = (token: string) =>
      bob(
        'REPORT',
        BOUND,
        `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`,
      );
    const first = await sync('');
    expect([...first.responses().keys()].sort()).toEqual([`${BOUND}a.vcf`, `${BOUND}b%20c.vcf`]);
    const put = await bob('PUT', `${BOUND}n.vcf`, aCard('n', 'New One'), { ...VCARD, 'if-none-match': '*' });
    expect(put.status).toBe(201);
    const delta = await sync(syncTokenOf(first));
    expect([...delta.responses().keys()]).toEqual([`${BOUND}n.vcf`]);
    const hrefs = [
      `${BOUND}n.vcf`,
      `${BOUND}b%20c.vcf`,
      `/dav/addressbooks/bob/%7Eann~contacts/a.vcf`,
      `${BOUND}gone.vcf`,
    ];
    const multiget = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/><CR:address-data/></D:prop>${hrefs.map((href) => `<D:href>${href}</D:href>`).join('')}</CR:addressbook-multiget>`;
    const got = (await bob('REPORT', BOUND, multiget)).responses();
    expect([...got].map(([href, { status }]) => [href, status]).sort()).toEqual([
      [`${BOUND}a.vcf`, undefined],
      [`${BOUND}b%20c.vcf`, undefined],
      [`${BOUND}gone.vcf`, 404],
      [`${BOUND}n.vcf`, undefined],
    ]);
    expect((await server.ann('GET', `${BOOK}n.vcf`)).headers.etag).toBe(put.headers.etag);
    expect((await bob('GET', `${BOUND}n.vcf`)).text).toBe(aCard('n', 'New One'));
    expect((await bob('DELETE', `${BOUND}n.vcf`, undefined, { 'if-match': put.headers.etag! })).status).toBe(204);
    expect((await server.ann('GET', `${BOOK}n.vcf`)).status).toBe(404);
  });

  it('names what is in the way by an href of that home (RFC 6352 §6.3.2.1)', async () => {
    await share('write');
    const twice = await bob('PUT', `${BOUND}other.vcf`, aCard('a'), VCARD);
    expect(twice.conditions()[0]).toBe(carddav('no-uid-conflict'));
    expect(twice.text).toContain(`${BOUND}a.vcf`);
  });

  it('is the same card as in the home of its owner: copied and moved onto itself it is refused (RFC 4918 §9.8.5)', async () => {
    await share('write');
    for (const method of ['COPY', 'MOVE'])
      for (const [from, to] of [
        [`${BOUND}a.vcf`, `${BOOK}a.vcf`],
        [`${BOOK}a.vcf`, `${BOUND}a.vcf`],
      ])
        expect((await bob(method, from!, undefined, { destination: to! })).status).toBe(403);
    expect((await server.ann('GET', `${BOOK}a.vcf`)).status).toBe(200);
  });

  it('can be neither changed nor emptied by who may read, nor renamed or moved by who may write (RFC 3744 §3)', async () => {
    const rename = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>Mine</D:displayname></D:prop></D:set></D:propertyupdate>`;
    await share('read');
    expect((await bob('PUT', `${BOUND}a.vcf`, aCard('a', 'Changed'), VCARD)).status).toBe(403);
    expect((await bob('PUT', `${BOUND}z.vcf`, aCard('z'), VCARD)).status).toBe(403);
    expect((await bob('DELETE', `${BOUND}a.vcf`)).status).toBe(403);
    for (const may of ['read', 'write'] as const) {
      await share(may);
      expect((await bob('PROPPATCH', BOUND, rename)).status).toBe(403);
      expect((await bob('MOVE', BOUND, undefined, { destination: `${HOME}mine/` })).status).toBe(403);
    }
    expect((await server.ann('GET', `${BOOK}a.vcf`)).text).toBe(aCard('a'));
  });

  it('is given back by DELETE, which leaves the collection itself as it is, where it was shared by name (RFC 5842 §1)', async () => {
    await share('write');
    expect((await bob('DELETE', BOUND)).status).toBe(204);
    expect((await bob('PROPFIND', BOUND, propfindBody('D:displayname'), { depth: '0' })).status).toBe(404);
    expect([...(await listed(HOME, IPHONE)).keys()]).toEqual([HOME, `${HOME}contacts/`]);
    expect((await server.ann('GET', `${BOOK}a.vcf`)).text).toBe(aCard('a'));
    const ann = apiClient(server.url, basic(ANN.name, ANN.password));
    const parameters = { id: ids.addressbook! };
    expect((await ann.call('listShares', { parameters })).items).toEqual([]);
    await ann.call('shareCollection', { parameters, body: { name: null, may: 'read' } });
    expect((await bob('DELETE', BOUND)).status).toBe(403);
    expect((await bob('DELETE', BOOK)).status).toBe(403);
    expect([...(await listed(HOME, IPHONE)).keys()]).toContain(BOUND);
    await ann.call('shareCollection', { parameters, body: { name: null, may: 'nothing' } });
  });

  it('is held by the locks of the collection itself (RFC 4918 §7)', async () => {
    await share('write');
    const info = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
    const lock = await server.ann('LOCK', `${BOOK}a.vcf`, info);
    expect((await bob('PUT', `${BOUND}a.vcf`, aCard('a', 'Changed'), VCARD)).status).toBe(423);
    expect((await bob('DELETE', `${BOUND}a.vcf`)).status).toBe(423);
    await server.ann('UNLOCK', `${BOOK}a.vcf`, undefined, { 'lock-token': lock.headers['lock-token']! });
    const own = await bob('LOCK', `${BOUND}a.vcf`, info);
    const token = own.headers['lock-token']!;
    expect((await server.ann('PUT', `${BOOK}a.vcf`, aCard('a', 'Changed'), VCARD)).status).toBe(423);
    const tagged = { ...VCARD, if: `<${BOUND}a.vcf> (${token})` };
    expect((await bob('PUT', `${BOUND}a.vcf`, aCard('a', 'Changed'), tagged)).status).toBe(204);
    expect((await bob('UNLOCK', `${BOUND}a.vcf`, undefined, { 'lock-token': token })).status).toBe(204);
    await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
  });

  it('comes, changes and goes with the home that is synchronised (RFC 6578 §3.2)', async () => {
    const sync = async (token: string) => {
      const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
      const answer = await bob('REPORT', HOME, body);
      return { token: syncTokenOf(answer), told: [...answer.responses()].map(([href, { status }]) => [href, status]) };
    };
    const before = await sync('');
    expect(before.told.map(([href]) => href)).toEqual([`${HOME}contacts/`]);
    await share('read');
    const shared = await sync(before.token);
    expect(shared.told).toEqual([[BOUND, undefined]]);
    await server.ann('PUT', `${BOOK}a.vcf`, aCard('a', 'Changed'), VCARD);
    const changed = await sync(shared.token);
    expect(changed.told).toEqual([[BOUND, undefined]]);
    await share('nothing');
    const ended = await sync(changed.token);
    expect(ended.told).toEqual([[BOUND, 404]]);
    expect((await sync(ended.token)).told).toEqual([]);
    expect((await bob('PROPFIND', BOUND, propfindBody('D:displayname'), { depth: '0' })).status).toBe(404);
    await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
  });

  it('is not there for whom nothing is shared with, and does not hide an own one of that name', async () => {
    const missing = await bob('PROPFIND', BOUND, propfindBody('D:displayname'), { depth: '0' });
    expect(missing.status).toBe(404);
    expect((await bob('GET', `${BOUND}a.vcf`)).status).toBe(404);
    await share('read');
    expect((await server.ann('GET', `${BOUND}a.vcf`)).status).toBe(404);
    expect((await bob('MKCALENDAR', BOUND_CALENDAR)).status).toBe(201);
    await share('write', 'calendar');
    expect((await bob('PUT', `${BOUND_CALENDAR}own.ics`, anEvent('own'), ICALENDAR)).status).toBe(201);
    expect((await server.ann('GET', `${CALENDAR}own.ics`)).status).toBe(404);
    expect(
      [...(await listed('/dav/calendars/bob/', IPHONE)).keys()].filter((href) => href === BOUND_CALENDAR),
    ).toHaveLength(1);
    expect((await bob('DELETE', BOUND_CALENDAR)).status).toBe(204);
    expect((await server.ann('GET', `${CALENDAR}e.ics`)).status).toBe(200);
  });
});
