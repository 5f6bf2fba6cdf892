/** Locks on paths (RFC 4918 §6). */
import type { ExpressionBuilder } from 'kysely';
import type { Collection } from './collections.ts';
import type { Db, Tx } from './database.ts';
import type { NewRow, Row, Schema } from './schema.ts';

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
    .where(within(scope))
    .execute();
}

const within =
  ({ paths, below = [] }: LockScope) =>
  (e: ExpressionBuilder<Schema, 'lock'>) =>
    e.or([
      e('path', '=', e.fn.any(e.val([...paths]))),
      ...below.map((path) => e(e.fn<boolean>('starts_with', ['path', e.val(`${path}/`)]), '=', true)),
    ]);

/** Does anybody of the organisation hold a lock? Nearly always nobody does, and writers need not look further. */
export async function anyLock(db: Db, organisationId: string, now: Date): Promise<boolean> {
  const found = await db
    .selectFrom('lock')
    .select('lock_id')
    .where('organisation_id', '=', organisationId)
    .where('expires_at', '>', now)
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}

export async function insertLock(db: Db, row: NewRow<'lock'>): Promise<void> {
  await db.insertInto('lock').values(row).execute();
}

/** Lets a lock last until `expiresAt`; false when it was released meanwhile. */
export async function refreshLock(
  db: Db,
  organisationId: string,
  lockId: string,
  seconds: number,
  expiresAt: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('lock')
    .set({ seconds, expires_at: expiresAt })
    .where('organisation_id', '=', organisationId)
    .where('lock_id', '=', lockId)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

export async function deleteLock(db: Db, organisationId: string, lockId: string): Promise<void> {
  await db.deleteFrom('lock').where('organisation_id', '=', organisationId).where('lock_id', '=', lockId).execute();
}

/** Ends the locks within the scope: they do not outlive or follow the resource (RFC 4918 §7.6, §9.9.1). */
export async function deleteLocksIn(db: Db, organisationId: string, scope: LockScope): Promise<void> {
  await db.deleteFrom('lock').where('organisation_id', '=', organisationId).where(within(scope)).execute();
}

/** Forgets locks that ended before `now`. */
export async function pruneLocks(db: Db, organisationId: string, now: Date): Promise<void> {
  await db.deleteFrom('lock').where('organisation_id', '=', organisationId).where('expires_at', '<=', now).execute();
}

/**
 * Lets every writer that looked for locks before look again: those of the collection, and of plain ones above and below it. Waits
 * for those whose transactions are under way. Call inside a transaction.
 */
export async function raiseLockEpoch(
  tx: Tx,
  { organisation_id, owner_id, collection_id, name }: Collection,
): Promise<void> {
  const above = name.split('/').map((_, depth, segments) => segments.slice(0, depth + 1).join('/'));
  await tx
    .updateTable('collection')
    .set((e) => ({ lock_epoch: e('lock_epoch', '+', 1) }))
    .where('organisation_id', '=', organisation_id)
    .where('owner_id', '=', owner_id)
    .where((e) =>
      e.or([
        e('collection_id', '=', collection_id),
        e.and([
          e('kind', '=', 'plain'),
          e.or([
            e(e.fn<boolean>('starts_with', ['name', e.val(`${name}/`)]), '=', true),
            e('name', '=', e.fn.any(e.val(above))),
          ]),
        ]),
      ]),
    )
    .execute();
}

/**
 * Takes a row lock that every LOCK of the organisation takes first: two conflicting locks cannot be granted at once.
 * Call inside a transaction.
 */
export async function serialiseLocking(tx: Tx, organisationId: string): Promise<void> {
  await tx
    .selectFrom('organisation')
    .select('organisation_id')
    .where('organisation_id', '=', organisationId)
    .forNoKeyUpdate()
    .executeTakeFirst();
}
