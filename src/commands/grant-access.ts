/** Granting privileges on a collection to other principals (RFC 3744 §8.1). */
import { type Grant, replaceAccess } from '../store/access.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { noteRightsChanged } from '../store/shared-books.ts';
import type { Context } from './context.ts';
import { type LockGuard, lockOne } from './locking.ts';

/** Makes `grants` the exact list of what others may do on the collection. Throws AppError notFound when it has gone, and what the guard throws. */
export function replaceGrants(
  context: Context,
  collection: Collection,
  grants: readonly Grant[],
  guard?: LockGuard,
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection, guard);
    await replaceAccess(tx, collection.organisation_id, collection.collection_id, grants);
    await noteRightsChanged(tx, collection.organisation_id, collection.collection_id);
  });
}
