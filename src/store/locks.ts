/** Locks on paths (RFC 4918 §6). */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type Lock = Row<'lock'>;

export interface LockScope {
  /** Locks exactly here: a resource and its ancestors. */
  readonly paths: readonly string[];
  /** Locks anywhere below these paths. */
  readonly below?: readonly string[];
}

/** The locks that have not expired at `now` within the scope, in one statement. */
export function findLocks(db: Db, organisationId: string, scope: LockScope, now: Date): Promise<Lock[]> {
  return db
    .selectFrom('lock')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('expires_at', '>', now)
    .where((e) =>
      e.or([
        e('path', '=', e.fn.any(e.val([...scope.paths]))),
        ...(scope.below ?? []).map((path) => e(e.fn<boolean>('starts_with', ['path', e.val(`${path}/`)]), '=', true)),
      ]),
    )
    .execute();
}

export async function insertLock(db: Db, row: NewRow<'lock'>): Promise<void> {
  await db.insertInto('lock').values(row).execute();
}

export async function refreshLock(
  db: Db,
  organisationId: string,
  lockId: string,
  seconds: number,
  expiresAt: Date,
): Promise<void> {
  await db
    .updateTable('lock')
    .set({ seconds, expires_at: expiresAt })
    .where('organisation_id', '=', organisationId)
    .where('lock_id', '=', lockId)
    .execute();
}

export async function deleteLock(db: Db, organisationId: string, lockId: string): Promise<void> {
  await db.deleteFrom('lock').where('organisation_id', '=', organisationId).where('lock_id', '=', lockId).execute();
}

/** Ends the locks on a path and below it: they do not outlive or follow the resource (RFC 4918 §7.6, §9.9.1). */
export async function deleteLocksUnder(db: Db, organisationId: string, path: string): Promise<void> {
  await db
    .deleteFrom('lock')
    .where('organisation_id', '=', organisationId)
    .where((e) => e.or([e('path', '=', path), e(e.fn<boolean>('starts_with', ['path', e.val(`${path}/`)]), '=', true)]))
    .execute();
}

/** Forgets locks that ended before `now`. */
export async function pruneLocks(db: Db, organisationId: string, now: Date): Promise<void> {
  await db.deleteFrom('lock').where('organisation_id', '=', organisationId).where('expires_at', '<=', now).execute();
}

/**
 * Takes a row lock that every LOCK of the organisation takes first: two conflicting locks cannot be granted at once.
 * Call inside a transaction.
 */
export async function serialiseLocking(tx: Db, organisationId: string): Promise<void> {
  await tx
    .selectFrom('organisation')
    .select('organisation_id')
    .where('organisation_id', '=', organisationId)
    .forUpdate()
    .executeTakeFirst();
}
