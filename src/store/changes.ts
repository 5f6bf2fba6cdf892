/** The one reader of the change log: list and token come out of one statement, so they belong to one moment (RFC 6578 §3). */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface Change {
  readonly name: string;
  /** Undefined when the object is gone. */
  readonly etag: string | undefined;
  readonly seq: number;
}

export interface ChangeWindow {
  readonly changes: readonly Change[];
  /** The token to hand out: the collection's own, or that of the last change listed when the limit cut the list. */
  readonly token: number;
  readonly truncated: boolean;
  /** False when the token asked with is from the future or older than what pruning left. */
  readonly known: boolean;
  /**
   * While a first list is cut: the collection's count when the list was begun. Who knew nothing before that moment misses no
   * deletion from before it, however far the list has come.
   */
  readonly begunAt: number | undefined;
}

/**
 * What changed in a collection after `since` (0 or undefined: everything that is there, without deletions), in order of
 * change, at most `limit` rows. `begunAt` goes on with a first list that was cut. Undefined when the collection does not exist.
 */
export async function changesSince(
  db: Db,
  organisationId: string,
  collectionId: string,
  since: number | undefined,
  limit?: number,
  begunAt = since,
): Promise<ChangeWindow | undefined> {
  const from = since ?? 0;
  const goneFrom = Math.max(from, begunAt ?? 0);
  const gone =
    since === undefined
      ? sql``
      : sql`union all
          select t.name, null::text as etag, t.seq from tombstone t
          where t.organisation_id = ${organisationId} and t.collection_id = ${collectionId} and t.seq > ${goneFrom}`;
  const cut = limit === undefined ? sql`` : sql`limit ${limit + 1}`;
  const { rows } = await sql<{
    sync_token: number;
    pruned_seq: number;
    name: string | null;
    etag: string | null;
    seq: number;
  }>`
    select c.sync_token, c.pruned_seq, log.name, log.etag, log.seq
    from collection c
    left join lateral (
      select * from (
        select o.name, o.etag, o.seq from object o
        where o.organisation_id = ${organisationId} and o.collection_id = ${collectionId} and o.seq > ${from}
        ${gone}
      ) as every_change order by seq ${cut}
    ) as log on true
    where c.organisation_id = ${organisationId} and c.collection_id = ${collectionId}
    order by log.seq`.execute(db);
  const first = rows[0];
  if (!first) return undefined;
  const { sync_token: newest, pruned_seq: pruned } = first;
  const known = since === undefined || (goneFrom <= newest && goneFrom >= pruned);
  if (!known) return { changes: [], token: newest, truncated: false, known, begunAt: undefined };
  const listed = rows.filter((row) => row.name !== null);
  const truncated = limit !== undefined && listed.length > limit;
  const kept = truncated ? listed.slice(0, limit) : listed;
  const changes = kept.map((row) => ({ name: row.name!, etag: row.etag ?? undefined, seq: row.seq }));
  const token = truncated ? (changes.at(-1)?.seq ?? from) : newest;
  const begun = since === undefined ? newest : goneFrom;
  return { changes, token, truncated, known, begunAt: truncated && token < begun ? begun : undefined };
}

/**
 * Forgets deletions made before `before`, at most `limit`, oldest first; tokens older than the newest of them are refused
 * from then on. Returns how many were forgotten.
 */
export async function pruneTombstones(
  db: Db,
  organisationId: string,
  collectionId: string,
  before: Date,
  limit = 10_000,
): Promise<number> {
  const { rows } = await sql<{ pruned: number }>`
    with old as (
      delete from tombstone where organisation_id = ${organisationId} and collection_id = ${collectionId} and seq in (
        select seq from tombstone
        where organisation_id = ${organisationId} and collection_id = ${collectionId} and deleted_at < ${before}
        order by seq limit ${limit})
      returning seq
    ), raised as (
      update collection set pruned_seq = greatest(pruned_seq, (select max(seq) from old))
      where organisation_id = ${organisationId} and collection_id = ${collectionId} and exists (select 1 from old)
    )
    select count(*) as pruned from old`.execute(db);
  return rows[0]?.pruned ?? 0;
}

/** Collections of an organisation that hold deletions made before `before`, at most `limit`. */
export async function listCollectionsToPrune(
  db: Db,
  organisationId: string,
  before: Date,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ collection_id: string }>`
    select distinct collection_id from tombstone
    where organisation_id = ${organisationId} and deleted_at < ${before} limit ${limit}`.execute(db);
  return rows.map((row) => row.collection_id);
}
