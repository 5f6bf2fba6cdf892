/** What an import finds there already: which object of the file is which card of the user's, so that the report can say so. */
import { findCards } from '../store/cards.ts';
import type { Collection } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { findCardsByContent } from '../store/dedup-index.ts';

/**
 * `same-uid`: left out, its UID is there (what it holds may differ). `merged-before`: left out, a merge took this card away and
 * the other holds all of it. `same-content`: stored, but a card with the same content under another UID is there: a merge of
 * the two loses nothing.
 */
export type KnownReason = 'same-uid' | 'merged-before' | 'same-content';

/** An object of the file and the one that is there. */
export interface KnownItem {
  /** 1-based position among the objects of the file, and the line on which it starts. */
  readonly index: number;
  readonly line: number;
  readonly uid: string;
  readonly reason: KnownReason;
  /** The object that is there. */
  readonly objectId: string;
  /** The name on that card, or the last segment of its URL. */
  readonly displayName: string;
  /** The object that was stored beside it; null for one that was left out. */
  readonly importedId: string | null;
}

export type UnnamedItem = Omit<KnownItem, 'displayName'>;

/** Cards in the owner's sight by what they hold: one card for each of the contents. */
export async function cardsByContent(
  db: Db,
  collection: Collection,
  hashes: readonly string[],
): Promise<Map<string, string>> {
  if (collection.kind !== 'addressbook') return new Map();
  const records = await findCardsByContent(db, collection.organisation_id, collection.owner_id, hashes);
  // in reverse: of several copies the oldest is named
  return new Map(records.toReversed().map((record) => [record.contentHash, record.objectId]));
}

/** The items with the names of the cards that are there. */
export async function nameKnown(db: Db, organisationId: string, items: readonly UnnamedItem[]): Promise<KnownItem[]> {
  if (items.length === 0) return [];
  const cards = await findCards(db, organisationId, [...new Set(items.map((item) => item.objectId))]);
  const names = new Map(cards.map((card) => [card.object_id, card.index_data?.FN?.[0]?.trim() || card.name]));
  return items.map((item) => ({ ...item, displayName: names.get(item.objectId) ?? item.uid }));
}
