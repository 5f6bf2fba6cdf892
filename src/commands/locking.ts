/** Locking collections before their objects are written. */
import { AppError } from '../base/errors.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import type { Db, Tx } from '../store/database.ts';

/**
 * Judges the WebDAV locks once more, under the lock of the collection's row: for those granted after the caller looked (RFC 4918 §7).
 * Throws to refuse.
 */
export interface LockGuard {
  (db: Db): Promise<void>;
  /** True: it also judges conditions on states, which change without a WebDAV lock, and must be asked in every transaction. */
  readonly always?: boolean;
}

/** The keys that the writing statements need of a collection. */
export function scopeOf(collection: Collection) {
  return {
    organisationId: collection.organisation_id,
    collectionId: collection.collection_id,
    ownerId: collection.owner_id,
  } as const;
}

/** The same for statements that lock nothing before: WebDAV locks granted since the caller looked stop them. */
export function writeScopeOf(collection: Collection) {
  return { ...scopeOf(collection), lockEpoch: collection.lock_epoch } as const;
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

/** Locks one collection; throws AppError notFound when it is gone, and what the guard throws. */
export async function lockOne(tx: Tx, collection: Collection, guard?: LockGuard): Promise<Collection> {
  const [locked] = await lockAll(tx, [collection], guard);
  return locked!;
}

/** Locks collections of one organisation, some of which may be the same; throws AppError notFound when one is gone, and what the guard throws. */
export async function lockAll(tx: Tx, seen: readonly Collection[], guard?: LockGuard): Promise<Collection[]> {
  const ids = new Set(seen.map(({ collection_id }) => collection_id));
  const locked = await lockCollections(tx, seen[0]!.organisation_id, [...ids]);
  if (locked.length < ids.size) throw new AppError('notFound', 'not-found', 'The collection no longer exists.');
  const epochs = new Map(locked.map(({ collection_id, lock_epoch }) => [collection_id, lock_epoch]));
  const hasNewLock = seen.some(({ collection_id, lock_epoch }) => epochs.get(collection_id) !== lock_epoch);
  if (guard && (guard.always || hasNewLock)) await guard(tx);
  return locked;
}
