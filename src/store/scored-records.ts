/** What each card held when its pairs were last scored: the difference to today says which other pairs must move. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Row } from './schema.ts';
import { statement } from './statement.ts';

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
  for (let from = 0; from < scored.length; from += BATCH)
    await NOTE(tx, organisationId, ownerId, ...columns(scored.slice(from, from + BATCH)));
}

const columns = (scored: readonly ScoredRecord[]) => [
  scored.map((s) => s.objectId),
  scored.map((s) => s.contentHash),
  scored.map((s) => JSON.stringify(s.counts)),
  scored.map((s) => s.keys.join()),
];

const NOTED = `
  insert into scored_record as known (organisation_id, owner_id, object_id, content_hash, counts, keys)
  select $1::uuid, $2::uuid, s.object_id, s.content_hash, s.counts::jsonb, string_to_array(nullif(s.keys, ''), ',')::bigint[]
  from unnest($3::uuid[], $4::text[], $5::text[], $6::text[]) as s(object_id, content_hash, counts, keys)
  on conflict (organisation_id, owner_id, object_id) do update set content_hash = excluded.content_hash,
    counts = excluded.counts, keys = excluded.keys, gone = false, again = false
    where known.content_hash <> excluded.content_hash or known.keys <> excluded.keys or known.counts <> excluded.counts
      or known.gone or known.again`;

const NOTE = statement(NOTED);

/**
 * After some cards were scored: notes them, takes the stale mark off those that still hold what was scored, and saves the
 * book's counts.
 */
export async function settleScored(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  scored: readonly ScoredRecord[],
  book: Omit<BookCounts, 'keyed'>,
): Promise<void> {
  const { counts, engineVersion } = book;
  await SETTLE(tx, organisationId, ownerId, ...columns(scored), JSON.stringify(counts), engineVersion);
}

const SETTLE = statement(`
  with noted as (${NOTED}), fresh as (
    update record r set stale = false from unnest($3::uuid[], $4::text[]) as done(object_id, content_hash)
    where r.organisation_id = $1 and r.owner_id = $2 and r.object_id = done.object_id
      and r.content_hash = done.content_hash and r.stale
  )
  update dedup_state set counts = $7::jsonb, engine_version = $8
  where organisation_id = $1 and owner_id = $2 and (counts, engine_version) is distinct from ($7::jsonb, $8::int)`);

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
  /** True for a large book, whose keys stand in rows of their own; those of a small one are read with what is noted of its cards. */
  readonly keyed: boolean;
}

export type CountsRow = Pick<Row<'dedup_state'>, 'counts' | 'engine_version' | 'keyed'>;

/** Columns of a `CountsRow`. */
export const COUNTS_COLUMNS = 'counts, engine_version, keyed';

/** Undefined before the first full run. */
export const bookCounts = (row: CountsRow | undefined): BookCounts | undefined =>
  row?.counts ? { counts: row.counts, engineVersion: row.engine_version ?? 0, keyed: row.keyed } : undefined;

/** The counts as of the last scoring; undefined before the first full run. */
export async function findCounts(db: Db, organisationId: string, ownerId: string): Promise<BookCounts | undefined> {
  return bookCounts((await COUNTS(db, organisationId, ownerId))[0]);
}

const COUNTS = statement<CountsRow>(`
  select ${COUNTS_COLUMNS} from dedup_state where organisation_id = $1 and owner_id = $2`);

export async function saveCounts(tx: Tx, organisationId: string, ownerId: string, book: BookCounts): Promise<void> {
  await tx
    .updateTable('dedup_state')
    .set({ counts: JSON.stringify(book.counts), engine_version: book.engineVersion, keyed: book.keyed })
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .execute();
}
