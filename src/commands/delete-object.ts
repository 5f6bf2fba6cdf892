/** DELETE: the one way a single object is deleted (RFC 4918 §9.6). */
import { AppError } from '../base/errors.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { deleteObjects } from '../store/object-writes.ts';
import { findEntry, type ObjectEntry } from '../store/objects.ts';
import { deleteOne } from '../store/single-delete.ts';
import type { Context } from './context.ts';
import { passBrake } from './deletion-brake.ts';
import { dropMembers } from './group-members.ts';
import { type LockGuard, lockOne, scopeOf, writeScopeOf } from './locking.ts';
import type { Precondition } from './put-object.ts';
import { refuseLocked } from './write-locks.ts';

export interface DeleteRequest {
  readonly collection: Collection;
  readonly name: string;
  readonly precondition?: Precondition;
  /** Also take a card off the groups of its book: for whoever deletes it without keeping those groups (`dropDepartedMembers`). */
  readonly fromGroups?: boolean;
  /** The device that deletes, whose mass deletions are held; absent for deliberate acts. */
  readonly deviceId?: string;
  /** As in PutRequest. */
  readonly guard?: LockGuard | undefined;
  /** What the caller just saw under the name. */
  readonly seen?: ObjectEntry;
}

/**
 * Deletes one object and leaves a tombstone (RFC 4918 §9.6); `held`: the brake holds it (`deletion-brake.ts`). Throws AppError
 * notFound, `locked`, or what the precondition throws.
 */
export async function deleteObject(context: Context, request: DeleteRequest): Promise<'deleted' | 'held'> {
  const { collection, name, deviceId, seen, guard } = request;
  const isPlain = guard !== undefined && !guard.always && !request.fromGroups;
  if (seen && isPlain && (await deletedAtOnce(context, request, seen))) return 'deleted';
  return inTransaction(context.db, async (tx) => {
    const locked = await lockOne(tx, collection, guard);
    const current = await findEntry(tx, collection.organisation_id, collection.collection_id, name);
    request.precondition?.(current);
    if (!current) throw new AppError('notFound', 'not-found', `There is no ${name} in this collection.`);
    if (!guard) await refuseLocked({ ...context, db: tx }, [{ collection: locked, name, on: 'members' }]);
    if (deviceId && (await passBrake(tx, context, locked, { deviceId, entry: current, by: 'delete' })) === 'held')
      return 'held';
    await deleteObjects(tx, scopeOf(collection), [current.object_id], new Date(context.clock.now()));
    if (request.fromGroups && current.uid) await dropMembers(tx, context, locked, [current.uid]);
    return 'deleted';
  });
}

/** The way of nearly every deletion: false when the object must be looked at again, or the brake asked, under the lock. */
function deletedAtOnce(context: Context, request: DeleteRequest, seen: ObjectEntry): Promise<boolean> {
  const { collection, deviceId } = request;
  request.precondition?.(seen);
  const now = context.clock.now();
  const { objects, minutes } = context.limits.brake;
  const isCounted = deviceId !== undefined && collection.kind !== 'plain';
  return deleteOne(context.db, {
    scope: writeScopeOf(collection),
    seen,
    count: isCounted ? { deviceId, objects, since: new Date(now - minutes * 60_000) } : undefined,
    now: new Date(now),
  });
}
