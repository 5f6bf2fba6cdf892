/** Quotas over HTTP (RFC 4331). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { dav } from '../../src/xml/names.ts';
import { apiClient, basic } from '../support/api-client.ts';
import type { FreshDatabase } from '../support/database.ts';
import { type DavClient, davClient, foundText } from '../support/dav-client.ts';
import { aCard, propfindBody, VCARD } from '../support/dav-server.ts';
import { anAdministrator, aPerson, failureOf, PASSWORD, type Person, signIn } from '../support/people.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ limits: { defaultQuota: 2000 } });
});
afterAll(() => server.stop());

interface Owner {
  readonly person: Person;
  readonly dav: DavClient;
  readonly book: string;
}

async function anOwner(organisationId?: string): Promise<Owner> {
  const person = await aPerson(server, organisationId ? { organisationId } : {});
  const client = davClient(server.url, { name: person.name, password: PASSWORD });
  return { person, dav: client, book: `/dav/addressbooks/${person.name}/contacts/` };
}

let opened: Db | undefined;
/** The same database by connections of its own, as another process has them. */
function openedAgain(): FreshDatabase {
  const { url } = server.database;
  opened = openDatabase({ url });
  return { db: opened, url, drop: async () => {} };
}

/** A card of about so many octets. */
const cardOf = (uid: string, octets: number) => aCard(uid, 'Ann Example', `NOTE:${'x'.repeat(octets - 110)}`);

describe('a quota', () => {
  it('refuses the PUT that would exceed it with 507 and DAV:quota-not-exceeded, and stores nothing (RFC 4331 §6)', async () => {
    const { dav: send, book } = await anOwner();
    expect((await send('PUT', `${book}a.vcf`, cardOf('a', 1500), VCARD)).status).toBe(201);
    const refused = await send('PUT', `${book}b.vcf`, cardOf('b', 900), VCARD);
    expect([refused.status, refused.conditions()[0]]).toEqual([507, dav('quota-not-exceeded')]);
    expect(refused.text).toContain('2000 octets');
    expect((await send('GET', `${book}b.vcf`)).status).toBe(404);
    expect((await send('PUT', `${book}c.vcf`, cardOf('c', 300), VCARD)).status).toBe(201);
  });

  it('holds for what several processes store, though each remembers its own count for a while', async () => {
    const { dav: one, book, person } = await anOwner();
    const second = await startServer({ database: openedAgain(), limits: { defaultQuota: 2000 } });
    const other = davClient(second.url, { name: person.name, password: PASSWORD });
    const stored: number[] = [];
    for (let i = 0; i < 16; i++) {
      const card = cardOf(`q${i}`, 250);
      const { status } = await (i % 2 === 0 ? one : other)('PUT', `${book}q${i}.vcf`, card, VCARD);
      if (status === 201) stored.push(card.length);
    }
    const used = stored.reduce((sum, size) => sum + size, 0);
    expect([used <= 2000, used > 1500]).toEqual([true, true]);
    await second.stop();
    await opened!.destroy();
  });

  it('lets a full owner make an object smaller, and delete', async () => {
    const { dav: send, book } = await anOwner();
    await send('PUT', `${book}a.vcf`, cardOf('a', 1900), VCARD);
    expect((await send('PUT', `${book}a.vcf`, cardOf('a', 1950), VCARD)).status).toBe(204);
    expect((await send('PUT', `${book}a.vcf`, cardOf('a', 2100), VCARD)).status).toBe(507);
    expect((await send('PUT', `${book}a.vcf`, cardOf('a', 500), VCARD)).status).toBe(204);
    expect((await send('DELETE', `${book}a.vcf`)).status).toBe(204);
    expect((await send('PUT', `${book}b.vcf`, cardOf('b', 1900), VCARD)).status).toBe(201);
  });

  it('holds for COPY too', async () => {
    const { dav: send, book } = await anOwner();
    await send('PUT', `${book}a.vcf`, cardOf('a', 1200), VCARD);
    await send('MKCOL', `${book.replace('contacts', 'more')}`);
    const destination = `${server.url}${book.slice(1).replace('contacts', 'files')}`;
    const copied = await send('COPY', book, undefined, { destination });
    expect([copied.status, copied.conditions()[0]]).toEqual([507, dav('quota-not-exceeded')]);
    expect((await send('PROPFIND', book.replace('contacts', 'files'), undefined, { depth: '0' })).status).toBe(404);
  });

  it('holds for an import', async () => {
    const { person } = await anOwner();
    const api = apiClient(server.url, basic(person.name, PASSWORD));
    const { items } = await api.call('listCollections');
    const raw = [1, 2, 3].map((each) => cardOf(`i${each}`, 900)).join('');
    const headers = { 'Content-Type': 'text/vcard' };
    const parameters = { id: items.find((each) => each.kind === 'addressbook')!.id };
    const refused = await failureOf(api.call('importObjects', { parameters, raw, headers }));
    expect([refused.status, refused.problem.code]).toEqual([507, 'quota-not-exceeded']);
  });

  it('is told in quota-used-bytes and quota-available-bytes (RFC 4331 §3, §4)', async () => {
    const { dav: send, book } = await anOwner();
    await send('PUT', `${book}a.vcf`, cardOf('a', 1500), VCARD);
    const body = propfindBody('D:quota-used-bytes', 'D:quota-available-bytes');
    const told = (await send('PROPFIND', book, body, { depth: '0' })).responses().get(book);
    const used = Number(foundText(told, dav('quota-used-bytes')));
    expect(used).toBeGreaterThan(1400);
    expect(Number(foundText(told, dav('quota-available-bytes')))).toBe(2000 - used);
  });

  it('counts what lies below a plain collection as used by it, and no neighbour of a like name (RFC 4331 §4)', async () => {
    const { person, dav: send } = await anOwner();
    const top = `/dav/addressbooks/${person.name}/files/`;
    for (const path of [top, `${top}deep/`, `${top.slice(0, -1)}2/`]) await send('MKCOL', path);
    await send('PUT', `${top}deep/note.txt`, 'x'.repeat(300), { 'content-type': 'text/plain' });
    await send('PUT', `${top.slice(0, -1)}2/note.txt`, 'x'.repeat(50), { 'content-type': 'text/plain' });
    const told = await send('PROPFIND', top, propfindBody('D:quota-used-bytes'), { depth: '1' });
    const used = [...told.responses().values()].map((each) => foundText(each, dav('quota-used-bytes')));
    expect(used).toEqual(['300', '300']);
  });

  it('of one user is set by an administrator, and holds at once', async () => {
    const boss = await anAdministrator(server);
    const { person, dav: send, book } = await anOwner(boss.organisationId);
    const api = await signIn(server, boss.name);
    const parameters = { id: person.principalId };
    await send('PUT', `${book}a.vcf`, cardOf('a', 1500), VCARD);
    expect((await send('PUT', `${book}b.vcf`, cardOf('b', 1500), VCARD)).status).toBe(507);
    const user = await api.call('changeUser', { parameters, body: { quota: 5000 } });
    expect(user).toMatchObject({ quota: 5000, effectiveQuota: 5000 });
    expect(user.octetsUsed).toBeGreaterThan(1400);
    expect((await send('PUT', `${book}b.vcf`, cardOf('b', 1500), VCARD)).status).toBe(201);
    await api.call('changeUser', { parameters, body: { quota: null } });
    expect((await send('PUT', `${book}c.vcf`, cardOf('c', 500), VCARD)).status).toBe(507);
  });
});
