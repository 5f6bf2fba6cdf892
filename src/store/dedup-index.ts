/** Records, blocking keys and pairs: what the duplicate engine keeps between runs. Records come and go as plain JSON. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

/** What is stored of one card for the engine. */
export interface RecordEntry {
  readonly objectId: string;
  readonly ownerId: string;
  readonly collectionId: string;
  readonly contentHash: string;
  /** The engine's record, plain JSON. */
  readonly data: unknown;
  /** Blocking keys: signed 64-bit numbers. */
  readonly keys: readonly bigint[];
}

/**
 * Stores the records and keys of cards just written, in place of older ones, and marks them stale: their pairs are to be
 * scored anew. Belongs to the transaction that writes the cards.
 */
export async function replaceRecords(
  tx: Tx,
  organisationId: string,
  entries: readonly RecordEntry[],
  engineVersion: number,
): Promise<void> {
  if (entries.length === 0) return;
  const ids = entries.map((entry) => entry.objectId);
  await sql`
    insert into record (organisation_id, object_id, owner_id, collection_id, content_hash, data, engine_version, stale)
    select ${organisationId}::uuid, r.object_id, r.owner_id, r.collection_id, r.content_hash, r.data::jsonb, ${engineVersion}, true
    from unnest(${ids}::uuid[], ${entries.map((e) => e.ownerId)}::uuid[], ${entries.map((e) => e.collectionId)}::uuid[],
      ${entries.map((e) => e.contentHash)}::text[], ${entries.map((e) => JSON.stringify(e.data))}::text[])
      as r(object_id, owner_id, collection_id, content_hash, data)
    on conflict (organisation_id, object_id) do update set owner_id = excluded.owner_id,
      collection_id = excluded.collection_id, content_hash = excluded.content_hash, data = excluded.data,
      engine_version = excluded.engine_version, stale = true`.execute(tx);
  await sql`
    delete from blocking_key where organisation_id = ${organisationId} and object_id = any(${ids}::uuid[])`.execute(tx);
  const rows = entries.flatMap((entry) => [...new Set(entry.keys)].map((key) => ({ entry, key })));
  await sql`
    insert into blocking_key (organisation_id, owner_id, key, object_id)
    select ${organisationId}::uuid, k.owner_id, k.key, k.object_id
    from unnest(${rows.map((r) => r.entry.ownerId)}::uuid[], ${rows.map((r) => String(r.key))}::bigint[],
      ${rows.map((r) => r.entry.objectId)}::uuid[]) as k(owner_id, key, object_id)`.execute(tx);
}

/** A record with what clusters and decisions are told apart by. */
export interface StoredRecord {
  readonly objectId: string;
  readonly collectionId: string;
  readonly uid: string | null;
  readonly contentHash: string;
  readonly data: unknown;
  readonly engineVersion: number;
  readonly stale: boolean;
}

const RECORD = [
  'record.object_id as objectId',
  'record.collection_id as collectionId',
  'object.uid as uid',
  'record.content_hash as contentHash',
  'record.data as data',
  'record.engine_version as engineVersion',
  'record.stale as stale',
] as const;

function records(db: Db, organisationId: string, ownerId: string) {
  return db
    .selectFrom('record')
    .innerJoin('object', (join) =>
      join
        .onRef('object.organisation_id', '=', 'record.organisation_id')
        .onRef('object.object_id', '=', 'record.object_id'),
    )
    .select(RECORD)
    .where('record.organisation_id', '=', organisationId)
    .where('object.organisation_id', '=', organisationId)
    .where('record.owner_id', '=', ownerId);
}

/** Streams every record of an owner through a cursor. */
export function streamRecords(db: Db, organisationId: string, ownerId: string): AsyncIterableIterator<StoredRecord> {
  return records(db, organisationId, ownerId).orderBy('record.object_id').stream(1000);
}

/** The records of the given cards; those that are gone, or no cards, are simply not in the answer. */
export function findRecords(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredRecord[]> {
  return records(db, organisationId, ownerId)
    .where((e) => e('record.object_id', '=', e.fn.any(e.val([...objectIds]))))
    .execute();
}

export function countRecords(db: Db, organisationId: string, ownerId: string): Promise<{ all: number; stale: number }> {
  return db
    .selectFrom('record')
    .select((e) => [
      e.fn.countAll<number>().as('all'),
      e.fn.countAll<number>().filterWhere('stale', '=', true).as('stale'),
    ])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow();
}

/** Cards of an owner whose pairs are to be scored anew, at most `limit`. */
export function findStale(
  db: Db,
  organisationId: string,
  ownerId: string,
  limit: number,
): Promise<{ object_id: string; content_hash: string }[]> {
  return db
    .selectFrom('record')
    .select(['object_id', 'content_hash'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('stale', '=', true)
    .orderBy('object_id')
    .limit(limit)
    .execute();
}

/** Owners with stale records, of every organisation: for the background queue, never on a request's way. */
export function listStaleOwners(db: Db, limit: number): Promise<{ organisation_id: string; owner_id: string }[]> {
  return db
    .selectFrom('record')
    .select(['organisation_id', 'owner_id'])
    .distinct()
    .where('stale', '=', true)
    .limit(limit)
    .execute();
}

/** Takes the stale mark off records that still hold the content that was scored. */
export async function clearStale(
  tx: Tx,
  organisationId: string,
  scored: readonly { readonly objectId: string; readonly contentHash: string }[],
): Promise<void> {
  await sql`
    update record set stale = false
    from unnest(${scored.map((s) => s.objectId)}::uuid[], ${scored.map((s) => s.contentHash)}::text[]) as done(object_id, content_hash)
    where record.organisation_id = ${organisationId} and record.object_id = done.object_id
      and record.content_hash = done.content_hash and record.stale`.execute(tx);
}

/** How many distinct contents hold each of the keys; keys nobody holds are not in the answer. */
export async function countHolders(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly bigint[],
): Promise<Map<bigint, number>> {
  const { rows } = await sql<{ key: string; holders: number }>`
    select k.key::text as key, count(distinct r.content_hash) as holders
    from blocking_key k join record r on r.organisation_id = k.organisation_id and r.object_id = k.object_id
    where k.organisation_id = ${organisationId} and k.owner_id = ${ownerId} and k.key = any(${keys.map(String)}::bigint[])
    group by k.key`.execute(db);
  return new Map(rows.map((row) => [BigInt(row.key), row.holders]));
}

/** Cards that hold any of the keys, without those held by more than `largest` cards: such a block is crossed by nobody. */
export async function findCandidates(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly bigint[],
  largest: number,
): Promise<string[]> {
  const { rows } = await sql<{ object_id: string }>`
    select distinct k.object_id from blocking_key k
    where k.organisation_id = ${organisationId} and k.owner_id = ${ownerId} and k.key in (
      select b.key from blocking_key b
      where b.organisation_id = ${organisationId} and b.owner_id = ${ownerId} and b.key = any(${keys.map(String)}::bigint[])
      group by b.key having count(*) <= ${largest})`.execute(db);
  return rows.map((row) => row.object_id);
}
