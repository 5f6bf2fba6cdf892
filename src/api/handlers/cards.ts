/** Cards: listing, showing, storing, and asking who is like one. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import { deleteObject } from '../../commands/delete-object.ts';
import { type Precondition, putObject } from '../../commands/put-object.ts';
import { type ReadableBook, readableBooks } from '../../commands/readable-books.ts';
import { findSimilar } from '../../commands/similar-cards.ts';
import { type CardRow, countCards, findCards, listCards } from '../../store/cards.ts';
import { type Collection, findCollectionById, listCollections } from '../../store/collections.ts';
import { findObjectsById, type StoredObject } from '../../store/objects.ts';
import { type Card, readCard, uidOf } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { CardDetail, CardSummary, SimilarCards } from '../contract/cards.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { cardDetail, cardSummary } from '../views/card-view.ts';
import { photoOf } from '../views/photo.ts';
import { requireCollection } from './collections.ts';

const NO_CARD = () => new AppError('notFound', 'no-such-card', 'There is no such card.');

/** A card of the caller's with its book. Throws AppError 'no-such-card'. */
export async function requireCard(
  api: ApiContext,
  caller: Caller,
  id: string,
): Promise<{ object: StoredObject; collection: Collection }> {
  const [object] = await findObjectsById(api.db, caller.organisationId, [id]);
  if (object?.component !== 'VCARD') throw NO_CARD();
  const collection = await findCollectionById(api.db, caller.organisationId, object.collection_id);
  if (collection?.owner_id !== caller.principalId) throw NO_CARD();
  return { object, collection };
}

/** A card of the caller's, or of a book of somebody else that the caller may read. Throws AppError 'no-such-card'. */
async function requireReadableCard(api: ApiContext, caller: Caller, id: string): Promise<StoredObject> {
  const [object] = await findObjectsById(api.db, caller.organisationId, [id]);
  const books = await readableBooks(api.db, caller);
  const readable = books.some((book) => book.collection.collection_id === object?.collection_id);
  if (object?.component !== 'VCARD' || !readable) throw NO_CARD();
  return object;
}

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
export const mustBeFree: Precondition = (current) => {
  if (current) throw new AppError('conflict', 'name-taken', `There already is a card called ${current.name}.`);
};

const Position = z.tuple([z.string(), z.uuid()]);

type CardOperations =
  | 'listCards'
  | 'createCard'
  | 'showCard'
  | 'changeCard'
  | 'deleteCard'
  | 'showPhoto'
  | 'similarCards';

export const cardHandlers: Handlers<CardOperations> = {
  listCards: async ({ api, caller, query }) => {
    const books = query.collectionId
      ? [await requireCollection(api, caller, query.collectionId)]
      : await listCollections(api.db, caller.organisationId, caller.principalId, 'addressbook');
    const search = {
      collectionIds: books.map((book) => book.collection_id),
      words: (query.search ?? '').split(/\s+/).filter(Boolean),
    };
    const after = readCursor(query.cursor, Position);
    const rows = await listCards(
      api.db,
      caller.organisationId,
      search,
      query.limit + 1,
      after && { listedBy: after[0], objectId: after[1] },
    );
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: page.map(cardSummary),
      nextCursor: last ? writeCursor([last.listed_by, last.object_id]) : null,
      total: await countCards(api.db, caller.organisationId, search),
    };
  },

  createCard: async ({ api, caller, body }) => {
    const collection = await requireCollection(api, caller, body.collectionId);
    const octets = Buffer.from(body.vcard);
    const name = body.name ?? `${plainUid(octets) ?? uuidv7(api.clock.now())}.vcf`;
    const stored = await putObject(api, { collection, name, octets, precondition: mustBeFree });
    // a card that was merged away before is answered with the card that holds its content now
    return shownCard(api, caller, stored.objectId);
  },

  showCard: async ({ api, caller, parameters }) => {
    await requireReadableCard(api, caller, parameters.id);
    return shownCard(api, caller, parameters.id);
  },

  changeCard: async ({ api, caller, parameters, body }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id);
    const precondition = unchangedSince(body.etag);
    await putObject(api, { collection, name: object.name, octets: Buffer.from(body.vcard), precondition });
    return shownCard(api, caller, parameters.id);
  },

  deleteCard: async ({ api, caller, parameters, query }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id);
    const precondition = query.etag === undefined ? {} : { precondition: unchangedSince(query.etag) };
    await deleteObject(api, { collection, name: object.name, fromGroups: true, ...precondition });
    return { done: true };
  },

  showPhoto: async ({ api, ctx, caller, parameters }) => {
    const object = await requireReadableCard(api, caller, parameters.id);
    const photo = photoOf(readCard(object.body));
    if (!photo) throw new AppError('notFound', 'no-photo', 'The card holds no picture that a browser can show.');
    ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
    ctx.type = photo.mediaType;
    ctx.body = photo.octets;
    return undefined;
  },

  similarCards: ({ api, caller, body }) => similarTo(api, caller, Buffer.from(body.vcard)),
};

/** Stored cards that are like the octets of one that is not stored. Throws AppError for what is no card. */
export async function similarTo(api: ApiContext, caller: Caller, octets: Buffer): Promise<SimilarCards> {
  const found = await findSimilar(api, caller, octets);
  const summaries = await cardSummaries(
    api,
    caller.organisationId,
    found.map((pair) => pair.objectId),
    await readableBooks(api.db, caller),
  );
  return {
    items: found.flatMap(({ objectId, pair }) => {
      const card = summaries.get(objectId);
      const tier = pair.tier === 'none' ? null : pair.tier;
      return card
        ? [{ card, score: pair.weight, probability: pair.probability, tier, evidence: [...pair.evidence] }]
        : [];
    }),
  };
}

/** The card's UID where it makes a plain file name. */
function plainUid(octets: Buffer): string | undefined {
  const uid = uidOf(readCard(octets));
  return uid && /^[A-Za-z0-9][A-Za-z0-9._-]{0,120}$/.test(uid) ? uid : undefined;
}
