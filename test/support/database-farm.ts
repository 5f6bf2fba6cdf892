/** Makes databases for tests as copies of one that was migrated once. */
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { openDatabase } from '../../src/store/database.ts';
import { migrate } from '../../src/store/migrate.ts';

export interface DatabaseFarm {
  /** Makes a migrated, empty database and returns its URL. */
  create(): Promise<string>;
  drop(name: string): Promise<void>;
  close(): Promise<void>;
}

/** Nothing a test writes must survive a power cut. */
const CARELESS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '200' };

/**
 * Starts a temporary Postgres, or uses the one that DOUBLON_TEST_DATABASE_URL names, whose role must be allowed to make
 * databases: this is how the suite is run against other versions.
 */
export async function openDatabaseFarm(): Promise<DatabaseFarm> {
  const given = process.env.DOUBLON_TEST_DATABASE_URL;
  const server = given === undefined ? await temporaryPostgres() : { url: given, stop: async () => {} };
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const run = queue((statement: string) => admin.query(statement));
  const prefix = `doublon_test_${process.pid}`;
  const template = `${prefix}_template`;
  const urlOf = (name: string) => Object.assign(new URL(server.url), { pathname: `/${name}` }).href;

  const open = new Set<string>();
  let made = 0;
  const create = async () => {
    const name = `${prefix}_${++made}`;
    await run(`create database ${name} template ${template}`);
    open.add(name);
    return urlOf(name);
  };
  const drop = async (name: string) => {
    if (open.delete(name)) await run(`drop database if exists ${name} with (force)`);
  };
  const close = async () => {
    if (given !== undefined)
      for (const name of [...open, template]) await run(`drop database if exists ${name} with (force)`);
    await admin.end();
    await server.stop();
  };
  try {
    await run(`create database ${template}`);
    await migrated(urlOf(template));
  } catch (error) {
    await close();
    throw error;
  }
  return { create, drop, close };
}

async function migrated(url: string): Promise<void> {
  const db = openDatabase({ url });
  try {
    await migrate(db);
  } finally {
    await db.destroy();
  }
}

/** A template cannot be copied by two at once, and one connection runs one statement at a time anyway. */
function queue<T>(work: (statement: string) => Promise<T>): (statement: string) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (statement) => {
    const next = last.then(() => work(statement));
    last = next.catch(() => {});
    return next;
  };
}

async function temporaryPostgres(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-test-'));
  // A root run starts the server as nobody, who must be able to walk in.
  chmodSync(folder, 0o711);
  const postgres = await startEmbeddedPostgres({
    folder,
    whenInUse: 'refuse',
    createsDatabases: true,
    settings: CARELESS,
  });
  const stop = async () => {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { url: postgres.url, stop };
}
