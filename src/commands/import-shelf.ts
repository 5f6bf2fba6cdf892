/** Where the objects of a file go in a collection: what is there already under their names, UIDs and contents, and what locks hold on. */
import { uuidv7 } from '../base/ids.ts';
import { contentHash } from '../dedup/content-hash.ts';
import type { Collection } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { findMergedAway } from '../store/merged-away.ts';
import { findEntriesFor } from '../store/objects.ts';
import { readCard } from '../vcard/card.ts';
import type { Context } from './context.ts';
import { type ImportItem, withUid } from './import-items.ts';
import { cardsByContent } from './import-known.ts';
import { type Effect, lockedOf } from './write-locks.ts';

/** What happens to an object whose UID is there already: left out, put in its place, or stored beside it under a new UID. */
export type ImportPolicy = 'skip' | 'replace' | 'keep-both';
export const IMPORT_POLICIES: readonly ImportPolicy[] = ['skip', 'replace', 'keep-both'];

/** What is in the collection under the names and UIDs of a batch; grows with what the batch adds. */
export interface Shelf {
  readonly byUid: Map<string, { readonly objectId: string; readonly name: string }>;
  readonly names: Set<string>;
  readonly etags: Map<string, string>;
  /** Contents that merges took away, and the card that holds them: they are there already. */
  readonly mergedAway: ReadonlyMap<string, string>;
  /** What cards of the owner hold, and one card that does. */
  readonly byContent: Map<string, string>;
  /** Names that a WebDAV lock holds on; undefined: on the collection, so that nothing may come into it. */
  readonly locked: ReadonlySet<string | undefined>;
}

/** The shelf for a batch. `context` must be in a transaction that has locked the collection's row. */
export async function shelfFor(
  context: Context,
  collection: Collection,
  items: readonly ImportItem[],
  policy: ImportPolicy,
): Promise<Shelf> {
  const hashes = collection.kind === 'addressbook' ? items.map((item) => contentHash(readCard(item.octets))) : [];
  const { db } = context;
  const entries = await findEntriesFor(
    db,
    collection.organisation_id,
    collection.collection_id,
    items.map((item) => fileName(collection, item.uid)),
    items.map((item) => item.uid),
  );
  const effects: Effect[] = [undefined, ...entries.map(({ name }) => name)].map((name) => ({
    collection,
    ...(name === undefined ? {} : { name }),
    on: 'state',
  }));
  return {
    locked: new Set((await lockedOf(context, effects)).map(({ effect }) => effect.name)),
    byUid: new Map(
      entries.flatMap((entry) =>
        entry.uid === null ? [] : [[entry.uid, { objectId: entry.object_id, name: entry.name }] as const],
      ),
    ),
    names: new Set(entries.map((entry) => entry.name)),
    etags: new Map(entries.map((entry) => [entry.object_id, entry.etag])),
    mergedAway: policy === 'keep-both' ? new Map() : await mergedAwayOf(db, collection, hashes),
    byContent: await cardsByContent(db, collection, hashes),
  };
}

async function mergedAwayOf(db: Db, collection: Collection, hashes: readonly string[]): Promise<Map<string, string>> {
  if (hashes.length === 0) return new Map();
  const found = await findMergedAway(db, collection.organisation_id, collection.collection_id, hashes);
  return new Map(found.map((card) => [card.contentHash, card.standsInId]));
}

export interface Place {
  readonly item: ImportItem;
  readonly objectId: string;
  readonly name: string;
  /** The object is there already and is replaced. */
  readonly known: boolean;
}

/** Where an object goes, or the id of the one that is there and stays as it is. */
export function placeOf(
  context: Context,
  item: ImportItem,
  policy: ImportPolicy,
  shelf: Shelf,
): Place | { readonly there: string } {
  const existing = shelf.byUid.get(item.uid);
  if (existing && policy === 'skip') return { there: existing.objectId };
  if (existing && policy === 'replace') return { item, ...existing, known: true };
  const objectId = uuidv7(context.clock.now());
  const kept = existing ? withUid(item, objectId) : item;
  const wanted = `${safeSegment(kept.uid) ?? objectId}${extensionOf(item)}`;
  return {
    item: kept,
    objectId,
    name: shelf.names.has(wanted) ? `${objectId}${extensionOf(item)}` : wanted,
    known: false,
  };
}

const extensionOf = (item: ImportItem): string =>
  /^\s*BEGIN:VCALENDAR/i.test(item.octets.toString('latin1', 0, 40)) ? '.ics' : '.vcf';

const fileName = (collection: Collection, uid: string): string =>
  `${safeSegment(uid) ?? uid}${collection.kind === 'calendar' ? '.ics' : '.vcf'}`;

/** A UID that makes a plain file name, else undefined. */
function safeSegment(uid: string): string | undefined {
  return /^[A-Za-z0-9][A-Za-z0-9._@-]{0,150}$/.test(uid) ? uid : undefined;
}
