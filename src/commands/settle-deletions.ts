/** The owner's answer to held deletions: do them after all, or give everything back that the device took away. */
import { AppError } from '../base/errors.ts';
import { type Collection, findCollectionById } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import {
  type DeletionWindow,
  type DeviceDeletion,
  deleteWindow,
  findWindow,
  listDeletions,
  listOldWindows,
  settleWindow,
} from '../store/held-deletions.ts';
import { findVersion } from '../store/history.ts';
import { touchObjects } from '../store/object-moves.ts';
import { deleteObjects } from '../store/object-writes.ts';
import { findEntriesFor } from '../store/objects.ts';
import { findPrincipal } from '../store/principals.ts';
import type { Context } from './context.ts';
import { brakeLimits } from './deletion-brake.ts';
import { lockOne, scopeOf } from './locking.ts';
import { putBack } from './restore.ts';
import { type Effect, refuseLocked } from './write-locks.ts';

/** A window in which something is held, in a collection of this owner. Throws AppError notFound. */
export async function requireHeld(
  context: Context,
  owner: { readonly organisationId: string; readonly principalId: string },
  windowId: string,
): Promise<{ window: DeletionWindow; collection: Collection }> {
  const window = await findWindow(context.db, owner.organisationId, windowId);
  const collection =
    window && window.held > 0
      ? await findCollectionById(context.db, owner.organisationId, window.collection_id)
      : undefined;
  if (window && collection?.owner_id === owner.principalId) return { window, collection };
  throw new AppError('notFound', 'no-held-deletions', 'No deletions are held under this identifier any more.');
}

/**
 * Deletes what is held, in one step, and lets the device go on for as long as a window lasts. What was changed since it was to be
 * deleted stays. Returns how many were deleted. Throws AppError `locked` when a WebDAV lock holds on any of them.
 */
export function confirmDeletions(context: Context, collection: Collection, window: DeletionWindow): Promise<number> {
  return inTransaction(context.db, async (tx) => {
    const locked = await lockOne(tx, collection);
    const { organisation_id, owner_id } = locked;
    const standing = await standingOf(tx, locked, await heldOf(tx, window));
    await refuseLocked({ ...context, db: tx }, moving(locked, standing));
    const now = context.clock.now();
    if (standing.length > 0) await deleteObjects(tx, scopeOf(locked), idsOf(standing), new Date(now));
    const { minutes } = brakeLimits(context, await findPrincipal(tx, organisation_id, owner_id));
    await settleWindow(tx, organisation_id, window.window_id, new Date(now + minutes * 60_000));
    return standing.length;
  });
}

/**
 * Keeps what is held and puts back what the same device had deleted before within its window. Everything is a new change: the
 * device that believes it gone receives it again. Returns how many objects that were. Throws AppError `locked` when a WebDAV
 * lock keeps any of them from coming back.
 */
export function discardDeletions(
  context: Context,
  collection: Collection,
  window: DeletionWindow,
): Promise<{ kept: number; restored: number }> {
  return inTransaction(context.db, async (tx) => {
    const locked = await lockOne(tx, collection);
    const deletions = await listDeletions(tx, locked.organisation_id, window.window_id);
    const standing = await standingOf(
      tx,
      locked,
      deletions.filter(({ held }) => held),
    );
    if (standing.length > 0) await touchObjects(tx, scopeOf(locked), idsOf(standing), new Date(context.clock.now()));
    const restored = await bringBack(
      tx,
      context,
      locked,
      deletions.filter(({ held }) => !held),
    );
    await settleWindow(tx, locked.organisation_id, window.window_id, null);
    return { kept: standing.length, restored };
  });
}

/** Gives back what nobody confirmed before a moment, and forgets old windows; returns how many, at most `limit`. */
export async function dropOldWindows(
  context: Context,
  organisationId: string,
  before: Date,
  limit: number,
): Promise<number> {
  let dropped = 0;
  for (const window of await listOldWindows(context.db, organisationId, before, limit)) {
    const collection = await findCollectionById(context.db, organisationId, window.collection_id);
    if (collection && window.held > 0 && !(await discarded(context, collection, window))) continue;
    await deleteWindow(context.db, organisationId, window.window_id);
    dropped++;
  }
  return dropped;
}

/** False: a WebDAV lock is in the way, and it is tried again later. */
async function discarded(context: Context, collection: Collection, window: DeletionWindow): Promise<boolean> {
  try {
    await discardDeletions(context, collection, window);
    return true;
  } catch (error) {
    if (error instanceof AppError && error.code === 'locked') return false;
    throw error;
  }
}

const heldOf = async (tx: Tx, { organisation_id, window_id }: DeletionWindow): Promise<DeviceDeletion[]> =>
  (await listDeletions(tx, organisation_id, window_id)).filter(({ held }) => held);

/** Those that are still there as they were when they were to be deleted. */
async function standingOf(
  tx: Tx,
  collection: Collection,
  deletions: readonly DeviceDeletion[],
): Promise<DeviceDeletion[]> {
  const names = deletions.map(({ name }) => name);
  const entries = await findEntriesFor(tx, collection.organisation_id, collection.collection_id, names, []);
  const present = new Map(entries.map((entry) => [entry.object_id, entry.etag]));
  return deletions.filter(({ object_id, etag }) => present.get(object_id) === etag);
}

const idsOf = (deletions: readonly DeviceDeletion[]): string[] => deletions.map(({ object_id }) => object_id);

/** What comes into the collection or leaves it. */
const moving = (collection: Collection, objects: readonly { readonly name: string }[]): Effect[] =>
  objects.map(({ name }) => ({ collection, name, on: 'members' }));

/** Puts back versions whose names and UIDs are free. */
async function bringBack(
  tx: Tx,
  context: Context,
  collection: Collection,
  deletions: readonly DeviceDeletion[],
): Promise<number> {
  const { organisation_id, collection_id } = collection;
  const found = await Promise.all(deletions.map(({ seq }) => findVersion(tx, organisation_id, collection_id, seq)));
  const versions = found.flatMap((version) => version ?? []);
  const names = versions.map(({ name }) => name);
  const uids = versions.flatMap(({ uid }) => uid ?? []);
  const inTheWay = await findEntriesFor(tx, organisation_id, collection_id, names, uids);
  const taken = new Set(inTheWay.flatMap(({ name, uid }) => [`name ${name}`, `uid ${uid}`]));
  const back = versions.filter(({ name, uid }) => !taken.has(`name ${name}`) && !(uid && taken.has(`uid ${uid}`)));
  const seen = new Set<string>();
  const once = back.filter(({ uid }) => uid === null || (!seen.has(uid) && seen.add(uid)));
  await refuseLocked({ ...context, db: tx }, moving(collection, once));
  if (once.length > 0) {
    await putBack(
      tx,
      context,
      collection,
      once.map((version) => ({ version, objectId: version.object_id })),
    );
  }
  return once.length;
}
