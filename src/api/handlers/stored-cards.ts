/** Cards as they are stored: loaded, shown, and added. */
import { AppError } from '../../base/errors.ts';
import { type Precondition, putObject } from '../../commands/put-object.ts';
import type { ReadableBook } from '../../commands/readable-books.ts';
import { type CardRow, findCards } from '../../store/cards.ts';
import type { Collection } from '../../store/collections.ts';
import { findObjectsById } from '../../store/objects.ts';
import { type Card, readCard } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { CardDetail, CardSummary } from '../contract/cards.ts';
import { cardDetail, cardSummary } from '../views/card-view.ts';
import { NO_CARD, requireCard } from './reachable.ts';

/** Cards with their octets, in the order asked for; those that are gone are left out. */
export async function loadCards(
  api: ApiContext,
  organisationId: string,
  ids: readonly string[],
): Promise<{ id: string; row: CardRow; card: Card }[]> {
  const [rows, objects] = await Promise.all([
    findCards(api.db, organisationId, ids),
    findObjectsById(api.db, organisationId, ids),
  ]);
  const byId = new Map(rows.map((row) => [row.object_id, row]));
  const bodies = new Map(objects.map((object) => [object.object_id, object.body]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    const body = bodies.get(id);
    return row && body ? [{ id, row, card: readCard(body) }] : [];
  });
}

/** Summaries by card id, of cards in `books`, which are those that the caller may read; those that are gone are not in it. */
export async function cardSummaries(
  api: ApiContext,
  organisationId: string,
  ids: readonly string[],
  books: readonly ReadableBook[],
): Promise<Map<string, CardSummary>> {
  if (ids.length === 0) return new Map();
  const readable = new Set(books.map((book) => book.collection.collection_id));
  const rows = (await findCards(api.db, organisationId, ids)).filter((row) => readable.has(row.collection_id));
  return new Map(rows.map((row) => [row.object_id, cardSummary(row)]));
}

/** The card whole, as it is stored now. Throws AppError 'no-such-card'. */
export async function shownCard(api: ApiContext, caller: Caller, id: string): Promise<CardDetail> {
  const [loaded] = await loadCards(api, caller.organisationId, [id]);
  if (!loaded) throw NO_CARD();
  return cardDetail(loaded.row, loaded.card);
}

/**
 * Stores a new card and shows it. A card that was merged away before is answered with the card that holds its content now; throws
 * AppError 'merged-elsewhere' when that one stands in another book of the owner, which the caller may not read.
 */
export async function addedCard(
  api: ApiContext,
  caller: Caller,
  card: { readonly collection: Collection; readonly name: string; readonly octets: Buffer },
): Promise<CardDetail> {
  const { objectId, outcome } = await putObject(api, { ...card, precondition: mustBeFree });
  if (outcome === 'folded') await requireCard(api, caller, objectId, 'read').catch(hidesElsewhere);
  return shownCard(api, caller, objectId);
}

function hidesElsewhere(): never {
  const text =
    'This very card was merged away by the owner of the book into a card that you may not read: it was not stored.';
  throw new AppError('conflict', 'merged-elsewhere', text);
}

/** Refuses when the stored card is not the version that the caller saw. */
export const unchangedSince =
  (etag: string): Precondition =>
  (current) => {
    if (current?.etag !== etag) {
      throw new AppError('stale', 'card-changed', 'The card was changed meanwhile; look at it again.', {
        changed: current ? [{ id: current.object_id, etag: current.etag }] : [],
      });
    }
  };

/** Refuses when the name is taken. */
const mustBeFree: Precondition = (current) => {
  if (current) throw new AppError('conflict', 'name-taken', `There already is a card called ${current.name}.`);
};
