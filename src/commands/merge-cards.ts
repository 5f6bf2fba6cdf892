/** Merge: cards become one in one transaction, which every device sees as one change and n deletions. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { contentHash } from '../dedup/content-hash.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { insertMerge } from '../store/merges.ts';
import { deleteObjects, type ObjectRowWrite, putObjects } from '../store/object-writes.ts';
import { findPlaces, type StoredObject, uidKey } from '../store/objects.ts';
import { lockDuplicates } from '../store/pairs.ts';
import type { NewRow } from '../store/schema.ts';
import type { Actor, Context } from './context.ts';
import { scopeOf } from './locking.ts';
import { type MergePlan, type MergeWish, planMerge, type RepointedCard } from './merge-plan.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { type ReadableBook, type Reader, readableBooks } from './readable-books.ts';
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

/**
 * The actor's own address books and those of others that hold one of the cards, or are named, locked in order of their ids:
 * as they are under the lock, with what the actor may do in them.
 */
export async function lockBooks(
  tx: Tx,
  actor: Reader,
  cardIds: readonly string[],
  named: readonly string[] = [],
): Promise<ReadableBook[]> {
  const places = await findPlaces(tx, actor.organisationId, cardIds);
  const wanted = new Set([...named, ...places.map((place) => place.collection_id)]);
  const books = (await readableBooks(tx, actor)).filter(
    ({ collection, ownerName }) => ownerName === undefined || wanted.has(collection.collection_id),
  );
  if (books.length === 0) return [];
  const ids = books.map(({ collection }) => collection.collection_id);
  const locked = await lockCollections(tx, actor.organisationId, ids);
  const byId = new Map(locked.map((collection) => [collection.collection_id, collection]));
  return books.flatMap((book) => {
    const collection = byId.get(book.collection.collection_id);
    return collection ? [{ ...book, collection }] : [];
  });
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

function mergeRow(actor: Actor, request: MergeRequest, mergeId: string, now: Date): NewRow<'merge'> {
  return {
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    owner_id: actor.principalId,
    actor_id: actor.principalId,
    reference_id: request.referenceId,
    run_id: request.runId ?? null,
    choices: JSON.stringify(request.choices),
    merged_at: now,
    undone_at: null,
  };
}

function mergeObjects(actor: Actor, plan: MergePlan, mergeId: string): NewRow<'merge_object'>[] {
  const row = (
    object: Pick<StoredObject, 'object_id' | 'collection_id' | 'name' | 'uid' | 'body'>,
    role: NewRow<'merge_object'>['role'],
    after: Buffer | null,
  ): NewRow<'merge_object'> => ({
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    object_id: object.object_id,
    collection_id: object.collection_id,
    role,
    name: object.name,
    uid: object.uid,
    body_before: object.body,
    body_after: after,
  });
  const [reference, ...sources] = plan.objects as [StoredObject, ...StoredObject[]];
  return [
    row(reference, 'reference', plan.result.octets),
    ...sources.map((source) => row(source, 'source', null)),
    ...plan.groups.map((group) => row(group, 'group', group.after)),
  ];
}

function away(actor: Actor, plan: MergePlan, mergeId: string): NewRow<'merged_away'>[] {
  return plan.objects.slice(1).map((source, at) => ({
    organisation_id: actor.organisationId,
    merge_id: mergeId,
    object_id: source.object_id,
    collection_id: source.collection_id,
    name: source.name,
    uid_key: source.uid === null ? null : uidKey(source.uid),
    content_hash: contentHash(plan.cards[at + 1]!),
    reference_id: plan.objects[0]!.object_id,
  }));
}
