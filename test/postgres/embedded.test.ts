/** The embedded Postgres itself: durable settings, a role without power, a stale pid file, places that nobody may enter. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { removeFolder, temporaryFolder } from '../support/process.ts';

let folder: string;
let running: EmbeddedPostgres | undefined;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await removeFolder(folder);
});

async function start(where = folder): Promise<EmbeddedPostgres> {
  running = await startEmbeddedPostgres({ folder: where, whenInUse: 'refuse' });
  return running;
}

async function ask<Row>(url: string, statement: string): Promise<Row> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return (await client.query(statement)).rows[0];
  } finally {
    await client.end();
  }
}

const isRoot = process.getuid?.() === 0;

describe('the embedded Postgres', () => {
  it('writes everything to disk before it says so, and listens on the loopback interface only', async () => {
    const { url } = await start();
    for (const [name, value] of Object.entries({
      fsync: 'on',
      full_page_writes: 'on',
      synchronous_commit: 'on',
      listen_addresses: '127.0.0.1',
    })) {
      expect(await ask(url, `select current_setting('${name}') as value`), name).toEqual({ value });
    }
  });

  it('gives the application a role that owns its database and is neither superuser nor maker of databases', async () => {
    const { url } = await start();
    const role = 'select rolsuper, rolcreatedb, rolcreaterole from pg_roles where rolname = current_user';
    expect(await ask(url, role)).toEqual({ rolsuper: false, rolcreatedb: false, rolcreaterole: false });
    const owner = 'select pg_get_userbyid(datdba) as owner from pg_database where datname = current_database()';
    expect(await ask(url, owner)).toEqual({ owner: 'doublon' });
    await expect(ask(url, "select pg_read_file('/etc/passwd')")).rejects.toThrow(/permission denied/);
  });

  it('orders text by code point, whatever the machine’s libraries say', async () => {
    const { url } = await start();
    const order =
      "select string_agg(name, ' ' order by name) as names from (values ('é'), ('z'), ('Z'), ('a')) t(name)";
    expect(await ask(url, order)).toEqual({ names: 'Z a z é' });
  });

  it('keeps its secret and its log from other users', async () => {
    await start();
    expect(statSync(path.join(folder, 'postgres')).mode & 0o077).toBe(0);
    expect(statSync(path.join(folder, 'postgres.log')).mode & 0o077).toBe(0);
  });

  it('starts although a pid file names a process that is some other program, as after a power cut', async () => {
    await start();
    await running?.stop();
    const file = path.join(folder, 'postgres/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${folder}/postgres\n1\n5432\n\n127.0.0.1\n0\nready\n`);
    const { url } = await start();
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
    expect(readFileSync(file, 'utf8').split('\n')[0]).not.toBe(String(process.pid));
  });

  it('says what Postgres said when it cannot start', async () => {
    await start();
    await running?.stop();
    running = undefined;
    writeFileSync(path.join(folder, 'postgres/postgresql.conf'), 'shared_buffers = nonsense\n');
    await expect(start()).rejects.toThrow(/did not start; .*postgres\.log ends: .*postgresql\.conf" contains errors/);
    await expect(start()).rejects.toThrow(/did not start/);
  });

  it.runIf(isRoot)('runs as nobody where nobody can go, and keeps doing so', async () => {
    expect((await start()).mode).toBe('uid nobody');
    await running?.stop();
    expect((await start()).mode).toBe('uid nobody');
  });

  it.runIf(isRoot)('runs under a closed folder too, with files that stay root’s', async () => {
    const closed = path.join(folder, 'closed');
    mkdirSync(closed);
    chmodSync(closed, 0o700);
    const { url, mode } = await start(path.join(closed, 'data'));
    expect(mode).toBe('user namespace');
    expect(statSync(path.join(closed, 'data/postgres')).uid).toBe(0);
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
  });

  it.skipIf(isRoot)('runs as the user who starts it', async () => {
    expect((await start()).mode).toBe('plain');
  });

  it('leaves nothing behind when it has stopped but the cluster and its log', async () => {
    await start();
    await running?.stop();
    expect(existsSync(path.join(folder, 'doublon.pid'))).toBe(false);
    expect(existsSync(path.join(folder, 'postgres/postmaster.pid'))).toBe(false);
  });
});
