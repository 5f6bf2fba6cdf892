/** Records and blocking keys as the engine reads them for a user, own and shared; `object-writes.ts` writes them. Records are plain JSON here. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { changedForViewer, inSight, ownersInSight, viewersBehind } from './shared-books.ts';

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
    .where(inSight('record', organisationId, ownerId));
}

/** Streams every record in sight of an owner through a cursor. */
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
    .orderBy('record.object_id')
    .execute();
}

/** The records that hold any of the contents, in order of their ids. */
export function findRecordsByContent(
  db: Db,
  organisationId: string,
  ownerId: string,
  contentHashes: readonly string[],
): Promise<StoredRecord[]> {
  return records(db, organisationId, ownerId)
    .where(sql<boolean>`record.owner_id = any(${ownersInSight(organisationId, ownerId)})`)
    .where((e) => e('record.content_hash', '=', e.fn.any(e.val([...contentHashes]))))
    .orderBy('record.object_id')
    .execute();
}

/** Cards whose pairs are to be scored anew for an owner: of its own, and of others that changed or lost a pair. */
const waiting = (organisationId: string, ownerId: string) => sql`
  select object_id, content_hash from record
  where organisation_id = ${organisationId} and owner_id = ${ownerId} and stale
  union ${changedForViewer(organisationId, ownerId)}
  union select r.object_id, r.content_hash from scored_record s
  join record r on r.organisation_id = s.organisation_id and r.object_id = s.object_id
  where s.organisation_id = ${organisationId} and s.owner_id = ${ownerId} and s.again`;

