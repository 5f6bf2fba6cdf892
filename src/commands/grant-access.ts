/** Granting privileges on a collection to other principals (RFC 3744 §8.1). */
import { AppError } from '../base/errors.ts';
import { type Grant, listAccess, replaceAccess } from '../store/access.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { noteRightsChanged } from '../store/shared-books.ts';
import type { Context } from './context.ts';
import { type LockGuard, lockOne } from './locking.ts';
import { expandPrivileges } from './privileges.ts';
import { refuseLocked } from './write-locks.ts';

/** Entries that the list of one collection may have. */
export const MOST_GRANTS = 200;

/** Makes `grants` the exact list of what others may do on the collection. Throws AppError notFound when it has gone, and what the guard throws. */
export function replaceGrants(
  context: Context,
  collection: Collection,
  grants: readonly Grant[],
  guard?: LockGuard,
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection, guard);
    await grantAnew(tx, collection, grants);
  });
}

async function grantAnew(tx: Tx, { organisation_id, collection_id }: Collection, grants: readonly Grant[]) {
  await replaceAccess(tx, organisation_id, collection_id, grants);
  await noteRightsChanged(tx, organisation_id, collection_id);
}

/** What the page shares a collection for: others cannot rename or colour it, which its owner would see, too. */
const SHARED_FOR = {
  read: ['read'],
  write: ['read', 'write-content', 'bind', 'unbind'],
} as const;
export type SharedFor = keyof typeof SHARED_FOR;

/** What these privileges come to; undefined for others, which programs grant by ACL. */
export function sharedFor(privileges: Iterable<string>): SharedFor | undefined {
  const held = expandPrivileges(privileges);
  if (!held.has('read')) return undefined;
  const missing = SHARED_FOR.write.filter((name) => !held.has(name));
  if (missing.length === 0) return 'write';
  return missing.length === SHARED_FOR.write.length - SHARED_FOR.read.length ? 'read' : undefined;
}

/**
 * Lets one principal (null: all of the organisation) read a collection, or write in it, or neither any more; what others were granted stays.
 * Throws AppError notFound when it has gone, `locked`, `too-many-grants`.
 */
export function shareCollection(
  context: Context,
  collection: Collection,
  granteeId: string | null,
  what: SharedFor | 'nothing',
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    await refuseLocked({ ...context, db: tx }, [{ collection, on: 'state' }]);
    const kept = (await grantsOn(tx, collection)).filter((grant) => grant.granteeId !== granteeId);
    if (what !== 'nothing' && kept.length >= MOST_GRANTS)
      throw new AppError('invalid', 'too-many-grants', `A collection can be shared with ${MOST_GRANTS} at most.`);
    await grantAnew(tx, collection, what === 'nothing' ? kept : [...kept, { granteeId, privileges: SHARED_FOR[what] }]);
  });
}

/**
 * Gives back what was granted to a principal by its name, as who no longer wants to see a collection does. Throws AppError notFound when
 * the collection has gone, `locked`, what the guard throws, and `shared-with-many` where it was granted to a group or to all alone.
 */
export function leaveCollection(
  context: Context,
  collection: Collection,
  principalId: string,
  guard?: LockGuard,
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection, guard);
    if (!guard) await refuseLocked({ ...context, db: tx }, [{ collection, on: 'state' }]);
    const grants = await grantsOn(tx, collection);
    const kept = grants.filter((grant) => grant.granteeId !== principalId);
    if (kept.length === grants.length) {
      const text = 'It is shared with a group or with everybody: only its owner can take one of them out.';
      throw new AppError('forbidden', 'shared-with-many', text);
    }
    await grantAnew(tx, collection, kept);
  });
}

async function grantsOn(tx: Tx, { organisation_id, collection_id }: Collection): Promise<Grant[]> {
  const entries = await listAccess(tx, organisation_id, collection_id);
  return entries.map(({ grantee_id, privileges }) => ({ granteeId: grantee_id, privileges }));
}
