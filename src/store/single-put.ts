/** One object in one statement of its own, for the common case that nobody else writes the same name or UID meanwhile. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { engineRows } from './engine-rows.ts';
import { archive, type CollectionScope, type ObjectRowWrite } from './object-writes.ts';
import { uidKey } from './objects.ts';

const UNIQUE_VIOLATION = '23505';

/**
 * Stores one object if the collection still is as the caller saw it: with `seen` undefined the name and the UID must be free,
 * otherwise the object must still be its version `seen.seq`; and no WebDAV lock was granted since `scope.lockEpoch`. Decided under the lock of the collection's row, which the same
 * statement takes. Returns false, having written nothing of the object, when it is not so: then `putObjects` under a lock of
 * its own finds out why. The collection's count may have gone up by one all the same, which no reader minds.
 */
export async function putOne(
  db: Db,
  scope: CollectionScope & { readonly lockEpoch: number },
  object: ObjectRowWrite,
  seen: { readonly seq: number } | undefined,
  now: Date,
): Promise<boolean> {
  const engine = object.component === 'VCARD' ? engineRows(scope, [object], seen === undefined) : sql``;
  const statement = seen ? replaceStatement(scope, object, seen.seq, now) : createStatement(scope, object, now);
  try {
    const { rows } = await sql<{ object_id: string }>`${statement}${engine} select object_id from written`.execute(db);
    return rows.length === 1;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

type PutScope = Parameters<typeof putOne>[1];

function bump({ organisationId, collectionId, lockEpoch }: PutScope, now: Date) {
  return sql`with bumped as (
      update collection set sync_token = sync_token + 1, modified_at = ${now}
      where organisation_id = ${organisationId} and collection_id = ${collectionId} and lock_epoch = ${lockEpoch}
      returning sync_token
    )`;
}

const indexOf = (object: ObjectRowWrite): string | null => (object.indexData ? JSON.stringify(object.indexData) : null);
const keyOf = (object: ObjectRowWrite): string | null => (object.uid === undefined ? null : uidKey(object.uid));

/** A card that a merge took away is not made again here: the caller looks closer then. */
function unlessMergedAway({ organisationId, collectionId }: CollectionScope, { record }: ObjectRowWrite) {
  return record
    ? sql`where not exists (select 1 from merged_away where organisation_id = ${organisationId}
        and collection_id = ${collectionId} and content_hash = ${record.contentHash}::text)`
    : sql``;
}

function createStatement(scope: PutScope, object: ObjectRowWrite, now: Date) {
  const { organisationId, collectionId } = scope;
  return sql`${bump(scope, now)}, written as (
      insert into object (organisation_id, object_id, collection_id, name, uid, uid_key, component, media_type, body, size, etag,
        seq, starts_at, ends_at, index_data, created_at, modified_at)
      select ${organisationId}::uuid, ${object.objectId}::uuid, ${collectionId}::uuid, ${object.name}::text, ${object.uid ?? null}::text,
        ${keyOf(object)}::text, ${object.component}::text, ${object.mediaType ?? null}::text, ${object.body}::bytea,
        ${object.body.length}::int, ${object.etag}::text, bumped.sync_token, ${object.startsAt ?? null}::timestamptz,
        ${object.endsAt ?? null}::timestamptz, ${indexOf(object)}::jsonb, ${now}::timestamptz, ${now}::timestamptz
      from bumped ${unlessMergedAway(scope, object)}
      on conflict do nothing
      returning object_id
    ), revived as (
      delete from tombstone where organisation_id = ${organisationId} and collection_id = ${collectionId}
        and name = ${object.name} and exists (select 1 from written)
    )`;
}

function replaceStatement(scope: PutScope, object: ObjectRowWrite, seq: number, now: Date) {
  const { organisationId } = scope;
  return sql`${bump(scope, now)}, written as (
      update object set uid = ${object.uid ?? null}::text, uid_key = ${keyOf(object)}::text, component = ${object.component}::text,
        media_type = ${object.mediaType ?? null}::text, body = ${object.body}::bytea, size = ${object.body.length}::int,
        etag = ${object.etag}::text, seq = bumped.sync_token, starts_at = ${object.startsAt ?? null}::timestamptz,
        ends_at = ${object.endsAt ?? null}::timestamptz, index_data = ${indexOf(object)}::jsonb, modified_at = ${now}::timestamptz
      from bumped
      where object.organisation_id = ${organisationId} and object.object_id = ${object.objectId} and object.seq = ${seq}
      returning object.object_id
    ), archived as (
      ${archive(organisationId, [object.objectId], 'replaced', now)} and seq = ${seq} and exists (select 1 from written)
    )`;
}
