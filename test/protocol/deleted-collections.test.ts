/** A deleted book or calendar comes back whole: octets, properties, grants, honest sync tokens; for a set time, for its owner. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { restoreDeletedCollection } from '../../src/commands/restore-deleted.ts';
import { keepHouse } from '../../src/jobs/housekeeping.ts';
import { listDeletedCollections } from '../../src/store/deleted-collections.ts';
import { dav } from '../../src/xml/names.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { refusal } from '../support/api-person.ts';
import { foundText, syncTokenOf } from '../support/dav-client.ts';
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
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

const apiOf = (user: typeof ANN) => apiClient(server.url, basic(user.name, user.password));

let books = 0;
/** A book of ann's with three cards, a colour of its own and a grant to bob. */
async function aBook(): Promise<{ path: string; id: string }> {
  const name = `deleted-${++books}`;
  const path = `/dav/addressbooks/ann/${name}/`;
  const body = `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype>
    <D:displayname>Friends</D:displayname><x:mood xmlns:x="urn:x">glad</x:mood></D:prop></D:set></D:mkcol>`;
  expect((await server.ann('MKCOL', path, body)).status).toBe(201);
  for (const uid of ['a', 'b', 'c']) await server.ann('PUT', `${path}${uid}.vcf`, aCard(uid, `First ${uid}`), VCARD);
  const patch = `<D:propertyupdate ${PREFIXES}><D:set><D:prop><x:mood xmlns:x="urn:x">sad</x:mood></D:prop></D:set></D:propertyupdate>`;
  expect((await server.ann('PROPPATCH', `${path}a.vcf`, patch)).status).toBe(207);
  const acl = `<D:acl ${PREFIXES}><D:ace><D:principal><D:href>/dav/principals/users/bob/</D:href></D:principal><D:grant><D:privilege><D:read/></D:privilege></D:grant></D:ace></D:acl>`;
  expect((await server.ann('ACL', path, acl)).status).toBe(200);
  const { items } = await apiOf(ANN).call('listCollections');
  return { path, id: items.find((each) => each.name === name)!.id };
}

