/** The books whose cards a merge or its undo touches, locked. */
import { lockCollections } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import { findPlaces } from '../store/objects.ts';
import type { Reader } from './reachable-collections.ts';
import { type ReadableBook, readableBooks } from './readable-books.ts';

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
