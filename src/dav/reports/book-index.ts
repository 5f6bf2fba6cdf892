/** The indexes of a book's cards, kept in memory between queries: programs ask with every letter that is typed. */
import { setImmediate } from 'node:timers/promises';
import { type IndexedCard, indexedCards, indexedChangesSince } from '../../store/card-indexes.ts';
import type { Collection } from '../../store/collections.ts';
import type { IndexMatcher } from '../../vcard/index-filter.ts';
import type { DavContext } from '../request.ts';
import { addCards, type CardBlocks, cardNamed, keysIn, noBlocks, putCard, removeCard } from './card-blocks.ts';

/** Octets of all kept indexes together, by estimate. */
const ROOM = 48 * 1024 * 1024;
/** Estimated octets of a card without its values. */
const CARD_OCTETS = 200;
/** Cards that are matched without a pause. */
const PAGE = 4000;

interface BookIndex {
  readonly cards: CardBlocks;
  /** All changes up to this number are in it. */
  seq: number;
  octets: number;
  /** Settles when the last reader that brought it up to date is done. */
  current: Promise<void>;
}

/**
 * By book and properties, the one used last at the end. The change log brings them up to the sync token of each request, so that
 * no answer is older than its request.
 */
const kept = new WeakMap<DavContext, Map<string, BookIndex>>();

/** The cards of a book with what was indexed of them of the properties that are asked for, in pages; some that cannot match are left out. */
export async function* cardsOf(
  app: DavContext,
  collection: Collection,
  { properties, mayBeAmong }: Pick<IndexMatcher, 'properties' | 'mayBeAmong'>,
): AsyncGenerator<readonly IndexedCard[]> {
  const indexes = kept.get(app) ?? new Map<string, BookIndex>();
  kept.set(app, indexes);
  const key = [collection.organisation_id, collection.collection_id, ...properties].join(' ');
  const index = indexes.get(key);
  if (index && index.seq >= collection.pruned_seq) {
    await bringUpTo(app, index, collection, properties);
    indexes.delete(key);
    indexes.set(key, index);
    makeRoom(indexes);
    yield* pagesOf(index, mayBeAmong);
    return;
  }
  const fresh: BookIndex = { cards: noBlocks(), seq: collection.sync_token, octets: 0, current: Promise.resolve() };
  for await (const page of indexedCards(app.db, collection.organisation_id, collection.collection_id, properties)) {
    if (fresh.octets <= ROOM) fill(fresh, page);
    yield page;
  }
  indexes.set(key, fresh);
  makeRoom(indexes);
}

/** One reader at a time follows the change log; those that wait find nothing left to do. */
async function bringUpTo(
  { db }: DavContext,
  index: BookIndex,
  { organisation_id, collection_id, sync_token }: Collection,
  properties: readonly string[],
): Promise<void> {
  const follow = async () => {
    if (index.seq >= sync_token) return;
    const { cards, gone } = await indexedChangesSince(db, organisation_id, collection_id, index.seq, properties);
    for (const card of cards) put(index, card);
    for (const { name, seq } of gone) if ((cardNamed(index.cards, name)?.seq ?? seq) < seq) remove(index, name);
    index.seq = sync_token;
  };
  const done = index.current.then(follow);
  index.current = done.catch(() => {});
  await done;
}

function fill(index: BookIndex, page: readonly IndexedCard[]): void {
  addCards(index.cards, page);
  for (const card of page) index.octets += octetsOf(card);
}

function put(index: BookIndex, card: IndexedCard): void {
  index.octets += octetsOf(card) - octetsOf(cardNamed(index.cards, card.name));
  putCard(index.cards, card);
}

function remove(index: BookIndex, name: string): void {
  index.octets -= octetsOf(cardNamed(index.cards, name));
  removeCard(index.cards, name);
}

function octetsOf(card: IndexedCard | undefined): number {
  if (!card) return 0;
  let characters = card.name.length;
  for (const values of Object.values(card.index ?? {})) for (const value of values) characters += value.length;
  return CARD_OCTETS + 2 * characters;
}

/** Forgets the indexes that were not asked for the longest time, and one that is too large by itself. */
function makeRoom(indexes: Map<string, BookIndex>): void {
  let octets = 0;
  for (const { octets: own } of indexes.values()) octets += own;
  for (const [key, index] of indexes) {
    if (octets <= ROOM) return;
    indexes.delete(key);
    octets -= index.octets;
  }
}

/** Lets other requests have their turn between pages. Of a copy: they may bring a card anew that was given already. */
async function* pagesOf(
  { cards: { blocks } }: BookIndex,
  mayBeAmong: IndexMatcher['mayBeAmong'],
): AsyncGenerator<readonly IndexedCard[]> {
  let page: IndexedCard[] = [];
  let looked = 0;
  for (const block of [...blocks]) {
    const before = block.keys.size;
    const isSought = mayBeAmong(keysIn(block));
    // making the keys takes as long as matching the cards
    if (isSought || block.keys.size > before) looked += block.cards.length;
    if (isSought) page.push(...block.cards);
    if (looked < PAGE) continue;
    if (page.length > 0) yield page;
    await setImmediate();
    page = [];
    looked = 0;
  }
  if (page.length > 0) yield page;
}
