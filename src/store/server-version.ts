/** Which Postgres answers, and whether it is one that Doublon runs on. */
import { sql } from 'kysely';
import { AppError } from '../base/errors.ts';
import type { Db } from './database.ts';

const OLDEST_POSTGRES = 15;

/**
 * The server's version, such as `18.4`. Throws AppError 'unavailable' with one line for the administrator when it does
 * not answer, does not let us in, or is older than Postgres 15.
 */
export async function checkServer(db: Db): Promise<string> {
  const version = await askVersion(db);
  if (Number.parseInt(version, 10) >= OLDEST_POSTGRES) return version;
  throw new AppError(
    'unavailable',
    'postgres-too-old',
    `the database is Postgres ${version}, and Doublon needs Postgres ${OLDEST_POSTGRES} or newer`,
  );
}

async function askVersion(db: Db): Promise<string> {
  try {
    const { rows } = await sql<{ server_version: string }>`show server_version`.execute(db);
    return rows[0]?.server_version ?? '';
  } catch (cause) {
    const reason = (cause as Error).message || (cause as { code?: string }).code || 'no answer';
    const message = `the database does not let Doublon in: ${reason}; check DATABASE_URL`;
    throw new AppError('unavailable', 'database-unreachable', message, {}, cause);
  }
}
