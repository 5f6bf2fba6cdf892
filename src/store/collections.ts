/** Collections: address books, calendars, plain ones. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { CollectionKind } from './schema/collections.ts';
import type { NewRow, Row } from './schema.ts';

export type Collection = Row<'collection'>;

/** The collection `name` in the home of `owner` for its kind. */
export function findCollection(
  db: Db,
  organisationId: string,
  ownerId: string,
  kind: CollectionKind,
  name: string,
): Promise<Collection | undefined> {
  return db
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('kind', '=', kind)
    .where('name', '=', name)
    .executeTakeFirst();
}

export function findCollectionById(
  db: Db,
  organisationId: string,
  collectionId: string,
): Promise<Collection | undefined> {
  return db
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();
}

/** The collections a principal owns, of one kind when given, by name. */
export function listCollections(
  db: Db,
  organisationId: string,
  ownerId: string,
  kind?: CollectionKind,
): Promise<Collection[]> {
  let query = db
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .orderBy('name');
  if (kind) query = query.where('kind', '=', kind);
  return query.execute();
}

/** How many objects each of the owner's collections holds, by collection id; read from an index alone. */
export function countObjects(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<Map<string, number>> {
  return ofEach(db, organisationId, collectionIds, sql<number>`count(*)`);
}

/** How many octets the objects of each of the owner's collections take together, by collection id. */
export function sumOctets(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<Map<string, number>> {
  return ofEach(db, organisationId, collectionIds, sql<number>`sum(size)::int8`);
}

async function ofEach(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
  figure: RawBuilder<number>,
): Promise<Map<string, number>> {
  if (collectionIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('object')
    .select(['collection_id', figure.as('figure')])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', 'in', collectionIds)
    .groupBy('collection_id')
    .execute();
  return new Map(rows.map((row) => [row.collection_id, row.figure]));
}

/** Adds a collection; false when its owner already has one of that kind and name. */
export async function insertCollection(db: Db, row: NewRow<'collection'>): Promise<boolean> {
  const result = await db
    .insertInto('collection')
    .values(row)
    .onConflict((conflict) => conflict.columns(['organisation_id', 'owner_id', 'kind', 'name']).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export type CollectionPatch = Partial<
  Pick<
    NewRow<'collection'>,
    | 'display_name'
    | 'description'
    | 'color'
    | 'sort_order'
    | 'time_zone'
    | 'time_zone_id'
    | 'transparent'
    | 'region'
    | 'region_guessed'
    | 'components'
    | 'name'
    | 'owner_id'
  >
>;

export async function updateCollection(
  db: Db,
  organisationId: string,
  collectionId: string,
  patch: CollectionPatch,
  now: Date,
): Promise<void> {
  await db
    .updateTable('collection')
    .set({ ...patch, modified_at: now })
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .execute();
}

/** Removes a collection with everything in it (foreign keys cascade). */
export async function deleteCollectionRow(db: Db, organisationId: string, collectionId: string): Promise<void> {
  await db
    .deleteFrom('collection')
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .execute();
}

/**
 * Locks collections for writing, in order of their ids so that two writers never wait for each other in a ring,
 * and returns them as they are under the lock. Reads of their objects must come after it, in statements of their own.
 */
export function lockCollections(
  tx: Tx,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<Collection[]> {
  return tx
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', 'in', [...new Set(collectionIds)])
    .orderBy('collection_id')
    .forUpdate()
    .execute();
}
