/** Browser sessions. What a session is made of is `commands/sessions.ts`. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type Session = Row<'session'>;

export async function insertSession(db: Db, row: NewRow<'session'>): Promise<void> {
  await db.insertInto('session').values(row).execute();
}

/** A session that has not expired at `now`. */
export function findSession(
  db: Db,
  organisationId: string,
  sessionId: string,
  now: Date,
): Promise<Session | undefined> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('session_id', '=', sessionId)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Notes that a session was used. */
export async function touchSession(
  db: Db,
  organisationId: string,
  sessionId: string,
  seen: { readonly last_used_at: Date; readonly address?: string },
): Promise<void> {
  await db
    .updateTable('session')
    .set(seen)
    .where('organisation_id', '=', organisationId)
    .where('session_id', '=', sessionId)
    .execute();
}

/** A principal's sessions that have not expired at `now`, newest first. */
export function listSessions(db: Db, organisationId: string, principalId: string, now: Date): Promise<Session[]> {
  return db
    .selectFrom('session')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .where('expires_at', '>', now)
    .orderBy('created_at', 'desc')
    .execute();
}

/** Ends one session of a principal; false when it has none with this id. */
export async function deleteSessionOf(
  db: Db,
  organisationId: string,
  principalId: string,
  sessionId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('session')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .where('session_id', '=', sessionId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

export async function deleteSession(db: Db, organisationId: string, sessionId: string): Promise<void> {
  await db
    .deleteFrom('session')
    .where('organisation_id', '=', organisationId)
    .where('session_id', '=', sessionId)
    .execute();
}

/** Ends all sessions of a principal, but for the one to keep. */
export async function deleteSessionsOf(
  db: Db,
  organisationId: string,
  principalId: string,
  keep?: string,
): Promise<void> {
  let query = db
    .deleteFrom('session')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId);
  if (keep) query = query.where('session_id', '!=', keep);
  await query.execute();
}

/** Removes sessions that were over before `before`, at most `limit`; returns how many. */
export async function pruneSessions(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ session_id: string }>`
    delete from session where organisation_id = ${organisationId} and session_id in (
      select session_id from session
      where organisation_id = ${organisationId} and expires_at < ${before} limit ${limit})
    returning session_id`.execute(db);
  return rows.length;
}
