/** What a merge would do to the stored cards: the one function behind preview and merge, so that the preview is the merge. */
import { AppError } from '../base/errors.ts';
import { rewriteGroup } from '../merge/group-cards.ts';
import { mergeCards } from '../merge/merge.ts';
import type { MergeResult } from '../merge/outcome.ts';
import { findPointingCards, type PointingCard } from '../store/cards.ts';
import type { Collection } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { findObjectsById, type StoredObject } from '../store/objects.ts';
import { type Card, isGroup, readCard, uidOf } from '../vcard/card.ts';
import type { Reader } from './reachable-collections.ts';
import { type ReadableBook, requireMergeable } from './readable-books.ts';

/** What the user asked for. */
export interface MergeWish {
  readonly referenceId: string;
  /** The other cards. */
  readonly memberIds: readonly string[];
  /** Property name in upper case to the card whose value is taken. */
  readonly choices: Readonly<Record<string, string>>;
}

/** A group card, or one with a relation, before and after it names the reference instead of a card that goes. */
export interface RepointedCard extends PointingCard {
  readonly after: Buffer;
}

export interface MergePlan {
  /** By id the address books that the merge may touch: the user's own, and those of others that a card of it stands in. */
  readonly books: ReadonlyMap<string, Collection>;
  /** Reference first, then the others in the order of the wish. */
  readonly objects: readonly StoredObject[];
  readonly cards: readonly Card[];
  readonly result: MergeResult;
  /** Country in which national phone numbers of these cards are read. */
  readonly region: string | undefined;
  /** Group and related cards that name a card which goes, as they will be. */
  readonly groups: readonly RepointedCard[];
}

/**
 * Computes a merge from the cards as they are in `db` (a transaction that holds the locks, or none for a preview).
 * `books`: those that the user may read.
 * Throws AppError 'card-gone' (details.cards), 'read-only-book' (details.cards, details.books), 'group-card', 'invalid-merge',
 * 'invalid-choice'.
 */
export async function planMerge(
  db: Db,
  actor: Reader,
  books: readonly ReadableBook[],
  wish: MergeWish,
): Promise<MergePlan> {
  const ids = checkedIds(wish);
  const found = await findObjectsById(db, actor.organisationId, ids);
  const byBook = new Map(books.map((book) => [book.collection.collection_id, book]));
  const byId = new Map(
    found.filter((object) => byBook.has(object.collection_id)).map((object) => [object.object_id, object]),
  );
  const missing = ids.filter((id) => !byId.has(id));
  if (missing.length > 0) {
    throw new AppError('stale', 'card-gone', 'A card of this merge is no longer there.', { cards: missing });
  }
  const objects = ids.map((id) => byId.get(id)!);
  requireMergeable(books, objects);
  const cards = objects.map((object) => readCard(object.body));
  if (cards.some(isGroup)) throw new AppError('invalid', 'group-card', 'Groups cannot be merged with other cards.');
  const region = byBook.get(objects[0]!.collection_id)?.collection.region ?? undefined;
  const touched = booksTouched(books, objects);
  const result = mergeCards(cards[0]!, cards.slice(1), choicesByIndex(wish, ids), region ? { region } : {});
  return {
    books: new Map(touched.map((book) => [book.collection_id, book])),
    objects,
    cards,
    result,
    region,
    groups: await repointed(db, actor.organisationId, touched, objects, cards),
  };
}

/** The user's own books, since any of them may hold a group, and the books of others that cards of the merge stand in. */
function booksTouched(books: readonly ReadableBook[], objects: readonly StoredObject[]): Collection[] {
  const holding = new Set(objects.map((object) => object.collection_id));
  return books
    .filter(({ collection, ownerName }) => ownerName === undefined || holding.has(collection.collection_id))
    .map(({ collection }) => collection);
}

async function repointed(
  db: Db,
  organisationId: string,
  books: readonly Collection[],
  objects: readonly StoredObject[],
  cards: readonly Card[],
): Promise<RepointedCard[]> {
  const reference = uidOf(cards[0]!);
  if (reference === undefined) return [];
  const gone = new Map(cards.slice(1).flatMap((card) => (uidOf(card) ? [[uidOf(card)!, reference] as const] : [])));
  const taking = new Set(objects.map((object) => object.object_id));
  const pointing = await findPointingCards(
    db,
    organisationId,
    books.map((book) => book.collection_id),
  );
  return pointing.flatMap((card) => {
    const rewrite = taking.has(card.object_id) ? undefined : rewriteGroup(readCard(card.body), gone);
    return rewrite ? [{ ...card, after: rewrite.octets }] : [];
  });
}

function checkedIds({ referenceId, memberIds }: MergeWish): string[] {
  const others = memberIds.filter((id) => id !== referenceId);
  const ids = [...new Set([referenceId, ...others])];
  if (ids.length < 2) throw new AppError('invalid', 'invalid-merge', 'A merge takes the reference and another card.');
  return ids;
}

function choicesByIndex({ choices }: MergeWish, ids: readonly string[]): Record<string, { from: number }> {
  return Object.fromEntries(
    Object.entries(choices).map(([property, id]) => {
      const from = ids.indexOf(id);
      if (from < 0) {
        throw new AppError('invalid', 'invalid-choice', `The choice for ${property} names a card outside the merge.`);
      }
      return [property.toUpperCase(), { from }];
    }),
  );
}
