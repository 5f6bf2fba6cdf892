/** The connection to Postgres: pool, transactions that retry, snapshots. Only this folder imports pg or kysely. */
import { Kysely, type Transaction } from 'kysely';
import pg from 'pg';
import Cursor from 'pg-cursor';
import { PooledDialect } from './pooled-dialect.ts';
import { PreparingClient } from './preparing-client.ts';
import { makeQuickReader, type QuickReader } from './quick-reader.ts';
import { queryRaw, type RawRow } from './raw-rows.ts';
import type { Schema } from './schema.ts';

/** A connection or an open transaction: every repository function takes one as its first argument. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

const BIGINT = 20;
const types = new pg.TypeOverrides();
types.setTypeParser(BIGINT, (text: string) => {
  const number = Number(text);
  if (!Number.isSafeInteger(number)) throw new RangeError(`bigint ${text} does not fit a JavaScript number`);
  return number;
});

const TIMESTAMPTZ = 1184;
const readTimestamp = pg.types.getTypeParser(TIMESTAMPTZ) as (text: string) => Date;
/** As the application's own moments come back, in UTC and to the millisecond: JavaScript reads their ISO 8601 form much faster. */
const OWN_MOMENT = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,3})?\+00$/;
types.setTypeParser(TIMESTAMPTZ, (text: string) =>
  OWN_MOMENT.test(text) ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`) : readTimestamp(text),
);

export interface DatabaseOptions {
  /** postgres:// URL. */
  readonly url: string;
  /** Most connections at once; default 10. */
  readonly connections?: number;
  /** Statements used often are prepared once per connection; false behind a pooler that cannot keep them (PgBouncer before 1.21). */
  readonly prepare?: boolean;
  /** Told when an idle connection is lost; the pool replaces it. */
  readonly onIdleError?: (error: Error) => void;
}

/** Opens a pool. Nothing is connected until the first query. */
export function openDatabase(options: DatabaseOptions): Db {
  const Client = options.prepare === false ? pg.Client : PreparingClient;
  const connections = options.connections ?? 10;
  const hasReader = connections >= FEWEST_WITH_READER;
  const pool = new pg.Pool({ connectionString: options.url, max: connections - Number(hasReader), types, Client });
  pool.on('error', (error) => options.onIdleError?.(error));
  // a connection lost between two statements of a transaction says so to nobody else, and an error without a listener ends the
  // process; the next statement fails, and the pool replaces the connection
  pool.on('connect', (client) => client.on('error', () => {}));
  const reader = hasReader
    ? makeQuickReader(() => new Client({ connectionString: options.url, types, pipeline: true } as pg.ClientConfig))
    : undefined;
  const endPool = pool.end.bind(pool);
  pool.end = async () => {
    await Promise.all([endPool(), reader?.end()]);
  };
  const db = new Kysely<Schema>({ dialect: new PooledDialect({ pool, cursor: Cursor }) });
  pools.set(db, pool);
  if (reader) readers.set(db, reader);
  return db;
}

/** With fewer connections all of them are needed for what takes long. */
const FEWEST_WITH_READER = 4;
const readers = new WeakMap<Db, QuickReader>();

/** The connection for short statements; undefined inside a transaction, which must see its own, and where there are few. */
export function quickReaderOf(db: Db): QuickReader | undefined {
  return readers.get(db);
}

const pools = new WeakMap<Db, pg.Pool>();

/** Runs a statement on any connection of the pool; undefined for what is no pool, but a transaction or one connection. */
export function runAlone(db: Db, text: string, values: readonly unknown[]): Promise<pg.QueryResult> | undefined {
  const pool = pools.get(db);
  return pool && onAnyConnection(pool, (client) => client.query(text, [...values]));
}

/** Runs a statement, all columns of which are text or octets of text, on any connection of the pool: never inside a transaction. */
export function runRaw(db: Db, text: string, values: readonly unknown[]): Promise<RawRow[]> {
  const pool = pools.get(db);
  if (!pool) throw new Error('raw rows are read outside of transactions only');
  return onAnyConnection(pool, (client) => queryRaw(client, text, values));
}

async function onAnyConnection<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release();
  }
}

/** How many connections are busy and idle, and how many pieces of work wait for one. */
export function poolState(db: Db): { readonly busy: number; readonly idle: number; readonly waiting: number } {
  const pool = pools.get(db);
  if (!pool) return { busy: 0, idle: 0, waiting: 0 };
  return { busy: pool.totalCount - pool.idleCount, idle: pool.idleCount, waiting: pool.waitingCount };
}

const RETRIED = new Set(['40001', '40P01']);
const ATTEMPTS = 6;

/**
 * Runs `work` in one read-committed transaction. Serialization failures and deadlocks (40001, 40P01) are tried again,
 * so `work` must have no effect outside the transaction. Joins the transaction when `db` already is one.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Tx);
  for (let attempt = 1; ; attempt++) {
    try {
      return await db.transaction().execute(work);
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (!RETRIED.has(code) || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Runs `work` in one repeatable-read, read-only transaction: all its statements see the same moment. */
export function inSnapshot<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (db.isTransaction) return work(db as Tx);
  return db.transaction().setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
}
