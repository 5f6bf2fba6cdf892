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

/** Throws AppError forbidden for a collection that the server itself fills: what people wrote there would not last. */
export function requireWritable({ fed_by }: Collection): void {
  if (fed_by === null) return;
  throw new AppError(
    'forbidden',
    'collection-read-only',
    'The server itself fills this collection; it can only be read.',
  );
}

/** Locks one collection; throws AppError notFound when it is gone. */
export async function lockOne(tx: Tx, collection: Collection): Promise<Collection> {
  const [locked] = await lockCollections(tx, collection.organisation_id, [collection.collection_id]);
  if (!locked) throw new AppError('notFound', 'not-found', 'The collection no longer exists.');
  return locked;
}
