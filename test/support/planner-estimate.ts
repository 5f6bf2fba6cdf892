/** What Postgres's planner holds a table for. */
import { sql } from 'kysely';
import type { Db } from '../../src/store/database.ts';

/** Rows it expects in the table; below zero: it knows nothing of it. */
export async function expectedRows(db: Db, table: string): Promise<number> {
  const query = sql<{ count: number }>`select reltuples as count from pg_class where oid = ${table}::regclass`;
  return (await query.execute(db)).rows[0]!.count;
}
