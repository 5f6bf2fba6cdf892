/** Reading objects. Bodies come back as the octets that were stored. */
import { createHash } from 'node:crypto';
import { type SelectQueryBuilder, sql } from 'kysely';
import type { Db } from './database.ts';
import { PLANNED_ANEW } from './preparing-client.ts';
import type { Row, Schema } from './schema.ts';
import { quickStatement } from './statement.ts';

/** The columns of an entry. */
export const ENTRY = [
  'object_id',
  'collection_id',
  'name',
  'uid',
  'component',
  'media_type',
  'size',
  'etag',
  'seq',
  'created_at',
  'modified_at',
] as const;

/** An object without its body: what listings and preconditions need. */
export type ObjectEntry = Pick<Row<'object'>, (typeof ENTRY)[number]>;
export type StoredObject = ObjectEntry & { readonly body: Buffer };

const LONGEST_INDEXED_UID = 255;

/** The form of a UID that fits an index entry: itself, or a digest when it is long (a B-tree entry holds 2.7 kB). */
export function uidKey(uid: string): string {
  return Buffer.byteLength(uid) <= LONGEST_INDEXED_UID
    ? uid
    : `sha256:${createHash('sha256').update(uid).digest('hex')}`;
}

export function findObject(
  db: Db,
  organisationId: string,
  collectionId: string,
  name: string,
): Promise<StoredObject | undefined> {
  return db
    .selectFrom('object')
    .select([...ENTRY, 'body'])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where('name', '=', name)
    .executeTakeFirst();
}

const ENTRY_OF = quickStatement<ObjectEntry>(
  `select ${ENTRY.join(', ')} from object where organisation_id = $1 and collection_id = $2 and name = $3`,
);

export async function findEntry(
  db: Db,
  organisationId: string,
  collectionId: string,
  name: string,
): Promise<ObjectEntry | undefined> {
  return (await ENTRY_OF(db, organisationId, collectionId, name))[0];
}

/** Entries under any of the names and entries with any of the UIDs, in one statement: what a batch must look at before it writes. */
export function findEntriesFor(
  db: Db,
  organisationId: string,
  collectionId: string,
  names: readonly string[],
  uids: readonly string[],
): Promise<ObjectEntry[]> {
  return db
    .selectFrom('object')
    .modifyFront(sql.raw(PLANNED_ANEW))
    .select(ENTRY)
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where((e) =>
      e.or([e('name', '=', e.fn.any(e.val([...names]))), e('uid_key', '=', e.fn.any(e.val(uids.map(uidKey))))]),
    )
    .execute();
}

/** All entries of a collection by name, without bodies. */
export function listEntries(db: Db, organisationId: string, collectionId: string): Promise<ObjectEntry[]> {
  return db
    .selectFrom('object')
    .select(ENTRY)
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .orderBy('name')
    .execute();
}

/** Names and sizes of all objects of a collection, those changed longest ago first. */
export function listByChange(
  db: Db,
  organisationId: string,
  collectionId: string,
): Promise<Pick<ObjectEntry, 'name' | 'size'>[]> {
  return db
    .selectFrom('object')
    .select(['name', 'size'])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .orderBy('seq')
    .execute();
}

/** Objects by id with bodies, over all collections of the organisation. */
export function findObjectsById(db: Db, organisationId: string, objectIds: readonly string[]): Promise<StoredObject[]> {
  return db
    .selectFrom('object')
    .modifyFront(sql.raw(PLANNED_ANEW))
    .select([...ENTRY, 'body'])
    .where('organisation_id', '=', organisationId)
    .where((e) => e('object_id', '=', e.fn.any(e.val([...objectIds]))))
    .execute();
}

/** In which collections the objects stand. */
export function findPlaces(
  db: Db,
  organisationId: string,
  objectIds: readonly string[],
): Promise<{ object_id: string; collection_id: string }[]> {
  return db
    .selectFrom('object')
    .select(['object_id', 'collection_id'])
    .where('organisation_id', '=', organisationId)
    .where((e) => e('object_id', '=', e.fn.any(e.val([...objectIds]))))
    .execute();
}

export interface ObjectWindow {
  /** Only these component kinds (`VEVENT`, …). */
  readonly components?: readonly string[];
  /** Only objects whose bounds meet [start, end): those without bounds always do. */
  readonly start?: Date;
  readonly end?: Date;
}

/** Narrows a query to objects whose bounds meet the window, in the very words of the index `object_by_time`. */
export function withinBounds<O>(query: SelectQueryBuilder<Schema, 'object', O>, { start, end }: ObjectWindow) {
  // a literal: with a parameter the plan made once for all values could not use the partial index
  let within = query.where(sql<boolean>`component <> 'VCARD'`);
  if (start) within = within.where(sql<boolean>`coalesce(ends_at, 'infinity') >= ${start}`);
  if (end) within = within.where(sql<boolean>`coalesce(starts_at, '-infinity') <= ${end}`);
  return within;
}
