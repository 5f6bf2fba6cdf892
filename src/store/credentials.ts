/** App passwords and browser sessions. Hashes come in and go out; what they are made of is `commands/authenticate.ts`. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';
import { quickStatement } from './statement.ts';

export type AppPassword = Row<'app_password'>;

export async function insertAppPassword(db: Db, row: NewRow<'app_password'>): Promise<void> {
  await db.insertInto('app_password').values(row).execute();
}

/** What a name and the selector of a secret (the public first part of an app password) must match. */
export type Credential = Pick<
  Row<'principal'>,
  | 'organisation_id'
  | 'principal_id'
  | 'kind'
  | 'name'
  | 'role'
  | 'password_hash'
  | 'password_temporary'
  | 'second_factor'
> & { readonly app_password_id: string | null; readonly app_password_hash: string | null };

const CREDENTIAL = quickStatement<Credential>(`
  select p.organisation_id, p.principal_id, p.kind, p.name, p.role, p.password_hash, p.password_temporary, p.second_factor,
    a.app_password_id, a.hash as app_password_hash
  from login l
  join principal p on p.organisation_id = l.organisation_id and p.principal_id = l.principal_id
  left join app_password a on a.organisation_id = p.organisation_id and a.principal_id = p.principal_id and a.selector = $2
  where l.name in ($1, $3) and p.disabled_at is null
  order by l.name = $1 desc limit 1`);

/**
 * Undefined for a name that is unknown or disabled; without an app password where the principal has none with the selector.
 * Phones begin a name with a capital by themselves: where nobody has it so, the name in small letters is meant.
 */
export async function findCredential(
  db: Db,
  name: string,
  selector: string | undefined,
): Promise<Credential | undefined> {
  return (await CREDENTIAL(db, name, selector ?? null, name.toLowerCase()))[0];
}

export function listAppPasswords(db: Db, organisationId: string, principalId: string): Promise<AppPassword[]> {
  return db
    .selectFrom('app_password')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .orderBy('created_at')
    .execute();
}

/** Revokes one app password; its name, or undefined when the principal has none with this id. */
export async function deleteAppPassword(
  db: Db,
  organisationId: string,
  principalId: string,
  id: string,
): Promise<string | undefined> {
  const gone = await db
    .deleteFrom('app_password')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .where('app_password_id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return gone?.name;
}

/** Revokes all app passwords of a principal. */
export async function deleteAppPasswordsOf(db: Db, organisationId: string, principalId: string): Promise<void> {
  await db
    .deleteFrom('app_password')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .execute();
}

/** Gives an app password another name; false when the principal has none with this id. */
export async function renameAppPassword(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  id: string,
  name: string,
): Promise<boolean> {
  const result = await db
    .updateTable('app_password')
    .set({ name })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .where('app_password_id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Notes that a device was here; without an address the one known stays. */
export async function touchAppPassword(
  db: Db,
  organisationId: string,
  id: string,
  at: Date,
  address?: string,
): Promise<void> {
  await db
    .updateTable('app_password')
    .set({ last_used_at: at, ...(address === undefined ? {} : { last_used_from: address }) })
    .where('organisation_id', '=', organisationId)
    .where('app_password_id', '=', id)
    .execute();
}

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
