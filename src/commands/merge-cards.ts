/** Merge: cards become one in one transaction, which every device sees as one change and n deletions. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { contentHash } from '../dedup/content-hash.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { insertMerge } from '../store/merges.ts';
import { deleteObjects, type ObjectRowWrite, putObjects } from '../store/object-writes.ts';
import type { StoredObject } from '../store/objects.ts';
import { lockDuplicates } from '../store/pair-writes.ts';
import type { Actor, Context } from './context.ts';
import { lockBooks } from './lock-books.ts';
import { scopeOf } from './locking.ts';
import { type MergePlan, type MergeWish, planMerge, type RepointedCard } from './merge-plan.ts';
import { away, mergeObjects, mergeRow } from './merge-rows.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import type { ReadableBook } from './readable-books.ts';
import { suggestAgain } from './recluster.ts';
import { type Effect, refuseLocked } from './write-locks.ts';

export interface MergeRequest extends MergeWish {
  /** ETags that the user saw, by card id; absent: whatever is there now (a batch that looks and merges at once). */
  readonly etags?: Readonly<Record<string, string>>;
  /** The run or batch that this merge belongs to. */
  readonly runId?: string;
  /** True: refused unless all cards hold the same content still. */
  readonly sameContent?: boolean;
}

export interface MergeOutcome {
  readonly mergeId: string;
  /** ETag of the reference card after the merge. */
  readonly etag: string;
  /** Cards that are gone. */
  readonly removed: readonly string[];
}

/**
 * Merges cards of books that the actor may write into the reference card. All or nothing: the reference's octets, the deletions, the
 * group cards, the record that undo needs. Throws AppError 'card-changed' (details.changed: id and ETag now, null when gone)
 * when a card is not the one that was seen, `locked` when a WebDAV lock holds on one that would change, and what `planMerge` throws.
 */
export async function mergeStoredCards(context: Context, actor: Actor, request: MergeRequest): Promise<MergeOutcome> {
  const outcome = await inTransaction(context.db, async (tx) => {
    const books = await lockBooks(tx, actor, [request.referenceId, ...request.memberIds]);
    await lockDuplicates(tx, actor.organisationId, actor.principalId);
    const plan = await planOrChanged(tx, actor, books, request);
    refuseChanged(plan.objects, request.etags);
    if (request.sameContent) refuseDifferent(plan);
    await refuseLocked({ ...context, db: tx }, effectsOf(plan));
    return carryOut(context, tx, actor, request, plan);
  });
  context.observer?.merged(request.runId ? 'batch' : 'review', outcome.removed.length);
  return outcome;
}

/** The plan; a card that went since the preview is a card that changed. */
async function planOrChanged(
  tx: Tx,
  actor: Actor,
  books: readonly ReadableBook[],
  request: MergeRequest,
): Promise<MergePlan> {
  try {
    return await planMerge(tx, actor, books, request);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'card-gone') throw error;
    const gone = Array.isArray(error.details.cards) ? error.details.cards : [];
    throw changedError(gone.map((id) => ({ id: String(id), etag: null })));
  }
}

function refuseChanged(objects: readonly StoredObject[], etags: MergeRequest['etags']): void {
  if (!etags) return;
  const changed = objects
    .filter((object) => etags[object.object_id] !== object.etag)
    .map((object) => ({ id: object.object_id, etag: object.etag }));
  if (changed.length > 0) throw changedError(changed);
}

const changedError = (changed: readonly { id: string; etag: string | null }[]): AppError =>
  new AppError('stale', 'card-changed', 'A card of this merge was changed meanwhile; look at the preview again.', {
    changed,
  });

function refuseDifferent({ cards }: MergePlan): void {
  if (new Set(cards.map(contentHash)).size === 1) return;
  throw new AppError('stale', 'no-longer-copies', 'These cards no longer hold the same.');
}

/** The reference and the groups change, the others go. */
function effectsOf({ books, objects: [reference, ...sources], groups }: MergePlan): Effect[] {
  const effect = ({ collection_id, name }: StoredObject | RepointedCard, on: Effect['on']): Effect => ({
    collection: books.get(collection_id)!,
    name,
    on,
  });
  return [
    ...[reference!, ...groups].map((card) => effect(card, 'state')),
    ...sources.map((card) => effect(card, 'members')),
  ];
}

async function carryOut(
  context: Context,
  tx: Tx,
  actor: Actor,
  request: MergeRequest,
  plan: MergePlan,
): Promise<MergeOutcome> {
  const now = new Date(context.clock.now());
  const mergeId = uuidv7(now.getTime());
  const [reference, ...sources] = plan.objects as [StoredObject, ...StoredObject[]];
  const removed = sources.map((source) => source.object_id);
  for (const book of plan.books.values()) {
    const here = sources.filter((source) => source.collection_id === book.collection_id);
    const ids = here.map((source) => source.object_id);
    if (ids.length > 0) await deleteObjects(tx, scopeOf(book), ids, now);
  }
  const writes = [{ ...reference, after: plan.result.octets }, ...plan.groups];
  const contents = await writeCards(context, tx, plan.books, writes, now);
  await insertMerge(
    tx,
    mergeRow(actor, request, mergeId, now),
    mergeObjects(actor, plan, mergeId),
    away(actor, plan, mergeId),
  );
  await suggestAgain(context, tx, actor, [reference.object_id, ...removed]);
  return { mergeId, etag: contents.get(reference.object_id)!.etag, removed };
}

/** Stores new octets for cards that are there, or were: one batch per book. Returns what was stored, by object id. */
export async function writeCards(
  context: Context,
  tx: Tx,
  books: ReadonlyMap<string, Collection>,
  cards: readonly {
    readonly object_id: string;
    readonly collection_id: string;
    readonly name: string;
    readonly after: Buffer;
  }[],
  now: Date,
): Promise<Map<string, ObjectRowWrite>> {
  const written = new Map<string, ObjectRowWrite>();
  for (const [collectionId, group] of Map.groupBy(cards, (card) => card.collection_id)) {
    const book = books.get(collectionId)!;
    const rows = group.map((card) => ({
      ...OBJECT_KINDS.addressbook.read(card.after, book, context.limits, card.object_id),
      objectId: card.object_id,
      name: card.name,
    }));
    await putObjects(tx, scopeOf(book), rows, now);
    for (const row of rows) written.set(row.objectId, row);
  }
  return written;
}
