/** Keeps Postgres's planner informed while tables grow fast: failures do not matter, autovacuum does the same later. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

// Without statistics the planner holds all indexes that start with the same columns for equally good, and a look-up by name
// may walk a whole collection until autovacuum comes by, a minute later.
const OBJECT_TABLES = ['collection', 'object', 'object_version', 'tombstone', 'record', 'blocking_key', 'pair'];
const RUN_TABLES = ['record', 'pair', 'scored_record', 'suggestion', 'suggestion_member'];

const FIRST_AT = 200;
const counted = new WeakMap<Db, { rows: number; next: number; running: boolean }>();

/**
 * Counts rows written through this pool; at 200 rows and each doubling of them the tables of objects are analysed in the
 * background, unless they were when they already held as many: of a large table that takes a second or two.
 */
export function noteWrites(db: Db, rows: number): void {
  if (db.isTransaction) return;
  const count = counted.get(db) ?? { rows: 0, next: FIRST_AT, running: false };
  counted.set(db, count);
  count.rows += rows;
  if (count.rows < count.next || count.running) return;
  count.next = count.rows * 2;
  count.running = true;
  void tellPlannerOfWrites(db, count.rows).finally(() => {
    count.running = false;
  });
}

/** Has the tables of objects analysed if they were last when they held fewer than `written`. */
export async function tellPlannerOfWrites(db: Db, written: number): Promise<void> {
  if ((await expectedRows(db, 'object').catch(() => written)) < written) await tellPlanner(db, OBJECT_TABLES);
}

/** Rows that the planner expects in a table, those of all organisations; below zero where it knows nothing. */
export async function expectedRows(db: Db, table: string): Promise<number> {
  const { rows } = await sql<{ expected: number }>`
    select reltuples as expected from pg_class where oid = ${table}::regclass`.execute(db);
  return rows[0]?.expected ?? -1;
}

/**
 * Tells the planner of many new cards before a first full run writes what it found of them: until it knows of them, it would
 * hold each against all others.
 */
export const tellPlannerOfRecords = (db: Db): Promise<void> => tellPlanner(db, ['record']);

/** Tells the planner what a full run has left: until it knows, it may walk a whole book to find a few cards in it. */
export const tellPlannerOfRun = (db: Db): Promise<void> => tellPlanner(db, RUN_TABLES);

/**
 * Tells the planner of the keys that a full run has left. They are looked up in their index alone, which holds only for pages that a
 * vacuum has seen: before, each holder of a key costs a page of the table.
 */
export async function tellPlannerOfKeys(db: Db): Promise<void> {
  await sql`vacuum (analyze) blocking_key`.execute(db).catch(() => {});
}

/** Has these tables analysed. */
export async function tellPlanner(db: Db, tables: readonly string[]): Promise<void> {
  await sql`analyze ${sql.join(tables.map((table) => sql.table(table)))}`.execute(db).catch(() => {});
}