const syncBody = (token: string) =>
  `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
const sync = (path: string, token = '') => server.ann('REPORT', path, syncBody(token));
const etags = async (path: string) =>
  [...(await sync(path)).responses()].map(([href, found]) => [href, foundText(found, dav('getetag'))]).sort();

describe('a deleted collection', () => {
  it('comes back with its octets, ETags, properties, those of its objects, and grants', async () => {
    const { path, id } = await aBook();
    const before = { etags: await etags(path), card: (await server.ann('GET', `${path}b.vcf`)).text };
    expect((await server.ann('DELETE', path)).status).toBe(204);
    expect((await server.ann('PROPFIND', path, undefined, { depth: '0' })).status).toBe(404);
    const api = apiOf(ANN);
    const listed = (await api.call('listDeletedCollections')).items.find((each) => each.id === id);
    expect(listed).toMatchObject({ kind: 'addressbook', displayName: 'Friends', count: 3 });
    expect(await api.call('restoreDeletedCollection', { parameters: { id }, body: {} })).toMatchObject({
      id,
      count: 3,
    });
    expect({ etags: await etags(path), card: (await server.ann('GET', `${path}b.vcf`)).text }).toEqual(before);
    const asked = `<D:propfind ${PREFIXES}><D:prop><D:displayname/><x:mood xmlns:x="urn:x"/></D:prop></D:propfind>`;
    const found = (await server.ann('PROPFIND', path, asked, { depth: '1' })).responses();
    expect(foundText(found.get(path), dav('displayname'))).toBe('Friends');
    expect(foundText(found.get(path), '{urn:x}mood' as never)).toBe('glad');
    expect(foundText(found.get(`${path}a.vcf`), '{urn:x}mood' as never)).toBe('sad');
    expect((await server.bob('GET', `${path}a.vcf`)).status).toBe(200);
    expect((await server.bob('PUT', `${path}a.vcf`, aCard('a'), VCARD)).status).toBe(403);
    expect((await api.call('listDeletedCollections')).items.some((each) => each.id === id)).toBe(false);
  });

  it('comes back with tokens that stay honest: its last one tells every object, older ones are refused (RFC 6578 §3.2)', async () => {
    const { path, id } = await aBook();
    const old = syncTokenOf(await sync(path));
    await server.ann('DELETE', `${path}c.vcf`);
    const last = syncTokenOf(await sync(path));
    await server.ann('DELETE', path);
    await apiOf(ANN).call('restoreDeletedCollection', { parameters: { id }, body: {} });
    expect((await sync(path, old)).conditions()).toContain(dav('valid-sync-token'));
    const changes = await sync(path, last);
    expect([...changes.responses().keys()].sort()).toEqual([`${path}a.vcf`, `${path}b.vcf`]);
    await server.ann('PUT', `${path}a.vcf`, aCard('a', 'Later'), VCARD);
    expect([...(await sync(path, syncTokenOf(changes))).responses().keys()]).toEqual([`${path}a.vcf`]);
  });

  it('keeps the history of its objects: what was deleted or changed before is there as ever', async () => {
    const { path, id } = await aBook();
    const api = apiOf(ANN);
    await server.ann('DELETE', `${path}c.vcf`);
    await server.ann('PUT', `${path}a.vcf`, aCard('a', 'Second'), VCARD);
    await server.ann('DELETE', path);
    await api.call('restoreDeletedCollection', { parameters: { id }, body: {} });
    const bin = (await api.call('listDeleted', { parameters: { id } })).items;
    expect(bin.map(({ name }) => name)).toEqual(['c.vcf']);
    await api.call('restoreVersion', { parameters: { id, seq: bin[0]!.seq } });
    expect((await server.ann('GET', `${path}c.vcf`)).status).toBe(200);
    const card = (await api.call('listCards', { query: { collectionId: id } })).items.find(
      ({ name }) => name === 'a.vcf',
    )!;
    const versions = (await api.call('listVersions', { parameters: { id: card.id } })).items;
    expect(versions.map(({ reason }) => reason)).toEqual(['deleted', 'replaced']);
  });

  it('is only told by a dry run, and takes another name where its own is taken', async () => {
    const { path, id } = await aBook();
    await server.ann('DELETE', path);
    await server.ann('MKCOL', path);
    const api = apiOf(ANN);
    const plan = await api.call('restoreDeletedCollection', { parameters: { id }, body: { dryRun: true } });
    expect(plan).toMatchObject({ dryRun: true, name: `deleted-${books}-2`, count: 3 });
    const back = path.replace(/\/$/, '-2/');
    expect((await server.ann('PROPFIND', back, undefined, { depth: '0' })).status).toBe(404);
    await api.call('restoreDeletedCollection', { parameters: { id }, body: {} });
    expect(await etags(back)).toHaveLength(3);
    expect(await refusal(api.call('restoreDeletedCollection', { parameters: { id }, body: {} }))).toEqual([
      404,
      'no-such-deleted-collection',
    ]);
  });

  it('may be a calendar, whose events are found by time again', async () => {
    await server.ann('PUT', `${CALENDAR}e.ics`, anEvent('e'), ICALENDAR);
    await server.ann('DELETE', CALENDAR);
    const api = apiOf(ANN);
    const { id } = (await api.call('listDeletedCollections')).items.find(({ kind }) => kind === 'calendar')!;
    await api.call('restoreDeletedCollection', { parameters: { id }, body: {} });
    const query = { from: '2026-07-01T00:00:00Z', to: '2026-07-02T00:00:00Z' };
    expect((await api.call('listEvents', { query })).items.map(({ summary }) => summary)).toEqual(['Meeting']);
  });

  it('brings plain collections below it along, and those only that went with it', async () => {
    const top = `${BOOK.replace('contacts', 'files')}`;
    for (const path of [top, `${top}inner/`, `${top}gone/`]) await server.ann('MKCOL', path);
    await server.ann('PUT', `${top}inner/f.txt`, 'hello', { 'content-type': 'text/plain' });
    await server.ann('DELETE', `${top}gone/`);
    await server.ann('DELETE', top);
    const ownerId = (await apiOf(ANN).call('showSession')).account.id;
    const deleted = await listDeletedCollections(server.context.db, server.organisationId, ownerId);
    const found = deleted.find(({ kind, name }) => kind === 'plain' && name === 'addressbooks/files')!;
    const back = await restoreDeletedCollection(server.context, found, { dryRun: false });
    expect(back.map(({ name }) => name)).toEqual(['addressbooks/files', 'addressbooks/files/inner']);
    expect((await server.ann('GET', `${top}inner/f.txt`)).text).toBe('hello');
    expect((await server.ann('PROPFIND', `${top}gone/`, undefined, { depth: '0' })).status).toBe(404);
  });

  it('is nobody else’s, and is gone when its owner forgets it', async () => {
    const { path, id } = await aBook();
    await server.ann('DELETE', path);
    const parameters = { id };
    expect(await refusal(apiOf(BOB).call('restoreDeletedCollection', { parameters, body: {} }))).toEqual([
      404,
      'no-such-deleted-collection',
    ]);
    await apiOf(ANN).call('forgetDeletedCollection', { parameters });
    expect((await apiOf(ANN).call('listDeletedCollections')).items.some((each) => each.id === id)).toBe(false);
    expect(await keptOf(id)).toEqual({ versions: 0, properties: 0 });
  });

  it('is kept for as long as the history is, and then leaves nothing', async () => {
    const { path, id } = await aBook();
    await server.ann('DELETE', path);
    const retention = { historyDays: 30, historyOctets: 0, undoDays: 30 };
    server.clock.advance(29 * 86_400_000);
    await keepHouse(server.context, { retention });
    expect(await keptOf(id)).toEqual({ versions: 3, properties: 2 });
    server.clock.advance(2 * 86_400_000);
    await keepHouse(server.context, { retention });
    expect(await keptOf(id)).toEqual({ versions: 0, properties: 0 });
    expect((await apiOf(ANN).call('listDeletedCollections')).items.some((each) => each.id === id)).toBe(false);
  });
});

async function keptOf(collectionId: string): Promise<{ versions: number; properties: number }> {
  const { db } = server.context;
  const versions = await db
    .selectFrom('object_version')
    .select('seq')
    .where('collection_id', '=', collectionId)
    .execute();
  const books = (await db.selectFrom('collection').select('collection_id').execute()).map((row) => row.collection_id);
  const objects = (await db.selectFrom('object').select('object_id').execute()).map((row) => row.object_id);
  const known = new Set([...books, ...objects]);
  const others = (await db.selectFrom('deleted_collection').select('collection_id').execute()).flatMap((row) =>
    row.collection_id === collectionId ? [] : row.collection_id,
  );
  const elsewhere =
    others.length === 0
      ? []
      : await db.selectFrom('object_version').select('object_id').where('collection_id', 'in', others).execute();
  for (const id of [...others, ...elsewhere.map((row) => row.object_id)]) known.add(id);
  const properties = await db.selectFrom('dead_property').select('resource_id').execute();
  return { versions: versions.length, properties: properties.filter((row) => !known.has(row.resource_id)).length };
}

describe('restoring a deleted collection', () => {
  it('needs room in the quota (RFC 4331 §6)', async () => {
    const small = await startDavServer({ limits: { defaultQuota: 2500 } });
    const api = apiClient(small.url, basic(ANN.name, ANN.password));
    const card = (uid: string) => aCard(uid, 'Ann Example', `NOTE:${'x'.repeat(1500)}`);
    await small.ann('PUT', `${BOOK}a.vcf`, card('a'), VCARD);
    await small.ann('DELETE', BOOK);
    await small.ann('MKCOL', BOOK);
    const { id } = (await api.call('listDeletedCollections')).items[0]!;
    const other = `${BOOK.replace('contacts', 'others')}`;
    await small.ann(
      'MKCOL',
      other,
      `<D:mkcol ${PREFIXES}><D:set><D:prop><D:resourcetype><D:collection/><CR:addressbook/></D:resourcetype></D:prop></D:set></D:mkcol>`,
    );
    expect((await small.ann('PUT', `${other}b.vcf`, card('b'), VCARD)).status).toBe(201);
    expect(await refusal(api.call('restoreDeletedCollection', { parameters: { id }, body: {} }))).toEqual([
      507,
      'quota-not-exceeded',
    ]);
    expect((await api.call('listDeletedCollections')).items).toHaveLength(1);
    await small.ann('DELETE', `${other}b.vcf`);
    small.clock.advance(60_000);
    expect(await api.call('restoreDeletedCollection', { parameters: { id }, body: {} })).toMatchObject({ count: 1 });
    await small.stop();
  });
});
