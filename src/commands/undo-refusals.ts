/** What a merge must be so that it can be undone. */
import { AppError } from '../base/errors.ts';
import { type Collection, findCollectionById } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import { laterMergesOf, lockMerge, type MergeObject, type MergeRow } from '../store/merges.ts';
import { findObjectsById, type StoredObject } from '../store/objects.ts';
import type { Actor } from './context.ts';

/** A merge is undone as a whole or not at all: refused where a card of it belongs in a book that only others may write today. */
export async function refuseOutOfReach(
  tx: Tx,
  actor: Actor,
  books: ReadonlyMap<string, Collection>,
  objects: readonly MergeObject[],
  present: ReadonlyMap<string, StoredObject>,
): Promise<void> {
  const places = new Set(objects.map((object) => placeOf(present, object).collection_id));
  for (const id of places) {
    if (books.has(id) || !(await findCollectionById(tx, actor.organisationId, id))) continue;
    throw new AppError(
      'forbidden',
      'read-only-book',
      'A card of this merge belongs in a book that you may not write.',
      {
        books: [id],
      },
    );
  }
}

/** The merge, locked. Throws AppError 'no-such-merge', 'already-undone'. */
export async function requireUndoable(tx: Tx, actor: Actor, mergeId: string): Promise<MergeRow> {
  const merge = await lockMerge(tx, actor.organisationId, actor.principalId, mergeId);
  if (!merge) throw new AppError('notFound', 'no-such-merge', 'There is no such merge, or it is too old to be undone.');
  if (merge.undone_at) throw new AppError('conflict', 'already-undone', 'This merge has been undone already.');
  return merge;
}

/** Throws AppError 'merged-again' (details.merges) where later merges took or changed the same cards. */
export async function refuseMergedAgain(
  tx: Tx,
  actor: Actor,
  merge: MergeRow,
  objects: readonly MergeObject[],
): Promise<void> {
  const ids = objects.filter((object) => object.role !== 'group').map((object) => object.object_id);
  const later = (await laterMergesOf(tx, actor.organisationId, merge, ids)).filter(
    (other) => other.merged_at > merge.merged_at || other.merge_id > merge.merge_id,
  );
  if (later.length === 0) return;
  throw new AppError('conflict', 'merged-again', 'These cards were merged again later; undo that merge first.', {
    merges: later.map((other) => other.merge_id),
  });
}

/** Those of the cards that are there today, by id. */
export async function presentObjects(
  tx: Tx,
  actor: Actor,
  objects: readonly MergeObject[],
): Promise<Map<string, StoredObject>> {
  const found = await findObjectsById(
    tx,
    actor.organisationId,
    objects.map((object) => object.object_id),
  );
  return new Map(found.map((object) => [object.object_id, object]));
}

/** Where a card is today: it may have been moved since. */
export function placeOf(
  present: ReadonlyMap<string, StoredObject>,
  object: MergeObject,
): Pick<StoredObject, 'collection_id' | 'name'> {
  const { collection_id, name } = present.get(object.object_id) ?? object;
  return { collection_id, name };
}
