/** What was merged stays merged: a device that brings back a card which a merge took away does not bring the duplicate back. */
import { inTransaction } from '../store/database.ts';
import { findMergedAway } from '../store/merged-away.ts';
import { buryName } from '../store/object-moves.ts';
import { findEntry } from '../store/objects.ts';
import type { Context } from './context.ts';
import { lockOne, scopeOf } from './locking.ts';
import type { ObjectContent } from './object-kinds.ts';
import type { PutRequest, PutResult } from './put-object.ts';

/**
 * Takes a card that is about to be created but is, content for content, one that a merge took away: nothing is stored, since
 * the merged card holds all of it, and its name is reported as deleted once more, so that the device drops it at its next
 * sync. Undefined when the card is none of these: then it is stored like any other, a changed one included, and the next
 * scoring suggests it. Throws what the precondition throws.
 */
export async function foldReturned(
  context: Context,
  { collection, name, precondition }: PutRequest,
  content: ObjectContent,
): Promise<PutResult | undefined> {
  if (collection.kind !== 'addressbook' || !content.record) return undefined;
  const { organisation_id, collection_id } = collection;
  const hashes = [content.record.contentHash];
  const [found] = await findMergedAway(context.db, organisation_id, collection_id, hashes);
  if (!found) return undefined;
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const [returned] = await findMergedAway(tx, organisation_id, collection_id, hashes);
    const current = await findEntry(tx, organisation_id, collection_id, name);
    if (!returned || current) return undefined;
    precondition?.(undefined);
    await buryName(tx, scopeOf(collection), name, new Date(context.clock.now()));
    return { outcome: 'folded', etag: content.etag, objectId: returned.standsInId } as const;
  });
}
