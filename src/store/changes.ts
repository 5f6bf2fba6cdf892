/** The one reader of the change log: list and token come out of one statement, so they belong to one moment (RFC 6578 §3). */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { quickStatement, statement } from './statement.ts';

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

/** The first row holds the collection's counts (its name is null), the others one change each. */
interface LogRow {
  readonly name: string | null;
  readonly etag: string | null;
  readonly seq: number;
}

/**
 * Bounded on both sides and cut by itself, so that the planner expects few rows whatever the numbers are: else it would plan each
 * call anew, which costs more than most of them.
 */
const logPart = (columns: string, table: string, after: string): string => `(
    select ${columns}, seq from ${table} where organisation_id = $1 and collection_id = $2
      and seq > ${after} and seq <= ${Number.MAX_SAFE_INTEGER}
    order by seq limit $4::bigint)`;

const logText = (...parts: readonly string[]): string => `
  select null::text as name, c.pruned_seq::text as etag, c.sync_token as seq, 0 as part
  from collection c where c.organisation_id = $1 and c.collection_id = $2
  union all select log.name, log.etag, log.seq, 1 from (
    select * from (${parts.join(' union all ')}) as every_change order by seq limit $4::bigint
  ) as log
  order by part, seq`;

const THERE = logPart('name, etag', 'object', '$3');
const GONE = logPart('name, null::text as etag', 'tombstone', '$5');

const PRESENT = statement<LogRow>(logText(THERE));
const WITH_GONE_TEXT = logText(THERE, GONE);
const WITH_GONE = statement<LogRow>(WITH_GONE_TEXT);
const FEW_WITH_GONE = quickStatement<LogRow>(WITH_GONE_TEXT);

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
  const most = limit === undefined ? null : limit + 1;
  const rows =
    since === undefined
      ? await PRESENT(db, organisationId, collectionId, from, most)
      : await WITH_GONE(db, organisationId, collectionId, from, most, goneFrom);
  return windowOf(rows, { since, goneFrom, limit });
}

/** So many changes are read between the short statements of others. */
const FEW = 50;

/** The same for whoever was told all up to `since`, where little has changed: undefined, too, when that is too much to be read quickly. */
export async function fewChangesSince(
  db: Db,
  organisationId: string,
  collectionId: string,
  since: number,
): Promise<ChangeWindow | undefined> {
  const rows = await FEW_WITH_GONE(db, organisationId, collectionId, since, FEW + 1, since);
  const window = windowOf(rows, { since, goneFrom: since, limit: FEW });
  return window?.truncated ? undefined : window;
}

interface Bounds {
  readonly since: number | undefined;
  /** Deletions are told from here on. */
  readonly goneFrom: number;
  readonly limit: number | undefined;
}

function windowOf(
  [counts, ...listed]: readonly LogRow[],
  { since, goneFrom, limit }: Bounds,
): ChangeWindow | undefined {
  if (!counts) return undefined;
  const [newest, pruned] = [counts.seq, Number(counts.etag)];
  const known = since === undefined || (goneFrom <= newest && goneFrom >= pruned);
  if (!known) return { changes: [], token: newest, truncated: false, known, begunAt: undefined };
  const truncated = limit !== undefined && listed.length > limit;
  const kept = truncated ? listed.slice(0, limit) : listed;
  const changes = kept.map((row) => ({ name: row.name!, etag: row.etag ?? undefined, seq: row.seq }));
  const token = truncated ? (changes.at(-1)?.seq ?? since ?? 0) : newest;
  const begun = since === undefined ? newest : goneFrom;
  return { changes, token, truncated, known, begunAt: truncated && token < begun ? begun : undefined };
}

const MEMBERS = statement<{ token: number; objects: number }>(`
  select c.sync_token as token, (select count(*) from object o where o.organisation_id = $1 and o.collection_id = $2) as objects
  from collection c where c.organisation_id = $1 and c.collection_id = $2`);

/** A collection's token and how many objects it held at that moment; undefined when it does not exist. */
export async function countMembers(db: Db, organisationId: string, collectionId: string) {
  return (await MEMBERS(db, organisationId, collectionId))[0];
}

/** The window of whoever already has the collection's token. */
export function nothingSince(token: number): ChangeWindow {
  return { changes: [], token, truncated: false, known: true, begunAt: undefined };
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
