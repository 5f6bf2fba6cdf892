/** What each card held when its pairs were last scored: the difference to today says which other pairs must move. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { inSight } from './shared-books.ts';

/** The engine's counts by name. */
export type Counts = Readonly<Record<string, number>>;

export interface ScoredRecord {
  readonly objectId: string;
  readonly contentHash: string;
  /** What this content adds to the book's counts. */
  readonly counts: Counts;
  /** Blocking keys: numbers below 2^53. */
  readonly keys: readonly number[];
}

const BATCH = 2000;

/** Notes cards as scored with what they hold now; rows that say so already are not written. */
export async function noteScored(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  scored: readonly ScoredRecord[],
): Promise<void> {
  for (let from = 0; from < scored.length; from += BATCH) {
    const batch = scored.slice(from, from + BATCH);
    await sql`
      insert into scored_record as known (organisation_id, owner_id, object_id, content_hash, counts, keys)
      select ${organisationId}::uuid, ${ownerId}::uuid, s.object_id, s.content_hash, s.counts::jsonb,
        string_to_array(nullif(s.keys, ''), ',')::bigint[]
      from unnest(${batch.map((s) => s.objectId)}::uuid[], ${batch.map((s) => s.contentHash)}::text[],
        ${batch.map((s) => JSON.stringify(s.counts))}::text[], ${batch.map((s) => `${s.keys.join(',')}`)}::text[])
        as s(object_id, content_hash, counts, keys)
      on conflict (organisation_id, owner_id, object_id) do update set content_hash = excluded.content_hash,
        counts = excluded.counts, keys = excluded.keys, gone = false, again = false
        where known.content_hash <> excluded.content_hash or known.keys <> excluded.keys or known.counts <> excluded.counts
          or known.gone or known.again`.execute(tx);
  }
}

/** Cards noted as scored: those given, or (`gone`) those that left since. */
export async function findScored(
  db: Db,
  organisationId: string,
  ownerId: string,
  which: readonly string[] | 'gone',
): Promise<ScoredRecord[]> {
  const condition =
    which === 'gone'
      ? sql`s.gone and not exists (select 1 from record r
          where r.organisation_id = s.organisation_id and r.object_id = s.object_id
            and ${inSight('r', organisationId, ownerId)})`
      : sql`s.object_id = any(${[...which]}::uuid[])`;
  const { rows } = await sql<{ object_id: string; content_hash: string; counts: Counts; keys: string[] }>`
    select s.object_id, s.content_hash, s.counts, s.keys::text[] as keys from scored_record s
    where s.organisation_id = ${organisationId} and s.owner_id = ${ownerId} and ${condition}`.execute(db);
  return rows.map((row) => ({
    objectId: row.object_id,
    contentHash: row.content_hash,
    counts: row.counts,
    keys: row.keys.map(Number),
  }));
}

/** Which of the contents were there when pairs were last scored. */
export async function scoredContents(
  db: Db,
  organisationId: string,
  ownerId: string,
  contentHashes: readonly string[],
): Promise<Set<string>> {
  const { rows } = await sql<{ content_hash: string }>`
    select distinct content_hash from scored_record
    where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and content_hash = any(${[...contentHashes]}::text[])`.execute(db);
  return new Set(rows.map((row) => row.content_hash));
}

/** The cards noted as scored, each with the content it held then. */
export async function listScored(db: Db, organisationId: string, ownerId: string): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('scored_record')
    .select(['object_id', 'content_hash'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .execute();
  return new Map(rows.map((row) => [row.object_id, row.content_hash]));
}

/** Forgets cards. */
export async function forgetScored(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<void> {
  if (objectIds.length === 0) return;
  await sql`
    delete from scored_record where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and object_id = any(${[...objectIds]}::uuid[])`.execute(tx);
}

/** The counts that scores rest on. */
export interface BookCounts {
  readonly counts: Counts;
  readonly engineVersion: number;
}

/** The counts as of the last scoring; undefined before the first full run. */
export async function findCounts(db: Db, organisationId: string, ownerId: string): Promise<BookCounts | undefined> {
  const row = await db
    .selectFrom('dedup_state')
    .select(['counts', 'engine_version'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .executeTakeFirst();
  return row?.counts ? { counts: row.counts, engineVersion: row.engine_version ?? 0 } : undefined;
}

export async function saveCounts(tx: Tx, organisationId: string, ownerId: string, book: BookCounts): Promise<void> {
  await tx
    .updateTable('dedup_state')
    .set({ counts: JSON.stringify(book.counts), engine_version: book.engineVersion })
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .execute();
}

/**
 * Tells the planner of many new cards before a first full run writes what it found of them: until it knows of them, it would
 * hold each against all others. Failures do not matter: autovacuum does the same later.
 */
export const tellPlannerOfRecords = (db: Db): Promise<void> => analyze(db, sql`record`);

/** Tells the planner what a full run has left: until it knows, it may walk a whole book to find a few cards in it. As above. */
export const refreshPlannerStatistics = (db: Db): Promise<void> =>
  analyze(db, sql`record, blocking_key, pair, scored_record, suggestion, suggestion_member`);

async function analyze(db: Db, tables: RawBuilder<unknown>): Promise<void> {
  await sql`analyze ${tables}`.execute(db).catch(() => {});
}
