/** The database of a process: embedded or given, of a version that serves, migrated. */
import type { Log } from './base/log.ts';
import type { Config } from './config.ts';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './postgres/embedded.ts';
import { type Db, openDatabase } from './store/database.ts';
import { migrate } from './store/migrate.ts';
import { requirePreparing } from './store/pooler.ts';
import { checkServer } from './store/server-version.ts';

export interface Storage {
  readonly db: Db;
  /** postgres:// URL, for what opens connections of its own. */
  readonly url: string;
  /** Names of the migrations that ran now. */
  readonly migrated: readonly string[];
  /** Resolves when the embedded Postgres of this process is gone, asked to or not. */
  readonly gone: Promise<void>;
  /** Closes the pool, then stops the embedded Postgres if this process started it. */
  close(): Promise<void>;
}

/**
 * Opens the database that the settings name. `whenInUse` says what to do when another Doublon process runs the embedded
 * Postgres; `migrates: false` leaves the schema as it is. Throws AppError 'unavailable' with a message fit for the administrator.
 */
export async function openStorage(
  config: Config,
  log: Log,
  whenInUse: 'refuse' | 'share',
  options: { readonly migrates: boolean } = { migrates: true },
): Promise<Storage> {
  const embedded: EmbeddedPostgres = config.databaseUrl
    ? { url: config.databaseUrl, mode: 'DATABASE_URL', gone: new Promise(() => {}), stop: async () => {} }
    : await startEmbeddedPostgres({ folder: config.dataFolder, whenInUse });
  const db = openPool(config, log, embedded.url);
  const close = async () => {
    await db.destroy();
    await embedded.stop();
  };
  try {
    const version = await checkServer(db);
    if (config.databaseUrl && config.preparedStatements) await requirePreparing(config.databaseUrl);
    const migrated = options.migrates ? await migrate(db) : [];
    log.info({ version, mode: embedded.mode, migrated }, 'database ready');
    return { db, url: embedded.url, migrated, gone: embedded.gone, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** A pool on a database that another process has opened, migrated and watches over. */
export function openShared(config: Config, log: Log, url: string): Storage {
  const db = openPool(config, log, url);
  return { db, url, migrated: [], gone: new Promise(() => {}), close: () => db.destroy() };
}

function openPool(config: Config, log: Log, url: string): Db {
  return openDatabase({
    url,
    connections: config.databaseConnections,
    prepare: config.preparedStatements,
    onIdleError: (error) => log.warn({ error: error.message }, 'idle database connection lost'),
  });
}
