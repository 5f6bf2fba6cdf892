/** Postgres as Kysely speaks to it, also through a pooler that gives each transaction another connection. */
import { PostgresAdapter, PostgresDialect } from 'kysely';

/**
 * Kysely locks migrations for the session. Behind a pooler in transaction mode the lock stays on whatever connection it was taken
 * on, and the next start waits for it in vain: `migrate` holds a lock that ends with its transaction instead.
 */
class PooledAdapter extends PostgresAdapter {
  override async acquireMigrationLock(): Promise<void> {}
  override async releaseMigrationLock(): Promise<void> {}
}

export class PooledDialect extends PostgresDialect {
  override createAdapter(): PostgresAdapter {
    return new PooledAdapter();
  }
}
