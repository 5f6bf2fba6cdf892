/** All rows of all tables, read in one snapshot and written back: what a backup is made of. Column by column as text, so any Postgres from 15 on reads it. */
import { sql } from 'kysely';
import { AppError } from '../base/errors.ts';
import { type Db, inSnapshot, inTransaction, type Tx } from './database.ts';

/** What is worthless after a restore: sessions and locks of clients, remembered answers and states, links that last minutes, counts of wrong passwords. */
const LEFT_OUT: ReadonlySet<string> = new Set([
  'session',
  'lock',
  'idempotency',
  'set_up_link',
  'failed_sign_in',
  'directory_state',
]);
const ROWS_AT_ONCE = 200;

export interface ArchivedRows {
  readonly table: string;
  readonly count: number;
  /** A JSON array as Postgres wrote it: never parsed here, since 64-bit keys do not fit JavaScript numbers. */
  readonly json: string;
}

/** Names of the application's tables, each after the tables its foreign keys point to. */
export async function tablesInOrder(db: Db): Promise<string[]> {
  const { rows } = await sql<{ name: string; needs: string[] }>`
    select c.relname as name,
      coalesce(array_agg(distinct f.relname::text) filter (where f.relname is not null and f.oid <> c.oid), '{}') as needs
    from pg_class c
    join pg_namespace n on n.oid = c.relnamespace
    left join pg_constraint k on k.conrelid = c.oid and k.contype = 'f'
    left join pg_class f on f.oid = k.confrelid
    where n.nspname = current_schema() and c.relkind in ('r', 'p') and c.relname not like 'kysely%'
    group by c.relname`.execute(db);
  const waiting = new Map(rows.map((row) => [row.name, row.needs]));
  const ordered: string[] = [];
  while (waiting.size > 0) {
    const ready = [...waiting]
      .filter(([, needs]) => needs.every((need) => ordered.includes(need)))
      .map(([name]) => name)
      .sort();
    if (ready.length === 0) throw new Error(`foreign keys form a ring: ${[...waiting.keys()].join(', ')}`);
    ordered.push(...ready);
    for (const name of ready) waiting.delete(name);
  }
  return ordered;
}

/** The last migration that the database has run. */
export async function schemaVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name desc limit 1`.execute(
    db,
  );
  return rows[0]?.name ?? '';
}

/**
 * Reads every row, table by table, all of one moment while writers go on. Calls `take` for some rows at a time.
 * Rows are JSON objects as Postgres writes them: bytea as hex text, 64-bit numbers in full.
 */
export function readArchive(db: Db, take: (rows: ArchivedRows) => Promise<void>): Promise<void> {
  return inSnapshot(db, async (tx) => {
    for (const table of await tablesInOrder(tx)) {
      if (LEFT_OUT.has(table)) continue;
      await readTable(tx, table, take);
    }
  });
}

async function readTable(tx: Tx, table: string, take: (rows: ArchivedRows) => Promise<void>): Promise<void> {
  const cursor = sql.id(`archive_${table}`);
  await sql`declare ${cursor} no scroll cursor for select to_json(t)::text as row from ${sql.table(table)} t`.execute(
    tx,
  );
  for (;;) {
    const { rows } = await sql<{ row: string }>`fetch ${sql.lit(ROWS_AT_ONCE)} from ${cursor}`.execute(tx);
    if (rows.length > 0) await take({ table, count: rows.length, json: `[${rows.map(({ row }) => row).join(',')}]` });
    if (rows.length < ROWS_AT_ONCE) break;
  }
  await sql`close ${cursor}`.execute(tx);
}

/** Classes of SQLSTATE that mean bad data: data exception, integrity constraint violation. */
const BAD_DATA = /^2[23]/;

/**
 * Writes rows that `readArchive` gave into empty tables, in one transaction: all of them or none.
 * Throws AppError 'invalid-backup' for rows that do not fit the schema.
 */
export function writeArchive(db: Db, batches: AsyncIterable<ArchivedRows>): Promise<number> {
  return inTransaction(db, async (tx) => {
    const known = new Set(await tablesInOrder(tx));
    const { rows } = await sql<{ schema: string }>`select current_schema() as schema`.execute(tx);
    const schema = rows[0]!.schema;
    let written = 0;
    for await (const { table, count, json } of batches) {
      if (!known.has(table)) throw badBackup(`there is no table "${table}"`);
      // qualified, since a bare "record" would be the pseudo-type of that name
      const name = sql.table(`${schema}.${table}`);
      await sql`insert into ${name} select * from json_populate_recordset(null::${name}, ${json}::json)`
        .execute(tx)
        .catch((error: Error & { code?: string }) => {
          throw BAD_DATA.test(error.code ?? '') ? badBackup(`rows of "${table}": ${error.message}`) : error;
        });
      written += count;
    }
    return written;
  });
}

const badBackup = (detail: string): AppError =>
  new AppError('invalid', 'invalid-backup', `The backup is damaged: ${detail}.`);
