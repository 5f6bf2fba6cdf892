/** COPY and MOVE of one object between collections of one kind (RFC 4918 §9.8, §9.9). */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { copyDeadProperties, removeAllDeadProperties } from '../store/dead-properties.ts';
import { moveObjectRow } from '../store/object-moves.ts';
import { deleteObjects, putObjects } from '../store/object-writes.ts';
import type { StoredObject } from '../store/objects.ts';
import type { Context } from './context.ts';
import { passBrake } from './deletion-brake.ts';
import { type LockGuard, lockAll, scopeOf } from './locking.ts';
import { OBJECT_KINDS, type ObjectContent } from './object-kinds.ts';
import type { Precondition } from './put-object.ts';
import { requireRoom } from './quota.ts';
import { isForm, seenObject } from './seen-objects.ts';
import { entriesInTheWay, refuseUidConflict } from './uid-conflict.ts';
import { type Effect, refuseLocked } from './write-locks.ts';

export interface TransferRequest {
  readonly mode: 'copy' | 'move';
  readonly from: Collection;
  /** What is copied is the public form, all that the requester sees there. */
  readonly publicOnly?: boolean;
  readonly name: string;
  readonly to: Collection;
  readonly newName: string;
  /** False: an object already under the new name refuses the transfer (`overwrite-refused`). */
  readonly overwrite: boolean;
  readonly sourcePrecondition?: Precondition;
  readonly destinationPrecondition?: Precondition;
  /** The device that moves, whose mass deletions are held; absent for deliberate acts. */
  readonly deviceId?: string;
  /** Judges the WebDAV locks; absent: no token was submitted, and any lock refuses. */
  readonly guard?: LockGuard | undefined;
}

export interface TransferResult {
  readonly outcome: 'created' | 'replaced';
  readonly etag: string;
}

/**
 * Copies or moves one object with its dead properties; the bytes and so the ETag stay. A moved object keeps its identity,
 * so its duplicates and decisions stay with it. Throws AppError: notFound, `locked`, `overwrite-refused`, `no-uid-conflict`,
 * the target kind's conditions, and what the preconditions throw.
 */
export function transferObject(context: Context, request: TransferRequest): Promise<TransferResult> {
  const { from, to } = request;
  return inTransaction(context.db, async (tx) => {
    await lockAll(tx, [from, to], request.guard);
    const source = await sourceOf(tx, request);
    request.sourcePrecondition?.(source);
    if (!source) throw new AppError('notFound', 'not-found', `There is no ${request.name} in this collection.`);
    if (!request.guard) await refuseLocked({ ...context, db: tx }, effectsOf(request));
    await requirePassage(tx, context, request, source);
    if (request.mode === 'copy' || from.owner_id !== to.owner_id)
      await requireRoom({ ...context, db: tx }, to.organisation_id, to.owner_id, source.size);
    const objectId = request.mode === 'move' ? source.object_id : uuidv7(context.clock.now());
    const content = OBJECT_KINDS[to.kind].read(
      source.body,
      to,
      context.limits,
      objectId,
      source.media_type ?? undefined,
    );
    const replaced = await clearDestination(tx, context, request, source, content);
    const now = new Date(context.clock.now());
    if (request.mode === 'move') {
      await moveObjectRow(
        tx,
        { objectId, name: source.name },
        scopeOf(from),
        { ...scopeOf(to), name: request.newName },
        now,
      );
    } else {
      await putObjects(tx, scopeOf(to), [{ ...content, objectId, name: request.newName }], now);
      if (!isForm(source)) await copyDeadProperties(tx, from.organisation_id, source.object_id, objectId);
    }
    return { outcome: replaced ? 'replaced' : 'created', etag: content.etag } as const;
  });
}

const sourceOf = (tx: Tx, { from, name, publicOnly = false }: TransferRequest): Promise<StoredObject | undefined> =>
  seenObject(tx, { collection: from, publicOnly }, name);

function effectsOf({ mode, from, name, to, newName }: TransferRequest): Effect[] {
  const arriving: Effect = { collection: to, name: newName, on: 'members' };
  return mode === 'move' ? [arriving, { collection: from, name, on: 'members' }] : [arriving];
}

/** What is moved out of a collection is gone from it. Throws AppError 'mass-deletion-held'. */
async function requirePassage(tx: Tx, context: Context, request: TransferRequest, entry: StoredObject): Promise<void> {
  const { mode, from, to, deviceId } = request;
  if (mode === 'move' && deviceId && from.collection_id !== to.collection_id)
    await passBrake(tx, context, from, { deviceId, entry, by: 'move' });
}

/** Judges the destination and removes what is overwritten there; true when something was. */
async function clearDestination(
  tx: Tx,
  context: Context,
  request: TransferRequest,
  source: StoredObject,
  content: ObjectContent,
): Promise<boolean> {
  const { to } = request;
  const { current, conflict } = await entriesInTheWay(tx, to, request.newName, content.uid);
  request.destinationPrecondition?.(current);
  if (current && !request.overwrite) {
    throw new AppError(
      'conflict',
      'overwrite-refused',
      `${request.newName} already exists and must not be overwritten.`,
    );
  }
  // the moved object itself may hold the UID under its old name
  const holder = conflict && request.mode === 'move' && conflict.object_id === source.object_id ? undefined : conflict;
  refuseUidConflict(content.uid, current, holder);
  if (!current) return false;
  await removeAllDeadProperties(tx, to.organisation_id, [current.object_id]);
  await deleteObjects(tx, scopeOf(to), [current.object_id], new Date(context.clock.now()));
  return true;
}
