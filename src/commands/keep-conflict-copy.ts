/** A body that a precondition refused is kept: the edit behind it must not be lost with the 412. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { Collection } from '../store/collections.ts';
import { insertConflictCopy, trimConflictCopies } from '../store/conflict-copies.ts';
import { findEntry, type ObjectEntry } from '../store/objects.ts';
import type { Context } from './context.ts';
import { etagOf, OBJECT_KINDS } from './object-kinds.ts';

/** Copies kept for one collection. */
const MOST_COPIES = 200;

/**
 * Keeps a refused body of a card or calendar object. A body that could not have been stored anyway, or that equals what is
 * stored, is not worth keeping. Never fails: the refusal itself must reach the client. `over`: what is stored under
 * the name, from whoever has just looked.
 */
export async function keepConflictCopy(
  context: Context,
  refused: { readonly collection: Collection; readonly name: string; readonly octets: Buffer },
  over?: { readonly entry: ObjectEntry | undefined },
): Promise<void> {
  const { collection, name, octets } = refused;
  if (collection.kind === 'plain') return;
  try {
    const key = { organisation_id: collection.organisation_id, collection_id: collection.collection_id };
    const { entry } = over ?? { entry: await findEntry(context.db, key.organisation_id, key.collection_id, name) };
    if (entry?.etag === etagOf(octets)) return;
    const conflictId = uuidv7(context.clock.now());
    const { uid, etag } = OBJECT_KINDS[collection.kind].read(octets, collection, context.limits, conflictId);
    const row = { ...key, conflict_id: conflictId, name, uid: uid ?? null, body: octets, size: octets.length, etag };
    await insertConflictCopy(context.db, { ...row, refused_at: new Date(context.clock.now()) });
    await trimConflictCopies(context.db, key.organisation_id, key.collection_id, MOST_COPIES);
  } catch (error) {
    if (!(error instanceof AppError)) context.log.error({ error: String(error) }, 'a refused body could not be kept');
  }
}