/** Number of cards whose pairs are to be scored anew: cheap, whatever the size of the book. */
export async function countStale(db: Db, organisationId: string, ownerId: string): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from (${waiting(organisationId, ownerId)}) as waiting`.execute(db);
  return rows[0]!.count;
}

/** Cards whose pairs are to be scored anew, at most `limit`. */
export async function findStale(
  db: Db,
  organisationId: string,
  ownerId: string,
  limit: number,
): Promise<{ object_id: string; content_hash: string }[]> {
  const { rows } = await sql<{ object_id: string; content_hash: string }>`
    ${waiting(organisationId, ownerId)} order by object_id limit ${limit}`.execute(db);
  return rows;
}

/** Owners with cards to be scored, or cards that left, of every organisation: for the background queue, never on a request's way. */
export async function listStaleOwners(db: Db, limit: number): Promise<{ organisation_id: string; owner_id: string }[]> {
  const { rows } = await sql<{ organisation_id: string; owner_id: string }>`
    select organisation_id, owner_id from record where stale
    union select organisation_id, owner_id from scored_record where gone or again
    union ${viewersBehind}
    limit ${limit}`.execute(db);
  return rows;
}

export interface ScoredContent {
  readonly objectId: string;
  readonly contentHash: string;
}

const BATCH = 5000;

/** Takes the stale mark off the owner's records that still hold the content that was scored. */
export async function clearStale(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  scored: readonly ScoredContent[],
): Promise<void> {
  for (let from = 0; from < scored.length; from += BATCH) {
    const batch = scored.slice(from, from + BATCH);
    await sql`
      update record set stale = false
      from unnest(${batch.map((s) => s.objectId)}::uuid[], ${batch.map((s) => s.contentHash)}::text[])
        as done(object_id, content_hash)
      where record.organisation_id = ${organisationId} and record.object_id = done.object_id
        and record.owner_id = ${ownerId}
        and record.content_hash = done.content_hash and record.stale`.execute(tx);
  }
}

/**
 * After a full run over `scored`: marks the owner's records stale whose content is another, and no others. The comparison is
 * made here and not by a join, since the planner knows nothing yet of tables filled in this very transaction.
 */
export async function settleStale(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  scored: readonly ScoredContent[],
): Promise<void> {
  const rows = await tx
    .selectFrom('record')
    .select(['object_id', 'content_hash', 'stale'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .execute();
  const contents = new Map(scored.map((record) => [record.objectId, record.contentHash]));
  const isScored = (row: { object_id: string; content_hash: string }) =>
    contents.get(row.object_id) === row.content_hash;
  const done = rows.filter((row) => row.stale && isScored(row));
  await clearStale(
    tx,
    organisationId,
    ownerId,
    done.map((row) => ({ objectId: row.object_id, contentHash: row.content_hash })),
  );
  const missed = rows.filter((row) => !row.stale && !isScored(row)).map((row) => row.object_id);
  await sql`
    update record set stale = true
    where organisation_id = ${organisationId} and object_id = any(${missed}::uuid[])`.execute(tx);
}

/** How many distinct contents hold each of the keys; keys nobody holds are not in the answer. */
export async function countHolders(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly number[],
): Promise<Map<number, number>> {
  const { rows } = await sql<{ key: number; holders: number }>`
    select k.key, count(distinct r.content_hash) as holders
    from blocking_key k join record r on r.organisation_id = k.organisation_id and r.object_id = k.object_id
    where k.organisation_id = ${organisationId} and k.owner_id = any(${ownersInSight(organisationId, ownerId)})
      and k.key = any(${keys.map(String)}::bigint[]) and ${inSight('r', organisationId, ownerId)}
    group by k.key`.execute(db);
  return new Map(rows.map((row) => [row.key, row.holders]));
}

export interface KeyHolder {
  readonly key: number;
  /** The card that stands for the content: the smallest id of its copies. */
  readonly objectId: string;
  readonly contentHash: string;
}

const holdersOf = (organisationId: string, ownerId: string, keys: readonly number[]) => sql`
  select k.key, min(k.object_id::text) as "objectId", r.content_hash as "contentHash",
    count(*) over (partition by k.key) as contents
  from blocking_key k join record r on r.organisation_id = k.organisation_id and r.object_id = k.object_id
  where k.organisation_id = ${organisationId} and k.owner_id = any(${ownersInSight(organisationId, ownerId)})
    and k.key = any(${keys.map(String)}::bigint[]) and ${inSight('r', organisationId, ownerId)}
  group by k.key, r.content_hash`;

/** Which contents hold which of the keys. */
export async function findHolders(
  db: Db,
  organisationId: string,
  ownerId: string,
  keys: readonly number[],
): Promise<KeyHolder[]> {
  const { rows } = await sql<KeyHolder>`
    select h.key, h."objectId", h."contentHash" from (${holdersOf(organisationId, ownerId, keys)}) as h`.execute(db);
  return rows;
}

/** As `findHolders`, of those keys only that `least` contents and at most the key's limit of them hold: the blocks that are crossed. */
export async function findMeeting(
  db: Db,
  organisationId: string,
  ownerId: string,
  limits: ReadonlyMap<number, number>,
  least = 2,
): Promise<KeyHolder[]> {
  const crossed = [...limits].filter(([, limit]) => limit > 0);
  const keys = crossed.map(([key]) => key);
  const { rows } = await sql<KeyHolder>`
    select h.key, h."objectId", h."contentHash" from (${holdersOf(organisationId, ownerId, keys)}) as h
    join unnest(${keys.map(String)}::bigint[], ${crossed.map(([, limit]) => limit)}::int[]) as w(key, most) on w.key = h.key
    where h.contents between ${least} and w.most`.execute(db);
  return rows;
}

/** Removes up to `limit` keys of records that went with their collection or owner; returns how many. */
export async function pruneBlockingKeys(db: Db, organisationId: string, limit: number): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from blocking_key where organisation_id = ${organisationId} and object_id = any(array(
      select k.object_id from blocking_key k where k.organisation_id = ${organisationId} and not exists (
        select 1 from record r where r.organisation_id = k.organisation_id and r.object_id = k.object_id)
      limit ${limit}))`.execute(db);
  return Number(numAffectedRows ?? 0);
}
