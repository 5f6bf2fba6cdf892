/** Cards: listing, showing, storing, and asking who is like one. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import { deleteObject } from '../../commands/delete-object.ts';
import { putObject } from '../../commands/put-object.ts';
import { readableCollections } from '../../commands/reachable-collections.ts';
import { readableBooks } from '../../commands/readable-books.ts';
import { findSimilar } from '../../commands/similar-cards.ts';
import { countCards, listCards } from '../../store/cards.ts';
import { readCard, uidOf } from '../../vcard/card.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { SimilarCards } from '../contract/cards.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { cardSummary } from '../views/card-view.ts';
import { photoOf } from '../views/photo.ts';
import { requireCard, requireReachable } from './reachable.ts';
import { addedCard, cardSummaries, shownCard, unchangedSince } from './stored-cards.ts';

const Position = z.tuple([z.string(), z.uuid()]);

/** The digits that a number has in common however it is written: neither the prefix of its country nor a zero before the rest. */
function phoneDigits(search: string): string | undefined {
  if (!/^\s*[+(]?\d[\d\s()./-]*$/.test(search)) return undefined;
  const digits = search.replaceAll(/\D/g, '').replace(/^0+/, '');
  return digits.length < FEWEST_DIGITS ? undefined : digits.slice(-MOST_DIGITS);
}

/** A year or a house number has fewer. */
const FEWEST_DIGITS = 5;
/** More would reach into the prefix of the country. */
const MOST_DIGITS = 9;

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
      ? [await requireReachable(api, caller, query.collectionId, 'read')]
      : (await readableCollections(api.db, caller, 'addressbook')).map((book) => book.collection);
    const search = {
      collectionIds: books.map((book) => book.collection_id),
      words: (query.search ?? '').split(/\s+/).filter(Boolean),
      digits: phoneDigits(query.search ?? ''),
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
    const collection = await requireReachable(api, caller, body.collectionId, 'add');
    const octets = Buffer.from(body.vcard);
    const name = body.name ?? `${plainUid(octets) ?? uuidv7(api.clock.now())}.vcf`;
    return addedCard(api, caller, { collection, name, octets });
  },

  showCard: async ({ api, caller, parameters }) => {
    await requireCard(api, caller, parameters.id, 'read');
    return shownCard(api, caller, parameters.id);
  },

  changeCard: async ({ api, caller, parameters, body }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id, 'change');
    const precondition = unchangedSince(body.etag);
    await putObject(api, { collection, name: object.name, octets: Buffer.from(body.vcard), precondition });
    return shownCard(api, caller, parameters.id);
  },

  deleteCard: async ({ api, caller, parameters, query }) => {
    const { object, collection } = await requireCard(api, caller, parameters.id, 'remove');
    const precondition = query.etag === undefined ? {} : { precondition: unchangedSince(query.etag) };
    await deleteObject(api, { collection, name: object.name, fromGroups: true, ...precondition });
    return { done: true };
  },

  showPhoto: async ({ api, ctx, caller, parameters }) => {
    const { object } = await requireCard(api, caller, parameters.id, 'read');
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
