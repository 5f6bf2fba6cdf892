/** Deleting, copying and moving collections with all they hold; plain collections with those below them (RFC 4918 §9.6, §9.8, §9.9). */
import { uuidv7 } from '../base/ids.ts';
import { listPlainBelow } from '../store/collection-paths.ts';
import { type Collection, type CollectionPatch, updateCollection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { copyDeadProperties } from '../store/dead-properties.ts';
import { bodiesOf } from '../store/object-pages.ts';
import { putObjects } from '../store/object-writes.ts';
import { listEntries } from '../store/objects.ts';
import { createCollection, deleteCollection } from './collections.ts';
import type { Context } from './context.ts';
import { deleteObject } from './delete-object.ts';
import { type LockGuard, lockAll, lockOne, scopeOf } from './locking.ts';
import { type TransferRequest, type TransferResult, transferObject } from './move-object.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { requireRoom } from './quota.ts';

/** Removes a collection, and for a plain one every collection below it, in one transaction. Throws AppError notFound, and what the guard throws. */
export function deleteTree(context: Context, collection: Collection, guard: LockGuard): Promise<void> {
  const deletionId = uuidv7(context.clock.now());
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection, guard);
    for (const below of await plainBelow(tx, collection))
      await deleteCollection({ ...context, db: tx }, below, { deletionId });
    await deleteCollection({ ...context, db: tx }, collection, { deletionId });
  });
}

export interface TreeTransfer {
  readonly from: Collection;
  /** Name at the destination, in the home of the same owner. */
  readonly newName: string;
  /** What is there now and is replaced. */
  readonly replaced?: Collection;
  readonly replacedObject?: { readonly collection: Collection; readonly name: string };
  readonly guard: LockGuard;
}

/** Takes away what stands at the destination, in the transaction of the transfer. */
async function clear(context: Context, { replaced, replacedObject, guard }: TreeTransfer): Promise<void> {
  if (replaced) await deleteTree(context, replaced, guard);
  if (replacedObject) await deleteObject(context, { ...replacedObject, guard });
}

/** Copies or moves one object to where a whole collection stands, which is removed in the same transaction. */
export function transferOverTree(
  context: Context,
  request: TransferRequest & { readonly guard: LockGuard },
  replaced: Collection,
): Promise<TransferResult> {
  return inTransaction(context.db, async (tx) => {
    await deleteTree({ ...context, db: tx }, replaced, request.guard);
    return transferObject({ ...context, db: tx }, request);
  });
}

/** Gives a collection (and the plain ones below it) another name: objects, change log and tokens stay. */
export function moveTree(context: Context, transfer: TreeTransfer): Promise<void> {
  const { from, newName } = transfer;
  return inTransaction(context.db, async (tx) => {
    await clear({ ...context, db: tx }, transfer);
    const below = await plainBelow(tx, from);
    const moved = [from, ...below];
    await lockAll(tx, moved, transfer.guard);
    const now = new Date(context.clock.now());
    for (const each of moved) {
      const name = newName + each.name.slice(from.name.length);
      await updateCollection(tx, each.organisation_id, each.collection_id, { name }, now);
    }
  });
}

/** Copies a collection with its properties and, when `deep`, its objects and the plain collections below it. */
export function copyTree(context: Context, transfer: TreeTransfer & { readonly deep: boolean }): Promise<void> {
  const { from, newName, deep } = transfer;
  return inTransaction(context.db, async (tx) => {
    await clear({ ...context, db: tx }, transfer);
    const sources = deep ? [from, ...(await plainBelow(tx, from))] : [from];
    for (const source of sources) {
      await copyOne({ ...context, db: tx }, tx, source, newName + source.name.slice(from.name.length), deep);
    }
  });
}

async function plainBelow(tx: Tx, { kind, organisation_id, owner_id, name }: Collection): Promise<Collection[]> {
  return kind === 'plain' ? listPlainBelow(tx, organisation_id, owner_id, `${name}/`) : [];
}

function propertiesOf(collection: Collection): CollectionPatch {
  const { display_name, description, color, sort_order, components, time_zone, time_zone_id, transparent } = collection;
  const { region, region_guessed } = collection;
  const times = { time_zone, time_zone_id, transparent };
  return { display_name, description, color, sort_order, components, ...times, region, region_guessed };
}

async function copyOne(context: Context, tx: Tx, from: Collection, name: string, deep: boolean): Promise<void> {
  const { organisation_id, collection_id } = from;
  const made = await createCollection(context, {
    organisationId: organisation_id,
    ownerId: from.owner_id,
    kind: from.kind,
    name,
    properties: propertiesOf(from),
  });
  await copyDeadProperties(tx, organisation_id, collection_id, made.collection_id);
  if (!deep) return;
  const target = await lockOne(tx, made);
  const now = context.clock.now();
  const entries = await listEntries(tx, organisation_id, collection_id);
  for await (const batch of bodiesOf(tx, organisation_id, collection_id, entries)) {
    const copies = batch.map((object) => {
      const objectId = uuidv7(now);
      const { body, media_type } = object;
      const content = OBJECT_KINDS[target.kind].read(body, target, context.limits, objectId, media_type ?? undefined);
      return { source: object.object_id, write: { ...content, objectId, name: object.name } };
    });
    const octets = copies.reduce((sum, { write }) => sum + write.body.length, 0);
    await requireRoom(context, organisation_id, from.owner_id, octets);
    await putObjects(
      tx,
      scopeOf(target),
      copies.map(({ write }) => write),
      new Date(now),
    );
    for (const { source, write } of copies) await copyDeadProperties(tx, organisation_id, source, write.objectId);
  }
}
