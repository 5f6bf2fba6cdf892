/** Taking, refreshing and releasing WebDAV locks (RFC 4918 §9.10, §9.11). */

import { randomUUID } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { type Collection, findCollectionById } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import {
  deleteLock,
  deleteLocksIn,
  findLocks,
  insertLock,
  type Lock,
  type LockScope,
  pruneLocks,
  raiseLockEpoch,
  refreshLock,
  serialiseLocking,
} from '../store/locks.ts';
import { findEntry } from '../store/objects.ts';
import type { Context } from './context.ts';
import { pathsDownTo } from './resource-paths.ts';
import { holdsOn } from './write-locks.ts';

export interface LockRequest {
  readonly organisationId: string;
  readonly holderId: string;
  /** Decoded segments joined by "/". */
  readonly path: string;
  /** The collection that is locked, or in which something is. */
  readonly collection: Collection;
  /** The object that is locked; absent where the collection is, or a name that nothing has yet. */
  readonly objectName?: string;
  readonly infinite: boolean;
  readonly exclusive: boolean;
  /** The `DAV:owner` element as XML, or the empty string. */
  readonly description: string;
  readonly seconds: number;
}

/**
 * Takes a lock, or throws AppError `locked` (423) whose `details.paths` are the roots of the locks in the way: those that
 * hold on the path, and for an infinite one also those below it; notFound when what is to be locked is gone. A write that
 * was under way either ends before the lock is granted, or sees it.
 */
export function takeLock(context: Context, wanted: LockRequest): Promise<Lock> {
  const { organisationId, path } = wanted;
  return inTransaction(context.db, async (tx) => {
    await serialiseLocking(tx, organisationId);
    await requirePresent(tx, wanted);
    const now = new Date(context.clock.now());
    await pruneLocks(tx, organisationId, now);
    const paths = pathsDownTo(path.split('/'));
    const near = await findLocks(tx, organisationId, { paths, ...(wanted.infinite ? { below: [path] } : {}) }, now);
    const holding = near.filter((lock) => holdsOn(lock, path) || lock.path.startsWith(`${path}/`));
    const conflicting = holding.filter((lock) => wanted.exclusive || lock.exclusive);
    if (conflicting.length > 0) {
      throw new AppError('conflict', 'locked', 'A lock that is already held stands in the way.', {
        status: 423,
        paths: conflicting.map((lock) => lock.path),
      });
    }
    const lock: Lock = {
      organisation_id: organisationId,
      lock_id: randomUUID(),
      path,
      infinite: wanted.infinite,
      exclusive: wanted.exclusive,
      holder_id: wanted.holderId,
      description: wanted.description,
      seconds: wanted.seconds,
      expires_at: new Date(now.getTime() + wanted.seconds * 1000),
    };
    await insertLock(tx, lock);
    return lock;
  });
}

/** Turns a new leaf for the writers of the collection, and of plain ones above and below it. */
async function requirePresent(tx: Tx, { collection, objectName }: LockRequest): Promise<void> {
  const { organisation_id, collection_id } = collection;
  await raiseLockEpoch(tx, collection);
  const there =
    objectName === undefined
      ? await findCollectionById(tx, organisation_id, collection_id)
      : await findEntry(tx, organisation_id, collection_id, objectName);
  if (!there) throw new AppError('notFound', 'not-found', 'What was to be locked is gone.');
}

/** Starts a lock's time anew; returns it with its new end, undefined when it was released meanwhile. */
export async function extendLock(context: Context, lock: Lock, seconds: number): Promise<Lock | undefined> {
  const expires = new Date(context.clock.now() + seconds * 1000);
  const held = await refreshLock(context.db, lock.organisation_id, lock.lock_id, seconds, expires);
  return held ? { ...lock, seconds, expires_at: expires } : undefined;
}

export function releaseLock(context: Context, lock: Lock): Promise<void> {
  return deleteLock(context.db, lock.organisation_id, lock.lock_id);
}

/**
 * Does what takes resources away, and ends the locks on their places (RFC 4918 §7.6) with it or not at all; `goes` says of the outcome
 * that they went.
 */
export function endingLocks<C extends Context, T>(
  context: C,
  organisationId: string,
  places: LockScope,
  work: (context: C) => Promise<T>,
  goes: (outcome: T) => boolean = () => true,
): Promise<T> {
  return inTransaction(context.db, async (tx) => {
    const outcome = await work({ ...context, db: tx });
    if (goes(outcome)) await deleteLocksIn(tx, organisationId, places);
    return outcome;
  });
}
