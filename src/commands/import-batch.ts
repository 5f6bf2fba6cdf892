/** One batch of an import, in one transaction. */
import { AppError } from '../base/errors.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { type ObjectRowWrite, putObjects } from '../store/object-writes.ts';
import type { Context } from './context.ts';
import type { ImportItem, RefusedItem } from './import-items.ts';
import { type KnownItem, type KnownReason, nameKnown, type UnnamedItem } from './import-known.ts';
import { type ImportPolicy, type Place, placeOf, type Shelf, shelfFor } from './import-shelf.ts';
import { lockOne, scopeOf } from './locking.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { requireRoom } from './quota.ts';

export interface BatchOutcome {
  created: number;
  replaced: number;
  skipped: number;
  readonly refused: RefusedItem[];
  readonly known: UnnamedItem[];
}

interface Batch {
  readonly context: Context;
  readonly collection: Collection;
  readonly policy: ImportPolicy;
  readonly shelf: Shelf;
  readonly outcome: BatchOutcome;
  /** What is to be stored, by object id. */
  readonly writes: Map<string, ObjectRowWrite>;
}

/**
 * Stores the items of a batch, or leaves them out as the policy says; `mostNamed`: how many of those that are there already are to be
 * named. Throws AppError when the collection is gone or the owner has no room.
 */
export function storeBatch(
  context: Context,
  { collection, policy }: Pick<Batch, 'collection' | 'policy'>,
  items: readonly ImportItem[],
  mostNamed: number,
): Promise<BatchOutcome & { readonly named: readonly KnownItem[] }> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const outcome: BatchOutcome = { created: 0, replaced: 0, skipped: 0, refused: [], known: [] };
    const within = { ...context, db: tx };
    const shelf = await shelfFor(within, collection, items, policy);
    const writes: Batch['writes'] = new Map();
    for (const item of items) take({ context, collection, policy, shelf, outcome, writes }, item);
    const octets = [...writes.values()].reduce((sum, { body }) => sum + body.length, 0);
    await requireRoom(within, collection.organisation_id, collection.owner_id, octets);
    if (writes.size > 0) await putObjects(tx, scopeOf(collection), [...writes.values()], new Date(context.clock.now()));
    const named = await nameKnown(tx, collection.organisation_id, outcome.known.slice(0, mostNamed));
    return { ...outcome, named };
  });
}

/** Decides about one item: stored, or left out with the reason. Later items of the batch find it on the shelf. */
function take(batch: Batch, item: ImportItem): void {
  const { context, collection, policy, shelf, outcome } = batch;
  const place = placeOf(context, item, policy, shelf);
  if ('there' in place) {
    leaveOut(outcome, item, 'same-uid', place.there);
    return;
  }
  const content = readContent(context, collection, place, outcome.refused);
  if (!content) return;
  const same = place.known && shelf.etags.get(place.objectId) === content.etag;
  if (!same && shelf.locked.has(place.known ? place.name : undefined)) {
    outcome.refused.push(lockedItem(item, place));
    return;
  }
  const hash = content.record?.contentHash ?? '';
  const standsIn = place.known ? undefined : shelf.mergedAway.get(hash);
  if (standsIn !== undefined) {
    leaveOut(outcome, item, 'merged-before', standsIn);
    return;
  }
  noteCopies(batch, item, place, hash);
  if (same) outcome.skipped++;
  else {
    outcome[place.known ? 'replaced' : 'created']++;
    batch.writes.set(place.objectId, content);
  }
  shelf.byUid.set(place.item.uid, { objectId: place.objectId, name: place.name });
  shelf.names.add(place.name);
  shelf.etags.set(place.objectId, content.etag);
}

function leaveOut(outcome: BatchOutcome, item: ImportItem, reason: KnownReason, objectId: string): void {
  outcome.skipped++;
  outcome.known.push({ ...placeInFile(item), reason, objectId, importedId: null });
}

/** A new card that holds what another holds already is stored, and told of. */
function noteCopies({ shelf, outcome }: Batch, item: ImportItem, { known, objectId }: Place, hash: string): void {
  const copied = known ? undefined : shelf.byContent.get(hash);
  if (copied !== undefined)
    outcome.known.push({ ...placeInFile(item), reason: 'same-content', objectId: copied, importedId: objectId });
  else if (hash !== '') shelf.byContent.set(hash, objectId);
}

const lockedItem = ({ index, line, uid }: ImportItem, { name, known }: Place): RefusedItem => ({
  index,
  line,
  uid,
  code: 'locked',
  detail: `Another program holds a lock on ${known ? name : 'the whole collection'}; import it again once that has ended.`,
});

const placeInFile = ({ index, line, uid }: ImportItem) => ({ index, line, uid });

/** The content of an object, or undefined with the reason added to `refused`. */
function readContent(
  context: Context,
  collection: Collection,
  { item, objectId, name }: Place,
  refused: RefusedItem[],
): ObjectRowWrite | undefined {
  try {
    const content = OBJECT_KINDS[collection.kind].read(item.octets, collection, context.limits, objectId);
    return { ...content, objectId, name };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const within = typeof error.details.line === 'number' ? error.details.line - 1 : 0;
    refused.push({
      index: item.index,
      line: item.line + within,
      uid: item.uid,
      code: error.code,
      detail: error.message,
    });
    return undefined;
  }
}
