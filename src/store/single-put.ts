/** Single objects, each in one statement for the common case that nobody else writes the same name or UID meanwhile. */
import { groupedCalls } from '../base/grouped-calls.ts';
import type { Db } from './database.ts';
import { type CollectionScope, type ObjectRowWrite, VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';
import { uidKey } from './objects.ts';
import { statement } from './statement.ts';

interface SinglePut {
  readonly db: Db;
  readonly scope: CollectionScope & { readonly lockEpoch: number };
  readonly object: ObjectRowWrite;
  readonly seen: { readonly seq: number } | undefined;
  readonly now: Date;
}

/** Octets of the bodies that go into one statement. */
const MOST_TOGETHER = 4 * 1024 * 1024;
/** What an object weighs beside its body, so that a group of tiny ones has an end, too. */
const ROW_WEIGHT = 16 * 1024;

/**
 * Stores one object if the collection still is as the caller saw it: with `seen` undefined the name and the UID must be free,
 * otherwise the object must still be its version `seen.seq`; and no WebDAV lock was granted since `scope.lockEpoch`. Decided
 * under the lock of the collection's row, which the same statement takes. Returns false, having written nothing of the object,
 * when it is not so, or when a card becomes a group: then `putObjects` under a lock of its own finds out why. The collection's
 * count does not go up for nothing, but where somebody else's commit was waited for and several were to be stored, or one replaced:
 * a token without a change, which no reader minds.
 *
 * Writers of one collection wait for each other's commit, whatever they write: those of this process that would wait are
 * stored together by the next statement, so that many share one commit. Each is still decided on its own.
 */
export function putOne(
  db: Db,
  scope: SinglePut['scope'],
  object: ObjectRowWrite,
  seen: { readonly seq: number } | undefined,
  now: Date,
): Promise<boolean> {
  if (seen && object.component === 'VCARD' && !object.record) return Promise.resolve(false);
  const put = { db, scope, object, seen, now };
  return db.isTransaction ? alone(put) : writersOf(db)(`${scope.organisationId}/${scope.collectionId}`, put);
}

type Writers = (collection: string, put: SinglePut) => Promise<boolean>;
const writers = new WeakMap<Db, Writers>();

function writersOf(db: Db): Writers {
  const known =
    writers.get(db) ??
    groupedCalls({ work: together, weight: ({ object }) => object.body.length + ROW_WEIGHT, most: MOST_TOGETHER });
  writers.set(db, known);
  return known;
}

async function together(puts: readonly SinglePut[]): Promise<readonly (boolean | Promise<boolean>)[]> {
  try {
    if (puts.length > 1) return await putMany(puts);
  } catch (error) {
    if (!isOfOneRow(error)) throw error;
  }
  const outcomes: PromiseSettledResult<boolean>[] = [];
  for (const put of puts) outcomes.push(...(await Promise.allSettled([alone(put)])));
  return outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : Promise.reject(outcome.reason)));
}

async function alone(put: SinglePut): Promise<boolean> {
  try {
    const written = await (put.seen ? putMany([put]) : create(put));
    return written[0]!;
  } catch (error) {
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return false;
    throw error;
  }
}

const UNIQUE_VIOLATION = '23505';

/** Values or keys that a row cannot have (classes 22, 23, 54): the statement failed for one object, and the others can be stored without it. */
const isOfOneRow = (error: unknown): boolean => /^(?:22|23|54)/.test((error as { code?: string }).code ?? '');

const COLUMNS = `organisation_id, object_id, collection_id, name, uid, uid_key, component, media_type, body, size, etag, seq,
  starts_at, ends_at, index_data, created_at, modified_at`;
const RECORD_COLUMNS = 'organisation_id, object_id, owner_id, collection_id, content_hash, data, engine_version, stale';

/** A card that a merge took away is not made again here: the caller looks closer then. */
const unlessMergedAway = (contentHash: string): string => `not exists (select 1 from merged_away m
    where m.organisation_id = $1 and m.collection_id = $2 and m.content_hash = ${contentHash})`;

/**
 * Nothing was committed in the collection between the statement's snapshot and its lock. Else a tombstone, or a merge, of that
 * time would not be seen here, and an object be there and deleted at once: the caller looks closer then, under the lock.
 */
const unlessOvertaken = (before: string): string => `${before} = (
    select c.sync_token from collection c where c.organisation_id = $1 and c.collection_id = $2)`;

