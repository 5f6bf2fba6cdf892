/** Sharing a collection by the page's API, and what the others find by DAV (RFC 3744 §5.5, RFC 6352 §7.1.1, RFC 4791 §6.2.1). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { childrenOf, textOf } from '../../src/xml/element.ts';
import { caldav, carddav } from '../../src/xml/names.ts';
import { type ApiClient, apiClient, basic } from '../support/api-client.ts';
import type { DavClient } from '../support/dav-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOB,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';
import { refusalOf } from '../support/people.ts';

let server: DavServer;
let ann: ApiClient;
let bob: ApiClient;
let book: string;
let calendar: string;
beforeAll(async () => {
  server = await startDavServer();
  ann = apiClient(server.url, basic(ANN.name, ANN.password));
  bob = apiClient(server.url, basic(BOB.name, BOB.password));
  const { items } = await ann.call('listCollections');
  const idOf = (kind: string) => items.find((each) => each.kind === kind)!.id;
  [book, calendar] = [idOf('addressbook'), idOf('calendar')];
  await server.ann('PUT', `${BOOK}a.vcf`, aCard('a'), VCARD);
  await server.ann('PUT', `${CALENDAR}e.ics`, anEvent('e'), ICALENDAR);
});
afterAll(() => server.stop());

const share = (id: string, name: string | null, may: 'read' | 'write' | 'nothing') =>
  ann.call('shareCollection', { parameters: { id }, body: { name, may } });

/** What bob can do with ann's book: see it, add to it. */
async function bobsWay(): Promise<number[]> {
  const seen = await server.bob('PROPFIND', BOOK, propfindBody('D:displayname'), { depth: '0' });
  const put = await server.bob('PUT', `${BOOK}bob.vcf`, aCard('bob'), VCARD);
  if (put.status === 201) await server.ann('DELETE', `${BOOK}bob.vcf`);
  return [seen.status, put.status];
}

/** The homes that a principal is told of. */
async function homesOf(client: DavClient, principal: string, name: 'CR:addressbook-home-set' | 'C:calendar-home-set') {
  const answer = await client('PROPFIND', `/dav/principals/users/${principal}/`, propfindBody(name), { depth: '0' });
  const [response] = answer.responses().values();
  const named = name.startsWith('CR') ? carddav('addressbook-home-set') : caldav('calendar-home-set');
  return childrenOf(response!.properties.get(named)!.element).map(textOf);
}

