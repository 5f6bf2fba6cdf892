/** Spreads the tables over the nodes of a Citus cluster, all rows of one organisation on one node. */
import { sql } from 'kysely';
import { AppError } from '../base/errors.ts';
import { tablesInOrder } from './archive.ts';
import type { Db } from './database.ts';

export interface Placement {
  readonly table: string;
  /** By `organisation_id`; a copy on every node, since no organisation leads its key; or only where it was made. */
  readonly how: 'distributed' | 'reference' | 'local';
}

/** Looked up by a name alone, then joined with what belongs to an organisation. */
const REFERENCE: ReadonlySet<string> = new Set(['login']);

/** Where each table belongs, in an order in which each comes after those that its foreign keys point to. */
export async function distributionPlan(db: Db): Promise<Placement[]> {
  const { rows } = await sql<{ name: string }>`
    select table_name as name from information_schema.columns
    where table_schema = current_schema() and column_name = 'organisation_id'`.execute(db);
  const owned = new Set(rows.map(({ name }) => name));
  return (await tablesInOrder(db)).map((table) => {
    if (REFERENCE.has(table)) return { table, how: 'reference' };
    return { table, how: owned.has(table) ? 'distributed' : 'local' };
  });
}

/**
 * Distributes what is not yet distributed; returns the names of the tables. Run it after each update that brings new tables.
 * Throws AppError 'unavailable' where the database has no Citus extension.
 */
export async function distribute(db: Db): Promise<string[]> {
  const extension = await sql`select 1 from pg_extension where extname = 'citus'`.execute(db);
  if (extension.rows.length === 0) {
    const message =
      'the database has no Citus extension: a superuser makes it by "create extension citus" in this database';
    throw new AppError('unavailable', 'no-citus', message);
  }
  const { rows } = await sql<{ name: string }>`select table_name::text as name from citus_tables`.execute(db);
  const placed = new Set(rows.map(({ name }) => name));
  const done: string[] = [];
  for (const { table, how } of await distributionPlan(db)) {
    if (how === 'local' || placed.has(table)) continue;
    const place =
      how === 'reference'
        ? sql`select create_reference_table(${table})`
        : sql`select create_distributed_table(${table}, 'organisation_id')`;
    await place.execute(db);
    done.push(table);
  }
  return done;
}
