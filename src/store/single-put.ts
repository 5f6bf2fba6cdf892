/** Single objects, each in one statement for the common case that nobody else writes the same name or UID meanwhile. */
import { EXPECTED_FEW, type SingleWrite, singleWriter, type WriteScope } from './collection-writers.ts';
import type { Db } from './database.ts';
import { type ObjectRowWrite, VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';
import { uidKey } from './objects.ts';
import { statement } from './statement.ts';

interface SinglePut extends SingleWrite {
  readonly object: ObjectRowWrite;
  readonly seen: { readonly seq: number } | undefined;
}

/** What an object weighs beside its body, so that a group of tiny ones has an end, too. */
const ROW_WEIGHT = 16 * 1024;

/**
 * Stores one object if the collection still is as the caller saw it: with `seen` undefined the name and the UID must be free,
 * otherwise the object must still be its version `seen.seq`; and no WebDAV lock was granted since `scope.lockEpoch`. Decided
 * under the lock of the collection's row, which the same statement takes. Returns false, having written nothing of the object,
 * when it is not so, or when a card becomes a group: then `putObjects` under a lock of its own finds out why. The collection's
 * count does not go up for nothing, but where several were to be stored and one of them was not, or one replaced whose version
 * another process changed meanwhile: a token without a change, which no reader minds.
 */
export function putOne(
  db: Db,
  scope: WriteScope,
  object: ObjectRowWrite,
  seen: { readonly seq: number } | undefined,
  now: Date,
): Promise<boolean> {
  if (seen && object.component === 'VCARD' && !object.record) return Promise.resolve(false);
  return put(db, { scope, object, seen, now });
}

const put = singleWriter<SinglePut>({
  together: putTogether,
  weight: ({ object }) => object.body.length + ROW_WEIGHT,
});

const COLUMNS = `organisation_id, object_id, collection_id, name, uid, uid_key, component, media_type, body, size, etag, seq,
  starts_at, ends_at, index_data, created_at, modified_at`;
const RECORD_COLUMNS = 'organisation_id, object_id, owner_id, collection_id, content_hash, data, engine_version, stale';

const keyOf = ({ uid }: ObjectRowWrite): string | null => (uid === undefined ? null : uidKey(uid));

/**
 * `wanted` is judged before the count of changes goes up: a new object needs a free name and UID, and must be no card that a merge
 * took away. Where something was committed between the statement's snapshot and its lock (the count is another), a tombstone or a
 * merge of that time would not be seen here, and an object be there and deleted at once: the caller looks closer then, under the
 * lock. The same object may be among the incoming twice: one of the two is then written, and `position` says which.
 */
const PUT = statement<{ position: number }>(`
  with incoming as materialized (
    select i.*, substring($6::bytea from i.at for i.size) as body
    from json_to_recordset($4::json) as i(position int, lock_epoch bigint, seen bigint, object_id uuid, name text, uid text,
      uid_key text, component text, media_type text, at int, size int, etag text, starts_ms float8, ends_ms float8,
      index_data jsonb, content_hash text, data jsonb, engine_version int)
    ${EXPECTED_FEW}
  ), wanted as materialized (
    select i.position, i.lock_epoch, i.seen,
      (select c.sync_token from collection c where c.organisation_id = $1 and c.collection_id = $2) as token
    from incoming i where case when i.seen is null then
      not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.name = i.name)
      and not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.uid_key = i.uid_key)
      and not exists (select 1 from merged_away m
        where m.organisation_id = $1 and m.collection_id = $2 and m.content_hash = i.content_hash)
    else exists (select 1 from object o
      where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = i.object_id and o.seq = i.seen) end
  ), bumped as (
    update collection set sync_token = sync_token + $5, modified_at = $3
    where organisation_id = $1 and collection_id = $2 and exists (select 1 from wanted w
      where w.lock_epoch = collection.lock_epoch and (w.seen is not null or w.token = collection.sync_token))
    returning sync_token - $5 as before, lock_epoch
  ), admitted as (
    select i.*, bumped.before + i.position as seq
    from bumped join wanted w using (lock_epoch) join incoming i using (position)
    where w.seen is not null or w.token = bumped.before
  ), created as (
    insert into object (${COLUMNS})
    select $1, object_id, $2, name, uid, uid_key, component, media_type, body, size, etag, seq,
      to_timestamp(starts_ms / 1000), to_timestamp(ends_ms / 1000), index_data, $3, $3
    from admitted where seen is null
    on conflict do nothing
    returning object_id
  ), replaced as (
    update object o set uid = a.uid, uid_key = a.uid_key, component = a.component, media_type = a.media_type, body = a.body,
      size = a.size, etag = a.etag, seq = a.seq, starts_at = to_timestamp(a.starts_ms / 1000),
      ends_at = to_timestamp(a.ends_ms / 1000), index_data = a.index_data, modified_at = $3
    from admitted a
    where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = a.object_id and o.seq = a.seen
    returning o.object_id, a.position
  ), archived as (
    insert into object_version (${VERSION_COLUMNS})
    select ${VERSION_OF_OBJECT}, $3, 'replaced'
    from replaced join object o on o.organisation_id = $1 and o.object_id = replaced.object_id
  ), written as (
    select i.* from incoming i join created using (object_id)
    union all select i.* from incoming i join replaced using (position)
  ), revived as (
    delete from tombstone t using written
    where t.organisation_id = $1 and t.collection_id = $2 and t.name = written.name and written.seen is null
  ), recorded as (
    insert into record (${RECORD_COLUMNS})
    select $1, object_id, $7::uuid, $2, content_hash, data, engine_version, true from written where content_hash is not null
    on conflict (organisation_id, object_id) do update set content_hash = excluded.content_hash, data = excluded.data,
      engine_version = excluded.engine_version, stale = true
  )
  select position from written`);

async function putTogether(db: Db, puts: readonly SinglePut[]): Promise<readonly boolean[]> {
  const { scope, now } = puts.at(-1)!;
  let at = 1;
  const incoming = puts.map((put, index) => {
    const row = incomingRow(put, index + 1, at);
    at += put.object.body.length;
    return row;
  });
  const rows = await PUT(
    db,
    scope.organisationId,
    scope.collectionId,
    now,
    JSON.stringify(incoming),
    puts.length,
    Buffer.concat(puts.map(({ object }) => object.body)),
    scope.ownerId,
  );
  const written = new Set(rows.map(({ position }) => position));
  return puts.map((_, index) => written.has(index + 1));
}

/** As `json_to_recordset` reads it; the body is the octets from `at`, counted from 1, of what is sent beside it. */
function incomingRow({ scope, object, seen }: SinglePut, position: number, at: number) {
  const { objectId, name, uid, component, mediaType, body, etag, startsAt, endsAt, indexData, record } = object;
  return {
    position,
    lock_epoch: scope.lockEpoch,
    seen: seen?.seq,
    object_id: objectId,
    name,
    uid,
    uid_key: keyOf(object),
    component,
    media_type: mediaType,
    at,
    size: body.length,
    etag,
    // as a number: the text of a year beyond 9999 has another form in Postgres than in JavaScript
    starts_ms: startsAt?.getTime(),
    ends_ms: endsAt?.getTime(),
    index_data: indexData,
    content_hash: record?.contentHash,
    data: record?.data,
    engine_version: record?.engineVersion,
  };
}
