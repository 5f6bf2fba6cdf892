/** Keeps Postgres's planner informed while tables grow fast. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

// Without statistics the planner holds all indexes that start with the same columns for equally good, and a look-up by name
// may walk a whole collection until autovacuum comes by, a minute later.
const FIRST_AT = 200;
const counted = new WeakMap<Db, { rows: number; next: number; running: boolean }>();

/**
 * Counts rows written through this pool; at 200 rows and each doubling of them the tables of objects are analysed in the
 * background. Failures do not matter: autovacuum does the same later.
 */
export function noteWrites(db: Db, rows: number): void {
  if (db.isTransaction) return;
  const count = counted.get(db) ?? { rows: 0, next: FIRST_AT, running: false };
  counted.set(db, count);
  count.rows += rows;
  if (count.rows < count.next || count.running) return;
  count.next = count.rows * 2;
  count.running = true;
  void sql`analyze collection, object, object_version, tombstone, record, blocking_key, pair`
    .execute(db)
    .catch(() => {})
    .finally(() => {
      count.running = false;
    });
}
