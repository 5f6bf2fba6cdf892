/** Requests of a sender that was let in lately: answered with fewer looks at the database, and refused at once where it says so. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPrincipal } from '../../src/commands/accounts.ts';
import { issueAppPassword } from '../../src/commands/app-passwords.ts';
import { quickReaderOf } from '../../src/store/database.ts';
import { type DavClient, davClient, syncTokenOf } from '../support/dav-client.ts';
import { aCard, type DavServer, PREFIXES, startDavServer, VCARD } from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer();
});
afterAll(() => server.stop());

const NEW = { ...VCARD, 'if-none-match': '*' };

/** Somebody whose device has just uploaded a card. */
async function aDevice(name: string) {
  const { organisationId, context, url } = server;
  const password = `password of ${name}`;
  const who = { organisationId, kind: 'user', name, password, displayName: name, emails: [], language: 'en' } as const;
  const id = await createPrincipal(context, who);
  const client = davClient(url, { name, password });
  const book = `/dav/addressbooks/${name}/contacts/`;
  const put = (file: string, body = aCard(`${name}-${file}`)) => client('PUT', `${book}${file}.vcf`, body, NEW);
  expect((await put('first')).status).toBe(201);
  return { id, client, book, put, sync: (token: string) => sync(client, book, token) };
}

function sync(client: DavClient, book: string, token: string) {
  const body = `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/></D:prop></D:sync-collection>`;
  return client('REPORT', book, body);
}

type Device = Awaited<ReturnType<typeof aDevice>>;

/** How often the request asked the database before it did anything. */
async function looksOf<T>(request: () => Promise<T>): Promise<{ answer: T; looks: number }> {
  const spy = vi.spyOn(quickReaderOf(server.context.db)!, 'query');
  const answer = await request();
  const looks = spy.mock.calls.length;
  spy.mockRestore();
  return { answer, looks };
}

const ofPrincipal =
  (assignment: string) =>
  async ({ id }: Device) => {
    await sql`update principal set ${sql.raw(assignment)} where principal_id = ${id}`.execute(server.context.db);
  };
const ofBook =
  (statement: string) =>
  async ({ id }: Device) => {
    await sql`${sql.raw(statement)} where kind = 'addressbook' and owner_id = ${id}`.execute(server.context.db);
  };

/** What may happen between two cards, and how the second is answered then. */
const REFUSALS: Record<
  string,
  { readonly change: (device: Device) => Promise<unknown>; readonly put: number; readonly read?: number }
> = {
  'another password': { change: ofPrincipal("password_hash = 'other'"), put: 401, read: 401 },
  'an account that was disabled': { change: ofPrincipal('disabled_at = now()'), put: 401, read: 401 },
  'a one-time password': { change: ofPrincipal('password_temporary = true'), put: 403, read: 403 },
  'a second factor': { change: ofPrincipal('second_factor = true'), put: 401, read: 401 },
  'a login name that is gone': {
    change: ({ id }) => sql`delete from login where principal_id = ${id}`.execute(server.context.db),
    put: 401,
    read: 401,
  },
  'a login name that belongs to somebody else': {
    change: ({ id }) =>
      sql`update login set principal_id = (select principal_id from principal where name = 'bob') where principal_id = ${id}`.execute(
        server.context.db,
      ),
    put: 401,
    read: 401,
  },
  'a book that is filled by the server': { change: ofBook("update collection set fed_by = 'subscription'"), put: 403 },
  'a book that has another name': { change: ofBook("update collection set name = 'renamed'"), put: 409, read: 404 },
  'a book that is gone': { change: ({ client, book }) => client('DELETE', book), put: 409, read: 404 },
  'a lock on the book': {
    change: ({ client, book }) =>
      client(
        'LOCK',
        book,
        `<D:lockinfo ${PREFIXES}><D:lockscope><D:exclusive/></D:lockscope><D:locktype><D:write/></D:locktype></D:lockinfo>`,
      ),
    put: 423,
  },
};

