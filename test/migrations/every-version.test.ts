/** A database of every earlier version, with a row in each of its tables, is brought to this one and read as ever. */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/api/operations/operation.ts';
import { OPERATIONS } from '../../src/api/operations.ts';
import { hashPassword } from '../../src/commands/password.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { carddav } from '../../src/xml/names.ts';
import { basic } from '../support/api-client.ts';
import { freshDatabase } from '../support/database.ts';
import { davClient, foundText } from '../support/dav-client.ts';
import { aCard, PREFIXES, VCARD } from '../support/dav-server.ts';
import { startServer, type TestServer } from '../support/server.ts';
import { type Owner, seed } from './rows.ts';

const VERSIONS = readdirSync(path.resolve(import.meta.dirname, '../../migrations'))
  .sort()
  .map((file) => path.parse(file).name);
const PASSWORD = 'correct horse battery';
const owners: Owner[] = [];
const cardOf = (name: string) => aCard(`uid-${name}`, `Person of ${name}`);
const tables = new Set<string>();
let server: TestServer;

/** One database goes through all versions, and at each somebody comes who has something in every table. */
beforeAll(async () => {
  const database = await freshDatabase();
  const { db } = database;
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  const passwordHash = await hashPassword(PASSWORD);
  for (const [at, version] of VERSIONS.entries()) {
    await migrate(db, version);
    const name = `from-${version.slice(0, 4)}`;
    const owner = {
      name,
      id: `00000000-0000-7000-8000-${String(at + 1).padStart(12, '0')}`,
      passwordHash,
      card: cardOf(name),
    };
    owners.push(owner);
    for (const table of await seed(db, owner)) tables.add(table);
  }
  server = await startServer({ database });
});
afterAll(async () => {
  await server.stop();
  await server.database.drop();
});

const READS = Object.entries<Operation>(OPERATIONS).filter(
  ([, { method, path: where, access }]) => method === 'GET' && !where.includes('{') && access !== 'anybody',
);

describe('a migration whose connection is killed', () => {
  it('leaves the database as it was, and is done by the next start', async () => {
    const database = await freshDatabase();
    const { db, url } = database;
    await sql`drop schema public cascade`.execute(db);
    await sql`create schema public`.execute(db);
    await migrate(db, '0011-access');
    await seed(db, {
      name: 'killed',
      id: '00000000-0000-7000-8000-000000000000',
      passwordHash: 'x',
      card: cardOf('killed'),
    });
    const pending = (await pendingMigrations(db)).length;
    const victim = openDatabase({ url, connections: 1 });
    const outcomes: number[] = [];
    for (const after of [1, 10, 30, 60]) {
      const migrating = migrate(victim).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, after));
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`.execute(
        db,
      );
      await migrating;
      outcomes.push((await pendingMigrations(db)).length);
    }
    expect(outcomes.filter((left) => left !== pending && left !== 0)).toEqual([]);
    await migrate(victim);
    expect(await pendingMigrations(db)).toEqual([]);
    expect(await db.selectFrom('object').select('name').orderBy('name').execute()).toEqual([
      { name: 'one.vcf' },
      { name: 'second.vcf' },
    ]);
    await victim.destroy();
    await database.drop();
  });
});

describe('data of every earlier version', () => {
  it('went through every migration, with rows in every table', async () => {
    expect(await pendingMigrations(server.context.db)).toEqual([]);
    expect([owners.length, tables.size > 30]).toEqual([VERSIONS.length, true]);
  });

  it.each(VERSIONS)(
    '%s is read, synchronised and changed over DAV, and read by every operation of the API',
    async (version) => {
      const owner = owners[VERSIONS.indexOf(version)]!;
      const { name, card } = owner;
      const client = davClient(server.url, { name, password: PASSWORD });
      const book = `/dav/addressbooks/${name}/contacts/`;
      expect((await client('GET', `${book}one.vcf`)).text).toBe(card);
      const sync = (token: string) =>
        client(
          'REPORT',
          book,
          `<D:sync-collection ${PREFIXES}><D:sync-token>${token}</D:sync-token><D:sync-level>1</D:sync-level><D:prop><D:getetag/><CR:address-data/></D:prop></D:sync-collection>`,
        );
      const found = (await sync('')).responses();
      expect(foundText(found.get(`${book}one.vcf`), carddav('address-data'))).toBe(card);
      // a token from before the deletion still tells of it
      expect((await sync(`urn:doublon:sync:${owner.id}:1`)).responses().get(`${book}gone.vcf`)?.status).toBe(404);
      for (const [id, { path: where }] of READS) {
        const { status } = await fetch(new URL(`api/v1${where}`, server.url), { headers: basic(name, PASSWORD) });
        expect([id, status, server.log.filter(({ level }) => level === 'error')]).toEqual([id, expect.any(Number), []]);
      }
      const unlocked = { ...VCARD, 'if-match': '*' };
      expect((await client('PUT', `${book}one.vcf`, card.replace('Person', 'Changed'), unlocked)).status).toBe(204);
      expect((await client('PUT', `${book}two.vcf`, aCard(`two-${name}`), VCARD)).status).toBe(201);
      expect((await client('DELETE', `${book}one.vcf`)).status).toBe(204);
      expect(server.log.filter(({ level }) => level === 'error').map(({ fields }) => fields)).toEqual([]);
    },
  );
});
