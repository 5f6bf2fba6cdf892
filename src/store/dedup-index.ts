/** Records as the engine reads them for a user, own and shared; `object-writes.ts` writes them. Records are plain JSON here. */
import type { Db } from './database.ts';
import { IN_SIGHT, inSight, OWNERS_IN_SIGHT } from './shared-books.ts';
import { statement } from './statement.ts';

/** What the engine made of a card, as it is stored. */
export interface StoredRecord {
  readonly objectId: string;
  readonly collectionId: string;
  readonly contentHash: string;
  readonly data: unknown;
  readonly stale: boolean;
}

/** Columns of a `StoredRecord`, of `record` as `r`. */
export const RECORD = `r.object_id as "objectId", r.collection_id as "collectionId", r.content_hash as "contentHash", r.data, r.stale`;

/** Streams every record in sight of an owner through a cursor. */
export function streamRecords(db: Db, organisationId: string, ownerId: string): AsyncIterableIterator<StoredRecord> {
  return db
    .selectFrom('record as r')
    .select(['r.object_id as objectId', 'r.collection_id as collectionId', 'r.content_hash as contentHash'])
    .select(['r.data', 'r.stale'])
    .where('r.organisation_id', '=', organisationId)
    .where(inSight('r', organisationId, ownerId))
    .orderBy('r.object_id')
    .stream(1000);
}

/** The records of the given cards; those that are gone, or no cards, are simply not in the answer. */
export function findRecords(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredRecord[]> {
  return FIND(db, organisationId, ownerId, objectIds);
}

const FIND = statement<StoredRecord>(`
  select ${RECORD} from record r
  where r.organisation_id = $1 and ${IN_SIGHT} and r.object_id = any($3::uuid[])
  order by r.object_id`);

/** A record with what decisions tell cards apart by. */
export interface NamedRecord extends StoredRecord {
  readonly uid: string | null;
}

/** As `findRecords`, with the cards' UIDs. */
export function findNamedRecords(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<NamedRecord[]> {
  return FIND_NAMED(db, organisationId, ownerId, objectIds);
}

const FIND_NAMED = statement<NamedRecord>(`
  select ${RECORD}, o.uid from record r
  join object o on o.organisation_id = r.organisation_id and o.object_id = r.object_id
  where r.organisation_id = $1 and o.organisation_id = $1 and ${IN_SIGHT} and r.object_id = any($3::uuid[])
  order by r.object_id`);

/** A card and a digest of what it holds. */
export interface CardContent {
  readonly objectId: string;
  readonly contentHash: string;
}

/** The cards that hold any of the contents, in order of their ids. */
export function findCardsByContent(
  db: Db,
  organisationId: string,
  ownerId: string,
  contentHashes: readonly string[],
): Promise<CardContent[]> {
  return BY_CONTENT(db, organisationId, ownerId, contentHashes);
}

const BY_CONTENT = statement<CardContent>(`
  select r.object_id as "objectId", r.content_hash as "contentHash" from record r
  where r.organisation_id = $1 and r.owner_id = any(${OWNERS_IN_SIGHT}) and ${IN_SIGHT}
    and r.content_hash = any($3::text[])
  order by r.object_id`);
