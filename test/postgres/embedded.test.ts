/** The embedded Postgres itself: durable settings, a role without power, a stale pid file, places that nobody may enter. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { removeFolder, temporaryFolder } from '../support/process.ts';

/** Making a cluster takes long, so all tests but one share this folder, each with the server started or stopped as it needs. */
const folder = temporaryFolder();
let running: EmbeddedPostgres | undefined;
afterEach(async () => {
  await running?.stop();
  running = undefined;
});
afterAll(() => removeFolder(folder));

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
const UNSHARE = ['--user', '--map-user=65534', '--map-group=65534', 'true'];
const hasNamespaces = spawnSync('unshare', UNSHARE).status === 0;

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

  it('lets nobody else in, the superuser least of all', async () => {
    const { url } = await start();
    const other = Object.assign(new URL(url), { username: 'postgres', password: '', pathname: '/postgres' });
    await expect(ask(other.href, 'select 1')).rejects.toThrow(/no pg_hba.conf entry/);
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
    await (await start()).stop();
    const file = path.join(folder, 'postgres/postmaster.pid');
    writeFileSync(file, `${process.pid}\n${folder}/postgres\n1\n5432\n\n127.0.0.1\n0\nready\n`);
    const { url } = await start();
    expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
    expect(readFileSync(file, 'utf8').split('\n')[0]).not.toBe(String(process.pid));
  });

  it('says what Postgres said when it cannot start', async () => {
    await (await start()).stop();
    const configuration = path.join(folder, 'postgres/postgresql.conf');
    const right = readFileSync(configuration, 'utf8');
    writeFileSync(configuration, 'shared_buffers = nonsense\n');
    await expect(start()).rejects.toThrow(/did not start; .*postgres\.log ends: .*postgresql\.conf" contains errors/);
    writeFileSync(configuration, right);
    await start();
  });

  it.runIf(isRoot)('started by root does not run as root, again and again', async () => {
    // Which of the ways it takes depends on where the project is: nobody cannot enter a clone below /root.
    expect(['uid nobody', 'user namespace', 'copied binaries']).toContain((await start()).mode);
  });

  it.skipIf(isRoot)('runs as the user who starts it', async () => {
    expect((await start()).mode).toBe('plain');
  });

  it('leaves nothing behind when it has stopped but the cluster and its log', async () => {
    await (await start()).stop();
    expect(readdirSync(folder).sort()).toEqual(['postgres', 'postgres.log']);
    expect(existsSync(path.join(folder, 'postgres/postmaster.pid'))).toBe(false);
  });

  it.runIf(isRoot && hasNamespaces)(
    'started by root under a closed folder runs there too, with files that stay root’s',
    async () => {
      const closed = path.join(folder, 'closed');
      mkdirSync(closed);
      chmodSync(closed, 0o700);
      const { url, mode } = await start(path.join(closed, 'data'));
      expect(mode).toBe('user namespace');
      expect(statSync(path.join(closed, 'data/postgres')).uid).toBe(0);
      expect(await ask(url, 'select 1 as one')).toEqual({ one: 1 });
    },
  );
});
