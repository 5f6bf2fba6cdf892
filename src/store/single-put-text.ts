/** The statements that put single objects: what may be new, what replaces a version that was seen, and both together. */
import { type Admitting, admittingFrom } from './admission.ts';
import { EXPECTED_FEW } from './collection-writers.ts';
import { VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';

const COLUMNS = `organisation_id, object_id, collection_id, name, uid, uid_key, component, media_type, body, size, etag, seq,
  starts_at, ends_at, index_data, created_at, modified_at`;
const RECORD_COLUMNS = 'organisation_id, object_id, owner_id, collection_id, content_hash, data, engine_version, stale';

/** What is to be free for a new object: its name, its UID, and it must be no card that a merge took away. */
const IS_FREE = `not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.name = i.name)
      and not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.uid_key = i.uid_key)
      and not exists (select 1 from merged_away m
        where m.organisation_id = $1 and m.collection_id = $2 and m.content_hash = i.content_hash)`;
const IS_SEEN = `exists (select 1 from object o
      where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = i.object_id and o.seq = i.seen)`;

const CREATED = `created as (
    insert into object (${COLUMNS})
    select $1, object_id, $2, name, uid, uid_key, component, media_type, body, size, etag, seq,
      to_timestamp(starts_ms / 1000), to_timestamp(ends_ms / 1000), index_data, $3, $3
    from admitted where seen is null
    on conflict do nothing
    returning object_id
  ), revived as (
    delete from tombstone t using created join incoming i using (object_id)
    where t.organisation_id = $1 and t.collection_id = $2 and t.name = i.name
  )`;
const REPLACED = `replaced as (
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
  )`;

const WRITTEN_NEW = 'select i.* from incoming i join created using (object_id)';
const WRITTEN_OVER = 'select i.* from incoming i join replaced using (position)';

interface Way {
  /** Which of the incoming are wanted. */
  readonly wanted: string;
  /** Which of the wanted still are once the collection is locked. */
  readonly stillWanted: (token: string) => string;
  readonly changes: string;
  readonly written: string;
  /** What else must hold of the sender and of the collection. */
  readonly admission?: Admitting;
}

const CREATE: Way = {
  wanted: IS_FREE,
  stillWanted: (token) => `w.token = ${token}`,
  changes: CREATED,
  written: WRITTEN_NEW,
};

/** A statement costs by what it may do, done or not: new objects alone, known ones alone, and both have one of their own. */
const WAYS = {
  create: CREATE,
  /** For a sender whose credentials and path nobody has looked up: the values from `$8` on tell what must hold of them. */
  createAdmitted: { ...CREATE, admission: admittingFrom(8) },
  replace: {
    wanted: IS_SEEN,
    stillWanted: () => 'true',
    changes: REPLACED,
    written: WRITTEN_OVER,
  },
  both: {
    wanted: `case when i.seen is null then
      ${IS_FREE}
    else ${IS_SEEN} end`,
    stillWanted: (token) => `(w.seen is not null or w.token = ${token})`,
    changes: `${CREATED}, ${REPLACED}`,
    written: `${WRITTEN_NEW}
    union all ${WRITTEN_OVER}`,
  },
} satisfies Record<string, Way>;

/**
 * `wanted` is judged before the count of changes goes up. Where something was committed between the statement's snapshot and its
 * lock (the count is another), a tombstone or a merge of that time would not be seen by a new object, and it be there and deleted at
 * once: the caller looks closer then, under the lock. The same object may be among the incoming twice: one of the two is then
 * written, and `position` says which.
 */
function textOf({ wanted, stillWanted, changes, written, admission }: Way): string {
  return `
  with incoming as materialized (
    select i.*, substring($6::bytea from i.at for i.size) as body
    from json_to_recordset($4::json) as i(position int, lock_epoch bigint, seen bigint, object_id uuid, name text, uid text,
      uid_key text, component text, media_type text, at int, size int, etag text, starts_ms float8, ends_ms float8,
      index_data jsonb, content_hash text, data jsonb, engine_version int)
    ${EXPECTED_FEW}
  ), wanted as materialized (
    select i.position, i.lock_epoch, i.seen,
      (select c.sync_token from collection c where c.organisation_id = $1 and c.collection_id = $2) as token
    from incoming i where ${wanted}${admission ? ` and ${admission.sender}` : ''}
  ), bumped as (
    update collection set sync_token = sync_token + $5, modified_at = $3
    where organisation_id = $1 and collection_id = $2${admission ? ` and ${admission.collection}` : ''} and exists (select 1 from wanted w
      where w.lock_epoch = collection.lock_epoch and ${stillWanted('collection.sync_token')})
    returning sync_token - $5 as before, lock_epoch
  ), admitted as (
    select i.*, bumped.before + i.position as seq
    from bumped join wanted w using (lock_epoch) join incoming i using (position)
    where ${stillWanted('bumped.before')}
  ), ${changes}, written as (
    ${written}
  ), recorded as (
    insert into record (${RECORD_COLUMNS})
    select $1, object_id, $7::uuid, $2, content_hash, data, engine_version, true from written where content_hash is not null
    on conflict (organisation_id, object_id) do update set content_hash = excluded.content_hash, data = excluded.data,
      engine_version = excluded.engine_version, stale = true
  )
  select position from written`;
}

export type PutWay = keyof typeof WAYS;

/** Organisation, collection, moment, rows as JSON, their number, their bodies in a row, owner; see `Way` for more. */
export const putText = (way: PutWay): string => textOf(WAYS[way]);