const CREATE = statement<{ object_id: string }>(`
  with bumped as (
    update collection set sync_token = sync_token + 1, modified_at = $3
    where organisation_id = $1 and collection_id = $2 and lock_epoch = $4
      and ${unlessOvertaken('collection.sync_token')} and ${unlessMergedAway('$16::text')}
      and not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.name = $6::text)
      and not exists (select 1 from object o where o.organisation_id = $1 and o.collection_id = $2 and o.uid_key = $8::text)
    returning sync_token
  ), written as (
    insert into object (${COLUMNS})
    select $1, $5::uuid, $2, $6::text, $7::text, $8::text, $9::text, $10::text, $11::bytea, length($11::bytea), $12::text,
      bumped.sync_token, $13::timestamptz, $14::timestamptz, $15::jsonb, $3, $3
    from bumped
    on conflict do nothing
    returning object_id
  ), revived as (
    delete from tombstone where organisation_id = $1 and collection_id = $2 and name = $6 and exists (select 1 from written)
  ), recorded as (
    insert into record (${RECORD_COLUMNS})
    select $1, object_id, $17::uuid, $2, $16, $18::jsonb, $19::int, true from written where $16 is not null
  )
  select object_id from written`);

const keyOf = ({ uid }: ObjectRowWrite): string | null => (uid === undefined ? null : uidKey(uid));

async function create({ db, scope, object, now }: SinglePut): Promise<readonly boolean[]> {
  const { record, indexData } = object;
  const rows = await CREATE(
    db,
    scope.organisationId,
    scope.collectionId,
    now,
    scope.lockEpoch,
    object.objectId,
    object.name,
    object.uid ?? null,
    keyOf(object),
    object.component,
    object.mediaType ?? null,
    object.body,
    object.etag,
    object.startsAt ?? null,
    object.endsAt ?? null,
    indexData ? JSON.stringify(indexData) : null,
    record?.contentHash ?? null,
    scope.ownerId,
    record ? JSON.stringify(record.data) : null,
    record?.engineVersion ?? null,
  );
  return [rows.length === 1];
}

/** The same object may be among them twice: one of the two is then written, and `position` says which. */
const PUT_MANY = statement<{ position: number }>(`
  with incoming as materialized (
    select i.*, substring($6::bytea from i.at for i.size) as body
    from json_to_recordset($4::json) as i(position int, lock_epoch bigint, seen bigint, object_id uuid, name text, uid text,
      uid_key text, component text, media_type text, at int, size int, etag text, starts_ms float8, ends_ms float8,
      index_data jsonb, content_hash text, data jsonb, engine_version int)
  ), bumped as (
    update collection set sync_token = sync_token + $5, modified_at = $3
    where organisation_id = $1 and collection_id = $2 and exists (select 1 from incoming i
      where i.lock_epoch = collection.lock_epoch and (i.seen is null or exists (select 1 from object o
        where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = i.object_id and o.seq = i.seen)))
    returning sync_token - $5 as before, lock_epoch
  ), created as (
    insert into object (${COLUMNS})
    select $1, i.object_id, $2, i.name, i.uid, i.uid_key, i.component, i.media_type, i.body, i.size, i.etag,
      bumped.before + i.position, to_timestamp(i.starts_ms / 1000), to_timestamp(i.ends_ms / 1000), i.index_data, $3, $3
    from incoming i join bumped using (lock_epoch) where i.seen is null and ${unlessOvertaken('bumped.before')} and ${unlessMergedAway('i.content_hash')}
    on conflict do nothing
    returning object_id
  ), replaced as (
    update object o set uid = i.uid, uid_key = i.uid_key, component = i.component, media_type = i.media_type, body = i.body,
      size = i.size, etag = i.etag, seq = bumped.before + i.position, starts_at = to_timestamp(i.starts_ms / 1000),
      ends_at = to_timestamp(i.ends_ms / 1000), index_data = i.index_data, modified_at = $3
    from incoming i join bumped using (lock_epoch)
    where o.organisation_id = $1 and o.collection_id = $2 and o.object_id = i.object_id and o.seq = i.seen
    returning o.object_id, i.position
  ), archived as (
    insert into object_version (${VERSION_COLUMNS})
    select ${VERSION_OF_OBJECT}, $3, 'replaced'
    from object o join replaced using (object_id) where o.organisation_id = $1
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

async function putMany(puts: readonly SinglePut[]): Promise<readonly boolean[]> {
  const { db, scope, now } = puts.at(-1)!;
  let at = 1;
  const incoming = puts.map((put, index) => {
    const row = incomingRow(put, index + 1, at);
    at += put.object.body.length;
    return row;
  });
  const rows = await PUT_MANY(
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
