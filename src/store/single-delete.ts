/** Single objects deleted, for the common case that nobody else writes them meanwhile and no brake may hold them. */
import { EXPECTED_FEW, type SingleWrite, singleWriter } from './collection-writers.ts';
import type { Db } from './database.ts';
import { VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';
import { statement } from './statement.ts';

/** What counts the deletions of a device. */
export interface DeletionCount {
  readonly deviceId: string;
  /** Deletions that pass in any case; 0: none is ever held. These are the server's limits: an owner who set others is left to `passBrake`. */
  readonly objects: number;
  /** Windows that began before are over. */
  readonly since: Date;
}

export interface SingleDelete extends SingleWrite {
  readonly seen: { readonly object_id: string; readonly seq: number };
  /** Absent: the deletion is not counted. */
  readonly count: DeletionCount | undefined;
}

/**
 * `wanted` is judged before the count of changes goes up, and what another writer may change meanwhile once more after it. Of
 * several deletions of one device those are done that its window has room for.
 */
const DELETE = statement<{ position: number }>(`
  with incoming as materialized (
    select i.* from json_to_recordset($4::json) as i(position int, lock_epoch bigint, object_id uuid, seq bigint, device_id uuid)
    ${EXPECTED_FEW}
  ), windows as materialized (
    select w.window_id, w.device_id, w.began_at, w.deleted from deletion_window w
    where $7::int > 0 and w.organisation_id = $1 and w.collection_id = $2
      and w.device_id in (select device_id from incoming) and w.began_at > $8
      and not exists (select 1 from device_deletion d
        where d.organisation_id = $1 and d.window_id = w.window_id and d.held)
  ), wanted as materialized (
    select i.*, w.window_id, w.deleted + row_number() over (partition by w.window_id order by i.position) as nth
    from incoming i
    join object o on o.organisation_id = $1 and o.object_id = i.object_id and o.seq = i.seq and o.collection_id = $2
    left join windows w on w.device_id = i.device_id and w.began_at >= o.created_at
    where not exists (select 1 from pair where organisation_id = $1 and object_a = i.object_id and not latent)
      and not exists (select 1 from pair where organisation_id = $1 and object_b = i.object_id and not latent)
      and (i.device_id is null or (($7 = 0 or w.window_id is not null) and exists (select 1 from principal
        where organisation_id = $1 and principal_id = $6 and settings -> 'deletions' is null)))
  ), admitted as materialized (
    select * from wanted where window_id is null or nth <= $7
  ), bumped as (
    update collection set sync_token = sync_token + $5, modified_at = $3
    where organisation_id = $1 and collection_id = $2
      and exists (select 1 from admitted where admitted.lock_epoch = collection.lock_epoch)
    returning sync_token - $5 as before, lock_epoch
  ), counted as (
    update deletion_window w set deleted = w.deleted + c.deletions
    from (select window_id, count(*) as deletions from admitted join bumped using (lock_epoch) group by window_id) as c
    where w.organisation_id = $1 and w.window_id = c.window_id and w.deleted + c.deletions <= $7
    returning w.window_id
  ), gone as (
    delete from object o using admitted a join bumped using (lock_epoch)
    where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = a.object_id and o.seq = a.seq
      and (a.window_id is null or a.window_id in (select window_id from counted))
    returning a.position, a.window_id, o.object_id, o.name, o.seq, o.etag, bumped.before + a.position as token
  ), noted as (
    insert into device_deletion (organisation_id, window_id, object_id, name, seq, etag, held, asked_at)
    select $1, window_id, object_id, name, seq, etag, false, $3 from gone where window_id is not null
    on conflict (organisation_id, window_id, name) do update set object_id = excluded.object_id, seq = excluded.seq,
      etag = excluded.etag, held = excluded.held, asked_at = excluded.asked_at
  ), archived as (
    insert into object_version (${VERSION_COLUMNS})
    select ${VERSION_OF_OBJECT}, $3, 'deleted' from gone join object o on o.organisation_id = $1 and o.object_id = gone.object_id
  ), buried as (
    insert into tombstone (organisation_id, collection_id, name, seq, deleted_at)
    select $1, $2, name, token, $3 from gone
    on conflict (organisation_id, collection_id, name) do update set seq = excluded.seq, deleted_at = excluded.deleted_at
  ), unkeyed as (
    delete from blocking_key k using gone where k.organisation_id = $1 and k.object_id = gone.object_id
  ), unlabelled as (
    delete from dead_property p using gone where p.organisation_id = $1 and p.resource_id = gone.object_id
  ), unscored as (
    update scored_record s set gone = true from gone
    where s.organisation_id = $1 and s.object_id = gone.object_id and s.owner_id = any(array(
      select $6::uuid union select viewer_id from shared_book where organisation_id = $1 and collection_id = $2))
  )
  select position from gone`);

/** What a deletion weighs: its row, and what is kept of the object. */
const ROW_WEIGHT = 16 * 1024;

/**
 * Deletes an object that still is the version the caller saw, in a collection on which no WebDAV lock was granted since,
 * leaving a tombstone, and counts it in its device's window. Returns false, having deleted nothing, when it is not so, when the
 * card is in a pair (others are then to be scored again), or when the count has no window yet or may hold the deletion: then
 * `deleteObjects` under a lock of its own does it all.
 */
export const deleteOne = singleWriter<SingleDelete>({ together: deleteTogether, weight: () => ROW_WEIGHT });

async function deleteTogether(db: Db, deletes: readonly SingleDelete[]): Promise<readonly boolean[]> {
  const { scope, now } = deletes.at(-1)!;
  const count = deletes.findLast((each) => each.count)?.count;
  // whoever asks for what somebody else deletes at the same moment finds nothing then
  const incoming = [...new Map(deletes.map(incomingRow).map((row) => [row.object_id, row])).values()];
  const rows = await DELETE(
    db,
    scope.organisationId,
    scope.collectionId,
    now,
    JSON.stringify(incoming),
    deletes.length,
    scope.ownerId,
    count?.objects ?? 0,
    count?.since ?? now,
  );
  const done = new Set(rows.map(({ position }) => position));
  return deletes.map((_, index) => done.has(index + 1));
}

/** As `json_to_recordset` reads it. */
function incomingRow({ scope, seen, count }: SingleDelete, index: number) {
  return {
    position: index + 1,
    lock_epoch: scope.lockEpoch,
    object_id: seen.object_id,
    seq: seen.seq,
    device_id: count?.deviceId,
  };
}
