/** Cards that wait for their pairs to be scored: what they hold, what they held, and the marks that say so. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { type CardContent, RECORD, type StoredRecord } from './dedup-index.ts';
import type { Counts, ScoredRecord } from './scored-records.ts';
import { CHANGED_FOR_VIEWER, IN_SIGHT, OWNERS_IN_SIGHT, viewersBehind } from './shared-books.ts';
import { statement } from './statement.ts';

/** Cards whose pairs are to be scored anew for an owner: of its own, and of others that changed or lost a pair. */
const WAITING = `
  select object_id from record where organisation_id = $1 and owner_id = $2 and stale
  union ${CHANGED_FOR_VIEWER}
  union select object_id from scored_record where organisation_id = $1 and owner_id = $2 and again`;

/** Number of cards whose pairs are to be scored anew: cheap, whatever the size of the book. */
export async function countStale(db: Db, organisationId: string, ownerId: string): Promise<number> {
  const [row] = await COUNT_STALE(db, organisationId, ownerId);
  return row!.count;
}

const COUNT_STALE = statement<{ count: number }>(`
  select count(*) as count from (${WAITING}) as w
  join record r on r.organisation_id = $1 and r.object_id = w.object_id`);

/** A card to be scored anew, or one that left since; with what it held when it was last scored, if it was. */
export interface WaitingCard {
  readonly objectId: string;
  /** Undefined: the card is gone, or out of sight. */
  readonly record: StoredRecord | undefined;
  readonly before: ScoredRecord | undefined;
}

/** The cards that wait, at most `limit`, and those that left, likewise. */
export async function findWaiting(
  db: Db,
  organisationId: string,
  ownerId: string,
  limit: number,
): Promise<WaitingCard[]> {
  const rows = await FIND_WAITING(db, organisationId, ownerId, limit);
  return rows.map(({ scoredHash, scoredCounts, scoredKeys, ...record }) => ({
    objectId: record.objectId,
    record: record.contentHash === null ? undefined : (record as StoredRecord),
    before:
      scoredHash === null
        ? undefined
        : {
            objectId: record.objectId,
            contentHash: scoredHash,
            counts: scoredCounts ?? {},
            keys: scoredKeys ? scoredKeys.split(',').map(Number) : [],
          },
  }));
}

type WaitingRow = { readonly [Column in keyof StoredRecord]: StoredRecord[Column] | null } & {
  readonly objectId: string;
  readonly scoredHash: string | null;
  readonly scoredCounts: Counts | null;
  readonly scoredKeys: string | null;
};

const SCORED = `s.content_hash as "scoredHash", s.counts as "scoredCounts", array_to_string(s.keys, ',') as "scoredKeys"`;

const FIND_WAITING = statement<WaitingRow>(`
  (select ${RECORD}, ${SCORED} from (${WAITING} order by object_id limit $3) as w
    join record r on r.organisation_id = $1 and r.object_id = w.object_id and ${IN_SIGHT}
    left join scored_record s on s.organisation_id = $1 and s.owner_id = $2 and s.object_id = r.object_id)
  union all
  (select s.object_id, null, null, null, null, ${SCORED} from scored_record s
    where s.organisation_id = $1 and s.owner_id = $2 and s.gone and not exists (
      select 1 from record r where r.organisation_id = $1 and r.object_id = s.object_id and ${IN_SIGHT})
    limit $3)`);

/** Which of the waiting and touched contents stand where. */
export interface TouchedContents {
  /** Contents that were there when pairs were last scored. */
  readonly known: ReadonlySet<string>;
  /** Cards that hold any of them now. */
  readonly present: readonly CardContent[];
}

/** What is noted of the contents, and who holds them now. */
export async function findTouched(
  db: Db,
  organisationId: string,
  ownerId: string,
  contentHashes: readonly string[],
): Promise<TouchedContents> {
  const rows = await FIND_TOUCHED(db, organisationId, ownerId, contentHashes);
  return {
    known: new Set(rows.filter((row) => row.objectId === null).map((row) => row.contentHash)),
    present: rows.filter((row): row is CardContent => row.objectId !== null),
  };
}

const FIND_TOUCHED = statement<{ readonly objectId: string | null; readonly contentHash: string }>(`
  select null as "objectId", s.content_hash as "contentHash" from scored_record s
  where s.organisation_id = $1 and s.owner_id = $2 and s.content_hash = any($3::text[])
  union
  select r.object_id, r.content_hash from record r
  where r.organisation_id = $1 and r.owner_id = any(${OWNERS_IN_SIGHT}) and ${IN_SIGHT}
    and r.content_hash = any($3::text[])`);

/** Owners with cards to be scored, or cards that left, of every organisation: for the background queue, never on a request's way. */
export async function listStaleOwners(db: Db, limit: number): Promise<{ organisation_id: string; owner_id: string }[]> {
  const { rows } = await sql<{ organisation_id: string; owner_id: string }>`
    select organisation_id, owner_id from record where stale
    union select organisation_id, owner_id from scored_record where gone or again
    union ${viewersBehind}
    limit ${limit}`.execute(db);
  return rows;
}

const BATCH = 5000;

/** Takes the stale mark off the owner's records that still hold the content that was scored. */
async function clearStale(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  scored: readonly CardContent[],
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
  scored: readonly CardContent[],
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
