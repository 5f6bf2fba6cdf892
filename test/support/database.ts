/** A database of a test file's own, migrated and empty. */
import { inject } from 'vitest';
import { type Db, openDatabase } from '../../src/store/database.ts';

export interface FreshDatabase {
  readonly db: Db;
  /** postgres:// URL, for code that opens its own pool. */
  readonly url: string;
  /** Closes the pool and drops the database. Other pools on it must be closed before. */
  drop(): Promise<void>;
}

/** Call in beforeAll; the first call of a run also starts the temporary Postgres. */
export async function freshDatabase(): Promise<FreshDatabase> {
  const farm = inject('farm');
  const answer = await fetch(farm, { method: 'POST' });
  const url = await answer.text();
  if (!answer.ok) throw new Error(`no test database: ${url}`);
  const db = openDatabase({ url });
  const drop = async () => {
    await db.destroy();
    await fetch(new URL(new URL(url).pathname, farm), { method: 'DELETE' });
  };
  return { db, url, drop };
}
