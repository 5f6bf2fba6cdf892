/** One object deleted in one statement, for the common case that nobody else writes it meanwhile and no brake may hold it. */
import type { Db } from './database.ts';
import { type CollectionScope, VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';
import { statement } from './statement.ts';

/** What counts the deletions of a device. */
export interface DeletionCount {
  readonly deviceId: string;
  /** Deletions that pass in any case; 0: none is ever held. These are the server's limits: an owner who set others is left to `passBrake`. */
  readonly objects: number;
  /** Windows that began before are over. */
  readonly since: Date;
}

export interface SingleDelete {
  readonly scope: CollectionScope & { readonly lockEpoch: number };
  readonly seen: { readonly object_id: string; readonly seq: number };
  /** Absent: the deletion is not counted. */
  readonly count: DeletionCount | undefined;
}

/** `wanted` is judged before the count of changes goes up, and what another writer may change meanwhile once more after it. */
const DELETE = statement<{ object_id: string }>(`
  with server_limits as (
    select 1 from principal where organisation_id = $1 and principal_id = $7 and settings -> 'deletions' is null
  ), wanted as (
    select o.object_id, w.window_id
    from object o
    left join deletion_window w on $9::int > 0 and w.organisation_id = $1 and w.collection_id = $2 and w.device_id = $8
      and w.began_at > $10 and w.began_at >= o.created_at and w.deleted < $9
      and not exists (select 1 from device_deletion d
        where d.organisation_id = $1 and d.window_id = w.window_id and d.held)
    where o.organisation_id = $1 and o.object_id = $5 and o.seq = $6 and o.collection_id = $2
      and not exists (select 1 from pair where organisation_id = $1 and object_a = $5)
      and not exists (select 1 from pair where organisation_id = $1 and object_b = $5)
      and ($8::uuid is null or (exists (select 1 from server_limits) and ($9 = 0 or w.window_id is not null)))
  ), bumped as (
    update collection set sync_token = sync_token + 1, modified_at = $3
    where organisation_id = $1 and collection_id = $2 and lock_epoch = $4 and exists (select 1 from wanted)
    returning sync_token
  ), counted as (
    update deletion_window w set deleted = w.deleted + 1 from wanted, bumped
    where w.organisation_id = $1 and w.window_id = wanted.window_id and w.deleted < $9
    returning w.window_id
  ), gone as (
    delete from object using wanted, bumped
    where object.organisation_id = $1 and object.collection_id = $2 and object.object_id = $5 and object.seq = $6
      and (wanted.window_id is null or exists (select 1 from counted))
    returning object.object_id, object.name, object.seq, object.etag, bumped.sync_token
  ), noted as (
    insert into device_deletion (organisation_id, window_id, object_id, name, seq, etag, held, asked_at)
    select $1, counted.window_id, gone.object_id, gone.name, gone.seq, gone.etag, false, $3 from gone, counted
    on conflict (organisation_id, window_id, name) do update set object_id = excluded.object_id, seq = excluded.seq,
      etag = excluded.etag, held = excluded.held, asked_at = excluded.asked_at
  ), archived as (
    insert into object_version (${VERSION_COLUMNS})
    select ${VERSION_OF_OBJECT}, $3, 'deleted'
    from object o where o.organisation_id = $1 and o.object_id = $5 and exists (select 1 from gone)
  ), buried as (
    insert into tombstone (organisation_id, collection_id, name, seq, deleted_at)
    select $1, $2, name, sync_token, $3 from gone
    on conflict (organisation_id, collection_id, name) do update set seq = excluded.seq, deleted_at = excluded.deleted_at
  ), unkeyed as (
    delete from blocking_key where organisation_id = $1 and object_id = $5 and exists (select 1 from gone)
  ), unlabelled as (
    delete from dead_property where organisation_id = $1 and resource_id = $5 and exists (select 1 from gone)
  ), unscored as (
    update scored_record set gone = true
    where organisation_id = $1 and object_id = $5 and exists (select 1 from gone) and owner_id = any(array(
      select $7::uuid union select viewer_id from shared_book where organisation_id = $1 and collection_id = $2))
  )
  select object_id from gone`);

/**
 * Deletes an object that still is the version the caller saw, in a collection on which no WebDAV lock was granted since,
 * leaving a tombstone, and counts it in its device's window. Returns false, having deleted nothing, when it is not so, when the
 * card is in a pair (others are then to be scored again), or when the count has no window yet or may hold the deletion: then
 * `deleteObjects` under a lock of its own does it all.
 */
export async function deleteOne(db: Db, { scope, seen, count }: SingleDelete, now: Date): Promise<boolean> {
  const rows = await DELETE(
    db,
    scope.organisationId,
    scope.collectionId,
    now,
    scope.lockEpoch,
    seen.object_id,
    seen.seq,
    scope.ownerId,
    count?.deviceId ?? null,
    count?.objects ?? 0,
    count?.since ?? now,
  );
  return rows.length === 1;
}
