/** Locking collections before their objects are written. */
import { AppError } from '../base/errors.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';

/** The keys that the writing statements need of a collection. */
export function scopeOf(collection: Collection) {
  return {
    organisationId: collection.organisation_id,
    collectionId: collection.collection_id,
    ownerId: collection.owner_id,
  } as const;
}

/** Locks one collection; throws AppError notFound when it is gone. */
export async function lockOne(tx: Tx, collection: Collection): Promise<Collection> {
  const [locked] = await lockCollections(tx, collection.organisation_id, [collection.collection_id]);
  if (!locked) throw new AppError('notFound', 'not-found', 'The collection no longer exists.');
  return locked;
}
