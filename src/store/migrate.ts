/** Forward-only migrations: migrations/NNNN-name.sql in order, each in one transaction with the others of its batch. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { sql } from 'kysely';
import { type Migration, type MigrationProvider, Migrator } from 'kysely/migration';
import { AppError } from '../base/errors.ts';
import type { Db } from './database.ts';

const FOLDER = path.resolve(import.meta.dirname, '../../migrations');

const sqlFiles: MigrationProvider = {
  async getMigrations() {
    const migrations: Record<string, Migration> = {};
    for (const file of (await readdir(FOLDER)).sort()) {
      if (!file.endsWith('.sql')) continue;
      const text = await readFile(path.join(FOLDER, file), 'utf8');
      migrations[file.replace(/\.sql$/, '')] = { up: async (db) => void (await sql.raw(text).execute(db)) };
    }
    return migrations;
  },
};

/**
 * Brings the schema up to date, or up to the migration `upTo` (what restoring an older backup needs); returns the names of
 * the migrations that ran. Throws AppError 'unavailable' when one fails.
 */
export function migrate(db: Db, upTo?: string): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    // one process at a time, from before the migrator makes its own tables until all is committed
    await sql`select pg_advisory_xact_lock(hashtextextended('migrations', 0))`.execute(tx);
    const migrator = new Migrator({ db: tx, provider: sqlFiles });
    const { error, results } = upTo === undefined ? await migrator.migrateToLatest() : await migrator.migrateTo(upTo);
    if (error) {
      const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'reading the state';
      throw new AppError(
        'unavailable',
        'migration-failed',
        `database migration failed at ${failed}: ${String(error)}`,
        {},
        error,
      );
    }
    return (results ?? []).map((result) => result.migrationName);
  });
}

/** Names of the migrations that this program brings and the database has not run. Throws when the database does not answer. */
export async function pendingMigrations(db: Db): Promise<string[]> {
  const migrations = await new Migrator({ db, provider: sqlFiles }).getMigrations();
  return migrations.filter((migration) => !migration.executedAt).map((migration) => migration.name);
}
