/** Undo of an undo. */
import { AppError } from '../base/errors.ts';
import type { Db } from '../store/database.ts';
import { findMerge, listMergeObjects, type MergeObject } from '../store/merges.ts';
import { findEntriesFor, findPlaces } from '../store/objects.ts';
import type { Actor, Context } from './context.ts';
import { type MergeOutcome, mergeStoredCards } from './merge-cards.ts';

/**
 * Merges the same cards into the same reference with the same choices, as they are now. A card that was brought
 * back by a device meanwhile is the one that bears its UID.
 */
export async function redoMerge(context: Context, actor: Actor, mergeId: string): Promise<MergeOutcome> {
  const merge = await findMerge(context.db, actor.organisationId, actor.principalId, mergeId);
  if (!merge) throw new AppError('notFound', 'no-such-merge', 'There is no such merge, or it is too old to be redone.');
  if (!merge.undone_at) throw new AppError('conflict', 'not-undone', 'This merge has not been undone.');
  const objects = await listMergeObjects(context.db, actor.organisationId, [mergeId]);
  const today = await idsToday(context.db, actor, objects);
  const sources = objects.filter((object) => object.role === 'source').map(({ object_id }) => today(object_id));
  const choices = Object.fromEntries(
    Object.entries(merge.choices).map(([property, id]) => [property, today(String(id))]),
  );
  const referenceId = today(merge.reference_id);
  return mergeStoredCards(context, actor, { referenceId, memberIds: sources, choices });
}

/** Maps cards of a merge to those that stand in their places. */
async function idsToday(
  db: Db,
  { organisationId }: Actor,
  objects: readonly MergeObject[],
): Promise<(id: string) => string> {
  const cards = objects.filter(({ role }) => role !== 'group');
  const ids = cards.map(({ object_id }) => object_id);
  const present = new Set((await findPlaces(db, organisationId, ids)).map(({ object_id }) => object_id));
  const others = new Map<string, string>();
  for (const { object_id, collection_id, uid } of cards) {
    if (present.has(object_id) || uid === null) continue;
    const [other] = await findEntriesFor(db, organisationId, collection_id, [], [uid]);
    if (other) others.set(object_id, other.object_id);
  }
  return (id) => others.get(id) ?? id;
}
