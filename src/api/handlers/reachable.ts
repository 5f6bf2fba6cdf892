/** Own collections and cards, and those of others as far as they let the caller (RFC 3744). */
import { AppError } from '../../base/errors.ts';
import { findReadable, type ReachableCollection, requirePrivileges } from '../../commands/reachable-collections.ts';
import type { Collection } from '../../store/collections.ts';
import { findObjectsById, type StoredObject } from '../../store/objects.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import { NO_COLLECTION } from './collections.ts';

/** What each deed needs beside `read`. Deleting a card also takes it off the group cards of its book. */
const NEEDED = {
  read: [],
  add: ['bind'],
  change: ['write-content'],
  remove: ['unbind', 'write-content'],
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Needed = keyof typeof NEEDED;

/**
 * A collection that is the caller's or that the caller may read, and where all that is needed was granted. Throws AppError
 * notFound: what may not be read looks like what does not exist; 'need-privileges'.
 */
export async function requireReached(
  api: ApiContext,
  caller: Caller,
  id: string,
  needed: Needed,
): Promise<ReachableCollection> {
  const reached = await findReadable(api.db, caller, id);
  if (!reached || reached.collection.kind === 'plain') throw NO_COLLECTION();
  requirePrivileges(reached, NEEDED[needed]);
  return reached;
}

/** The collection alone, where all of it is shown or nothing in it is asked for. */
export const requireReachable = async (...asked: Parameters<typeof requireReached>): Promise<Collection> =>
  (await requireReached(...asked)).collection;

export const NO_CARD = () => new AppError('notFound', 'no-such-card', 'There is no such card.');

/**
 * A card with its book, which is the caller's or one that the caller may read and do all that is `needed` in. Throws AppError
 * 'no-such-card', 'need-privileges'.
 */
export async function requireCard(
  api: ApiContext,
  caller: Caller,
  id: string,
  needed: Needed,
): Promise<{ object: StoredObject; collection: Collection }> {
  const [object] = await findObjectsById(api.db, caller.organisationId, [id]);
  const book = object?.component === 'VCARD' && (await findReadable(api.db, caller, object.collection_id));
  if (!object || !book) throw NO_CARD();
  requirePrivileges(book, NEEDED[needed]);
  return { object, collection: book.collection };
}
