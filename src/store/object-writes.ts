/** The statements of the one writer: objects, tombstones, records and blocking keys change together with the sync token. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { engineRows, type RecordWrite } from './engine-rows.ts';
import { noteLeaving } from './leaving-cards.ts';
import { uidKey } from './objects.ts';

/** What is stored of one object; the bytes are the client's. */
export interface ObjectRowWrite {
  readonly objectId: string;
  readonly name: string;
  readonly uid: string | undefined;
  readonly component: string;
  readonly mediaType: string | undefined;
  readonly body: Buffer;
  readonly etag: string;
  /** Bounds of all instances of a calendar object; undefined: unbounded or not a calendar object. */
  readonly startsAt: Date | undefined;
  readonly endsAt: Date | undefined;
  readonly indexData: Readonly<Record<string, unknown>> | undefined;
  /** What the duplicate engine reads; undefined where it reads nothing (calendar objects, group cards). */
  readonly record: RecordWrite | undefined;
}

export interface CollectionScope {
  readonly organisationId: string;
  readonly collectionId: string;
  readonly ownerId: string;
}

/**
 * Stores objects under new or known ids, each with the next number of the collection's change count, in one statement.
 * The collection must be locked (`lockCollections`). Returns the collection's new token; seqs are its last n numbers in order.
 * Unique violations (23505) mean that a name or UID is taken: the caller looks before it writes. Throws, too, where an id is that
 * of an object with another name or in another collection: those are moved (`moveObjectRow`), never written over.
 */
export async function putObjects(
  tx: Tx,
  scope: CollectionScope,
  objects: readonly ObjectRowWrite[],
  now: Date,
): Promise<number> {
  const count = objects.length;
  const { organisationId, collectionId } = scope;
  const ids = objects.map((object) => object.objectId);
  const { rows } = await sql<{ sync_token: number; written: number }>`
    with bumped as (
      update collection set sync_token = sync_token + ${count}, modified_at = ${now}
      where organisation_id = ${organisationId} and collection_id = ${collectionId}
      returning sync_token
    ), incoming as (
      select * from unnest(
        ${ids}::uuid[], ${objects.map((o) => o.name)}::text[], ${objects.map((o) => o.uid ?? null)}::text[],
        ${objects.map((o) => (o.uid === undefined ? null : uidKey(o.uid)))}::text[],
        ${objects.map((o) => o.component)}::text[], ${objects.map((o) => o.mediaType ?? null)}::text[],
        ${objects.map((o) => o.body)}::bytea[], ${objects.map((o) => o.body.length)}::int[], ${objects.map((o) => o.etag)}::text[],
        ${objects.map((o) => o.startsAt ?? null)}::timestamptz[], ${objects.map((o) => o.endsAt ?? null)}::timestamptz[],
        ${objects.map((o) => (o.indexData ? JSON.stringify(o.indexData) : null))}::jsonb[]
      ) with ordinality as t(object_id, name, uid, uid_key, component, media_type, body, size, etag, starts_at, ends_at, index_data, position)
    ), archived as (
      ${archive(organisationId, ids, 'replaced', now)}
    ), written as (
      insert into object (organisation_id, object_id, collection_id, name, uid, uid_key, component, media_type, body, size, etag,
        seq, starts_at, ends_at, index_data, created_at, modified_at)
      select ${organisationId}::uuid, i.object_id, ${collectionId}::uuid, i.name, i.uid, i.uid_key, i.component, i.media_type, i.body, i.size, i.etag,
        bumped.sync_token - ${count} + i.position, i.starts_at, i.ends_at, i.index_data, ${now}, ${now}
      from incoming i cross join bumped
      on conflict (organisation_id, object_id) do update set
        name = excluded.name, uid = excluded.uid, uid_key = excluded.uid_key, component = excluded.component,
        media_type = excluded.media_type, body = excluded.body, size = excluded.size, etag = excluded.etag, seq = excluded.seq,
        starts_at = excluded.starts_at, ends_at = excluded.ends_at, index_data = excluded.index_data, modified_at = excluded.modified_at
        where object.collection_id = excluded.collection_id and object.name = excluded.name
      returning object_id
    ), revived as (
      delete from tombstone where organisation_id = ${organisationId} and collection_id = ${collectionId}
        and name = any(${objects.map((o) => o.name)}::text[])
    )${engineRows(scope, objects)}
    select sync_token, (select count(*) from written) as written from bumped`.execute(tx);
  const [{ sync_token, written } = { sync_token: 0, written: 0 }] = rows;
  // a row of that id with another name, or in another collection, would vanish from there without a tombstone
  if (Number(written) < count)
    throw new Error(`${count - Number(written)} of ${count} objects have ids that others bear`);
  return sync_token;
}

/** Columns of a version, and what they are of the object `o`; its last two are when it ended and why. */
export const VERSION_COLUMNS = `organisation_id, collection_id, seq, object_id, name, uid, component, media_type, body, size, etag,
  written_at, ended_at, reason`;
export const VERSION_OF_OBJECT =
  'o.organisation_id, o.collection_id, o.seq, o.object_id, o.name, o.uid, o.component, o.media_type, o.body, o.size, o.etag, o.modified_at';

/** Keeps the versions that the same statement replaces or removes: it still sees them as they were. */
export function archive(
  organisationId: string,
  objectIds: readonly string[],
  reason: 'replaced' | 'deleted' | 'moved',
  now: Date,
) {
  return sql`
    insert into object_version (${sql.raw(VERSION_COLUMNS)})
    select ${sql.raw(VERSION_OF_OBJECT)}, ${now}::timestamptz, ${reason}::text
    from object o where o.organisation_id = ${organisationId} and o.object_id = any(${[...objectIds]}::uuid[])`;
}

/**
 * Removes objects by id and leaves a tombstone for each, in one statement. The collection must be locked.
 * Returns the collection's new token. Records and pairs go with the objects (foreign keys cascade), blocking keys by this statement.
 */
export async function deleteObjects(
  tx: Tx,
  scope: CollectionScope,
  objectIds: readonly string[],
  now: Date,
): Promise<number> {
  const { organisationId, collectionId } = scope;
  await noteLeaving(tx, organisationId, objectIds);
  const { rows } = await sql<{ sync_token: number }>`
    with gone as (
      delete from object where organisation_id = ${organisationId} and collection_id = ${collectionId}
        and object_id = any(${[...objectIds]}::uuid[])
      returning object_id, name
    ), archived as (
      ${archive(organisationId, objectIds, 'deleted', now)}
    ), bumped as (
      update collection set sync_token = sync_token + (select count(*) from gone), modified_at = ${now}
      where organisation_id = ${organisationId} and collection_id = ${collectionId}
      returning sync_token
    ), buried as (
      insert into tombstone (organisation_id, collection_id, name, seq, deleted_at)
      select ${organisationId}::uuid, ${collectionId}::uuid, gone.name,
        bumped.sync_token - (select count(*) from gone) + row_number() over (order by gone.name), ${now}
      from gone cross join bumped
      on conflict (organisation_id, collection_id, name) do update set seq = excluded.seq, deleted_at = excluded.deleted_at
    ), unkeyed as (
      delete from blocking_key where organisation_id = ${organisationId} and object_id = any(${[...objectIds]}::uuid[])
    ), unlabelled as (
      delete from dead_property where organisation_id = ${organisationId} and resource_id = any(${[...objectIds]}::uuid[])
    )
    select sync_token from bumped`.execute(tx);
  return rows[0]!.sync_token;
}