describe('a collection', () => {
  it('is shared with a user to read, then to write, then no more', async () => {
    expect(await bobsWay()).toEqual([404, 409]);
    expect((await share(book, 'bob', 'read')).items).toEqual([
      { name: 'bob', displayName: 'bob', kind: 'user', may: 'read' },
    ]);
    expect(await bobsWay()).toEqual([207, 403]);
    expect((await share(book, 'bob', 'write')).items.map(({ may }) => may)).toEqual(['write']);
    expect(await bobsWay()).toEqual([207, 201]);
    const renamed = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><D:displayname>Mine</D:displayname></D:prop></D:set></D:propertyupdate>`;
    expect((await server.bob('PROPPATCH', BOOK, renamed)).status).toBe(403);
    expect((await share(book, 'bob', 'nothing')).items).toEqual([]);
    expect(await bobsWay()).toEqual([404, 409]);
  });

  it('is shared with a group, with everybody, and with each for itself', async () => {
    const { organisationId } = server;
    const groupId = await createPrincipal(server.context, { organisationId, kind: 'group', name: 'choir' });
    expect(groupId).toBeTruthy();
    await share(book, 'choir', 'write');
    await share(book, null, 'read');
    const { items } = await ann.call('listShares', { parameters: { id: book } });
    expect(items.map(({ name, kind, may }) => [name, kind, may])).toEqual([
      ['choir', 'group', 'write'],
      [null, null, 'read'],
    ]);
    expect(await bobsWay()).toEqual([207, 403]);
    await share(book, null, 'nothing');
    await share(book, 'choir', 'nothing');
    expect(await bobsWay()).toEqual([404, 409]);
  });

  it('keeps what a program granted by ACL, and tells of it (RFC 3744 §8.1)', async () => {
    const privilege = '<D:privilege><C:read-free-busy/></D:privilege>';
    const acl = `<D:acl ${PREFIXES}><D:ace><D:principal><D:href>/dav/principals/users/bob/</D:href></D:principal><D:grant>${privilege}</D:grant></D:ace></D:acl>`;
    expect((await server.ann('ACL', CALENDAR, acl)).status).toBe(200);
    expect((await share(calendar, null, 'read')).items.map(({ name, may }) => [name, may])).toEqual([
      ['bob', 'other'],
      [null, 'read'],
    ]);
    await share(calendar, 'bob', 'nothing');
    await share(calendar, null, 'nothing');
  });

  it('is shared with others that there are, and by its owner', async () => {
    expect(await refusalOf(share(book, 'nobody', 'read'))).toBe('400 no-such-principal');
    expect(await refusalOf(share(book, 'ann', 'read'))).toBe('400 own-collection');
    const byBob = bob.call('shareCollection', { parameters: { id: book }, body: { name: null, may: 'read' } });
    expect(await refusalOf(byBob)).toBe('404 no-such-collection');
  });

  it('is not shared anew while a program holds a lock on it', async () => {
    const lock = `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`;
    const held = await server.ann('LOCK', BOOK, lock, { depth: '0' });
    expect(await refusalOf(share(book, 'bob', 'read'))).toBe('423 locked');
    await server.ann('UNLOCK', BOOK, undefined, { 'lock-token': held.headers['lock-token']! });
  });
});

describe('who is shared with', () => {
  beforeAll(async () => {
    await share(book, 'bob', 'read');
    await share(calendar, 'bob', 'write');
  });

  it('finds the home of who shares behind the own one, by its own principal alone', async () => {
    expect(await homesOf(server.bob, 'bob', 'CR:addressbook-home-set')).toEqual([
      '/dav/addressbooks/bob/',
      '/dav/addressbooks/ann/',
    ]);
    expect(await homesOf(server.bob, 'bob', 'C:calendar-home-set')).toEqual([
      '/dav/calendars/bob/',
      '/dav/calendars/ann/',
    ]);
    expect(await homesOf(server.ann, 'bob', 'CR:addressbook-home-set')).toEqual(['/dav/addressbooks/bob/']);
    expect(await homesOf(server.ann, 'ann', 'CR:addressbook-home-set')).toEqual(['/dav/addressbooks/ann/']);
  });

  it('sees in that home what is shared, and nothing else', async () => {
    await server.ann('MKCALENDAR', '/dav/calendars/ann/secret/');
    const home = await server.bob('PROPFIND', '/dav/calendars/ann/', propfindBody('D:owner'), { depth: '1' });
    expect([...home.responses().keys()]).toEqual(['/dav/calendars/ann/', CALENDAR]);
  });

  it('is not taken for who lives there by a search (RFC 3744 §9.4)', async () => {
    const body = `<D:principal-property-search ${PREFIXES}><D:property-search><D:prop><C:calendar-home-set/></D:prop><D:match>/dav/calendars/ann/</D:match></D:property-search><D:prop><D:displayname/></D:prop></D:principal-property-search>`;
    const found = await server.bob('REPORT', '/dav/principals/', body);
    expect([...found.responses().keys()]).toEqual(['/dav/principals/users/ann/']);
  });

  it('is told of it by the API', async () => {
    const { items } = await bob.call('listSharedCollections');
    expect(items).toMatchObject([
      { id: book, kind: 'addressbook', ownerName: 'ann', may: 'read', path: BOOK },
      { id: calendar, kind: 'calendar', ownerName: 'ann', may: 'write', path: CALENDAR },
    ]);
    expect((await ann.call('listSharedCollections')).items).toEqual([]);
  });
});
