/** PUT: the one way a single object is written (RFC 4918 §9.7, RFC 6352 §6.3.2, RFC 4791 §5.3.2). */
import { uuidv7 } from '../base/ids.ts';
import type { Admission } from '../store/admission.ts';
import { isBusy } from '../store/collection-writers.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { putObjects } from '../store/object-writes.ts';
import { findEntry, type ObjectEntry } from '../store/objects.ts';
import { noteWrites } from '../store/planner-statistics.ts';
import { putNew, putOne } from '../store/single-put.ts';
import type { Context } from './context.ts';
import { keepConflictCopy } from './keep-conflict-copy.ts';
import { type LockGuard, lockOne, scopeOf, writeScopeOf } from './locking.ts';
import { etagOf, OBJECT_KINDS, type ObjectContent } from './object-kinds.ts';
import { requireRoom } from './quota.ts';
import { foldReturned } from './returned-cards.ts';
import { entriesInTheWay, refuseUidConflict } from './uid-conflict.ts';
import { type Effect, guardLocked } from './write-locks.ts';

/** Decides on the object as it is under the lock (undefined: the name is free); throws to refuse. */
export type Precondition = (current: ObjectEntry | undefined) => void;

export interface PutRequest {
  readonly collection: Collection;
  readonly name: string;
  readonly octets: Buffer;
  /** Kept for files of plain collections only. */
  readonly mediaType?: string;
  readonly precondition?: Precondition;
  /** What the caller just saw under the name (its entry undefined: nothing); absent: it has not looked. */
  readonly seen?: { readonly entry: ObjectEntry | undefined };
  /** Judges the WebDAV locks; absent: no token was submitted, and any lock refuses. */
  readonly guard?: LockGuard | undefined;
}

export interface PutResult {
  /** `folded`: the card was merged away before and another card holds all of it; nothing was stored under this name. */
  readonly outcome: 'created' | 'replaced' | 'unchanged' | 'folded';
  readonly etag: string;
  readonly objectId: string;
}

/**
 * Stores one object: the body is judged before anything is locked; what the precondition and the UID rule were decided on
 * must still hold in the transaction that writes the octets, the change and the index rows, or they are decided anew under
 * its lock. Octets equal to the stored ones change nothing.
 * Throws AppError: the conditions of the kind, `locked`, `quota-not-exceeded`, `no-uid-conflict` with details.name, notFound when the collection is gone,
 * and whatever the precondition throws; a body that it refused is kept as a conflict copy.
 */
export async function putObject(context: Context, request: PutRequest): Promise<PutResult> {
  let refusedOver: { readonly entry: ObjectEntry | undefined } | undefined;
  const precondition: Precondition = (entry) => {
    refusedOver = { entry };
    request.precondition?.(entry);
    refusedOver = undefined;
  };
  try {
    return await put(context, { ...request, precondition });
  } catch (error) {
    if (refusedOver) await keepConflictCopy(context, request, refusedOver);
    throw error;
  }
}

async function put(context: Context, request: PutRequest): Promise<PutResult> {
  const { collection, name, octets } = request;
  const organisationId = collection.organisation_id;
  const { entry: known } = request.seen ?? {
    entry: await findEntry(context.db, organisationId, collection.collection_id, name),
  };
  if (known?.etag === etagOf(octets) && known.size === octets.length) {
    request.precondition?.(known);
    return { outcome: 'unchanged', etag: known.etag, objectId: known.object_id };
  }
  const effect: Effect = { collection, name, on: known ? 'state' : 'members' };
  const guard = request.guard ?? (await guardLocked(context, [effect]));
  const objectId = known?.object_id ?? uuidv7(context.clock.now());
  const content = OBJECT_KINDS[collection.kind].read(octets, collection, context.limits, objectId, request.mediaType);
  await requireRoom(context, organisationId, collection.owner_id, octets.length - (known?.size ?? 0));
  if (!guard.always && (!known?.uid || !content.uid || known.uid === content.uid)) {
    request.precondition?.(known);
    const row = { ...content, objectId, name };
    if (await putOne(context.db, writeScopeOf(collection), row, known, new Date(context.clock.now()))) {
      noteWrites(context.db, 1);
      return { outcome: known ? 'replaced' : 'created', etag: content.etag, objectId };
    }
    // somebody else was faster: what is refused over theirs needs no lock to be
    const theirs = await findEntry(context.db, organisationId, collection.collection_id, name);
    if (theirs?.seq !== known?.seq) request.precondition?.(theirs);
  }
  const folded = known ? undefined : await foldReturned(context, request, content);
  // an object that was seen under the name may bear another by now, or lie in another collection: its id is not given again
  const freeId = known ? uuidv7(context.clock.now()) : objectId;
  return folded ?? putUnderLock(context, { ...request, guard }, { content, objectId }, freeId);
}

/** Whom `putNewObject` acts for: what the statement that writes must find true of the sender. */
export type SenderStanding = Pick<Admission, 'loginName' | 'selector' | 'hash' | 'name'>;

/**
 * Stores a new object for a sender whose credentials, path and locks nobody has looked up: by one statement that asks for all of them. `collection` is as
 * it was when the sender, its owner, last wrote there. Returns undefined, having written nothing, where anything is otherwise, and where
 * others write there: `putObject` then says what. Throws as it does for the body and the quota; of nothing thrown the sender may be told.
 */
export async function putNewObject(
  context: Context,
  request: Pick<PutRequest, 'collection' | 'name' | 'octets'>,
  sender: SenderStanding,
): Promise<PutResult | undefined> {
  const { collection, name, octets } = request;
  const scope = writeScopeOf(collection);
  if (isBusy(context.db, scope)) return undefined;
  const objectId = uuidv7(context.clock.now());
  const content = OBJECT_KINDS[collection.kind].read(octets, collection, context.limits, objectId);
  await requireRoom(context, scope.organisationId, scope.ownerId, octets.length);
  const row = { ...content, objectId, name };
  const isDone = await putNew(context.db, scope, row, { ...sender, collection }, new Date(context.clock.now()));
  if (!isDone) return undefined;
  noteWrites(context.db, 1);
  return { outcome: 'created', etag: content.etag, objectId };
}

/** The way to write when somebody else was faster, or to say exactly what is in the way. */
function putUnderLock(
  context: Context,
  request: PutRequest,
  { content, objectId }: { readonly content: ObjectContent; readonly objectId: string },
  freeId: string,
): Promise<PutResult> {
  const { collection, name, octets } = request;
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection, request.guard);
    const { current, conflict } = await entriesInTheWay(tx, collection, name, content.uid);
    request.precondition?.(current);
    refuseUidConflict(content.uid, current, conflict);
    // an object that came or went between the two looks has another id than the one its record was made for
    const id = current?.object_id ?? freeId;
    const settled =
      id === objectId
        ? content
        : OBJECT_KINDS[collection.kind].read(octets, collection, context.limits, id, request.mediaType);
    await putObjects(tx, scopeOf(collection), [{ ...settled, objectId: id, name }], new Date(context.clock.now()));
    return { outcome: current ? 'replaced' : 'created', etag: content.etag, objectId: id } as const;
  });
}