describe('a device that uploads new cards', () => {
  it('has each but the first stored by one statement, with the answer of any other PUT', async () => {
    const { put, client, book } = await aDevice('eve');
    const { answer, looks } = await looksOf(() => put('second'));
    expect(looks).toBe(0);
    expect(answer.status).toBe(201);
    const stored = await client('GET', `${book}second.vcf`);
    expect(stored.text).toBe(aCard('eve-second'));
    expect(stored.headers.etag).toBe(answer.headers.etag);
    const first = await client('PUT', `${book}third.vcf`, aCard('eve-third'), VCARD);
    const headers = (of: typeof answer) => Object.keys(of.headers).sort();
    expect(headers(answer)).toEqual(headers(first));
  });

  it('is shut out at once when its app password is revoked, and the quota of its owner holds', async () => {
    const { db } = server.context;
    const { id, book } = await aDevice('jo');
    const who = { organisationId: server.organisationId, principalId: id };
    const { secret } = await issueAppPassword(server.context, who, 'phone');
    const phone = davClient(server.url, { name: 'jo', password: secret });
    const put = (file: string) => phone('PUT', `${book}${file}.vcf`, aCard(`jo-${file}`), NEW);
    expect((await put('second')).status).toBe(201);
    const { answer, looks } = await looksOf(() => put('third'));
    expect([answer.status, looks]).toEqual([201, 0]);
    await sql`update principal set quota_octets = 1 where principal_id = ${id}`.execute(db);
    server.clock.advance(11_000);
    expect((await put('fourth')).status).toBe(507);
    await sql`update principal set quota_octets = null where principal_id = ${id}`.execute(db);
    await sql`delete from app_password where principal_id = ${id}`.execute(db);
    expect((await put('fifth')).status).toBe(401);
  });

  it.each(Object.entries(REFUSALS))(
    'is told at once of %s, and nothing is stored or shown',
    async (what, { change, put, read }) => {
      const device = await aDevice(`u${Object.keys(REFUSALS).indexOf(what)}`);
      const token = syncTokenOf(await device.sync(''));
      await device.put('second');
      await change(device);
      expect((await device.put('third')).status).toBe(put);
      // a body that is wrong is nothing to tell to somebody who is not let in
      expect((await device.put('fourth', 'BEGIN:NONSENSE')).status).toBe(put);
      const answer = await device.sync(token);
      expect(answer.status).toBe(read ?? 207);
      expect(answer.text.includes('second.vcf')).toBe(read === undefined);
      const { rows } = await sql`select 1 from object where name in ('third.vcf', 'fourth.vcf')
      and collection_id in (select collection_id from collection where owner_id = ${device.id})`.execute(
        server.context.db,
      );
      expect(rows).toEqual([]);
    },
  );

  it('is told what is in the way of a card: a taken name, a UID elsewhere, a body that is none', async () => {
    const { put } = await aDevice('finn');
    expect((await put('first')).status).toBe(412);
    expect((await put('other', aCard('finn-first'))).text).toContain('no-uid-conflict');
    expect((await put('third', 'BEGIN:NONSENSE')).text).toContain('valid-address-data');
    expect((await put('fourth')).status).toBe(201);
  });
});

describe('a device that synchronises', () => {
  it('hears of one change by what was read together with its credentials and the path', async () => {
    const { put, sync } = await aDevice('gil');
    const token = syncTokenOf(await sync(''));
    await put('second');
    const { answer, looks } = await looksOf(() => sync(token));
    expect([...answer.responses().keys()]).toEqual(['/dav/addressbooks/gil/contacts/second.vcf']);
    expect(looks).toBe(3);
    expect((await sync(syncTokenOf(answer))).responses().size).toBe(0);
  });

  it('hears nothing of a book whose token it asks with by the path of another', async () => {
    const { put, sync: ofHana } = await aDevice('hana');
    const token = syncTokenOf(await ofHana(''));
    await put('second');
    const { client, book } = await aDevice('ivo');
    const answer = await sync(client, book, token);
    expect(answer.status).toBe(403);
    expect(answer.text).toContain('valid-sync-token');
    expect(answer.text).not.toContain('second.vcf');
  });
});
