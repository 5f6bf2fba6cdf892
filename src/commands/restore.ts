/** Bringing back what was: one version of an object, or a whole collection as it stood at a moment. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { findVersion, type ObjectVersion } from '../store/history.ts';
import { deleteObjects, putObjects } from '../store/object-writes.ts';
import type { Context } from './context.ts';
import { limitsOfStored } from './limits.ts';
import { lockOne, requireWritable, scopeOf } from './locking.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { planRestore, type RestorePlan } from './restore-plan.ts';
import { entriesInTheWay, refuseUidConflict } from './uid-conflict.ts';
import { type Effect, refuseLocked } from './write-locks.ts';

/**
 * Puts an earlier version back under its name, as a new change that every device receives. What it replaces is kept as a
 * version in turn. Throws AppError notFound, `collection-read-only`, `locked`, or
 * `no-uid-conflict` when its UID now lives under another name.
 */
export function restoreVersion(
  context: Context,
  collection: Collection,
  seq: number,
): Promise<{ name: string; etag: string }> {
  requireWritable(collection);
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const version = await requireVersion(tx, collection, seq);
    const { current, conflict } = await entriesInTheWay(tx, collection, version.name, version.uid ?? undefined);
    refuseUidConflict(version.uid ?? undefined, undefined, conflict);
    const effect: Effect = { collection, name: version.name, on: current ? 'state' : 'members' };
    await refuseLocked({ ...context, db: tx }, [effect]);
    const now = context.clock.now();
    await putBack(tx, context, collection, [{ version, objectId: current?.object_id ?? uuidv7(now) }]);
    return { name: version.name, etag: version.etag };
  });
}

async function requireVersion(tx: Tx, collection: Collection, seq: number): Promise<ObjectVersion> {
  const version = await findVersion(tx, collection.organisation_id, collection.collection_id, seq);
  if (!version) throw new AppError('notFound', 'not-found', 'There is no such earlier version, or it has been pruned.');
  return version;
}

/**
 * Takes a collection back to what it held at a moment, in one transaction and one sync step; with `dryRun` only says what
 * would happen. Throws AppError 'moment-to-come' for a moment that is not past.
 */
export function restoreCollection(
  context: Context,
  collection: Collection,
  moment: Date,
  options: { readonly dryRun: boolean },
): Promise<RestorePlan> {
  requireWritable(collection);
  if (moment.getTime() > context.clock.now()) {
    throw new AppError('invalid', 'moment-to-come', 'A collection can be taken back to a past moment only.');
  }
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const plan = await planRestore(context, tx, collection, moment);
    if (!options.dryRun) await applyPlan(tx, context, collection, plan);
    return plan;
  });
}

async function applyPlan(
  tx: Tx,
  context: Context,
  collection: Collection,
  { brought, removed, present }: RestorePlan,
): Promise<void> {
  const now = new Date(context.clock.now());
  const versions: ObjectVersion[] = [];
  for (const { seq } of brought) if (seq !== undefined) versions.push(await requireVersion(tx, collection, seq));
  // an object in the way that changed its UID since is removed first: its UID may be wanted under another name
  const swapped = versions.flatMap((version) => {
    const entry = present.get(version.name);
    return entry && entry.uid !== version.uid ? [entry.object_id] : [];
  });
  const gone = [...removed.map((entry) => entry.object_id), ...swapped];
  if (gone.length > 0) await deleteObjects(tx, scopeOf(collection), gone, now);
  const back = versions.map((version) => {
    const entry = present.get(version.name);
    const objectId = entry && entry.uid === version.uid ? entry.object_id : uuidv7(now.getTime());
    return { version, objectId };
  });
  if (back.length > 0) await putBack(tx, context, collection, back);
}

/** Stores versions as they were, each as a new change. The collection must be locked, names and UIDs free. */
export async function putBack(
  tx: Tx,
  context: Context,
  collection: Collection,
  back: readonly { readonly version: ObjectVersion; readonly objectId: string }[],
): Promise<void> {
  const limits = limitsOfStored(context.limits);
  const rows = back.map(({ version, objectId }) => ({
    ...OBJECT_KINDS[collection.kind].read(version.body, collection, limits, objectId, version.media_type ?? undefined),
    objectId,
    name: version.name,
  }));
  await putObjects(tx, scopeOf(collection), rows, new Date(context.clock.now()));
}
