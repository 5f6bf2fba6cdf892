/** Calendar objects that an older version placed in time: found, and placed anew. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** Organisations of which not everything was placed in time by this version: for a background job. */
export async function listOrganisationsOfOtherTime(db: Db, timeVersion: number): Promise<string[]> {
  const rows = await db
    .selectFrom('organisation')
    .select('organisation_id')
    .where('time_version', '<>', timeVersion)
    .orderBy('organisation_id')
    .execute();
  return rows.map((row) => row.organisation_id);
}

export async function noteTimeVersion(db: Db, organisationId: string, timeVersion: number): Promise<void> {
  await db
    .updateTable('organisation')
    .set({ time_version: timeVersion })
    .where('organisation_id', '=', organisationId)
    .execute();
}

export interface StoredTime {
  readonly object_id: string;
  readonly collection_id: string;
  /** Octets of the public form where it is not what is stored, as they were noted; null: nothing is noted. */
  readonly shown: number | null;
  readonly etag: string;
  readonly body: Buffer;
}

/** The next calendar objects of an organisation in order of their ids, of about so many octets together, at least one. */
export async function calendarObjectsBehind(
  db: Db,
  organisationId: string,
  after: string,
  octets: number,
): Promise<StoredTime[]> {
  const { rows } = await sql<StoredTime>`
    select object_id, collection_id, etag, body, shown from (
      select object_id, collection_id, etag, body, (index_data -> 'SHOWN')::int as shown, sum(size) over (order by object_id) - size as before from object
      where organisation_id = ${organisationId} and object_id > ${after}::uuid and component not in ('VCARD', 'FILE')
      order by object_id limit 500) o
    where before < ${octets} order by object_id`.execute(db);
  return rows;
}

/** Those of the collections on which somebody was granted something. */
export async function grantedAmong(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<string[]> {
  const { rows } = await sql<{ collection_id: string }>`
    select distinct collection_id from access_entry
    where organisation_id = ${organisationId} and collection_id = any(${[...collectionIds]}::uuid[])`.execute(db);
  return rows.map((row) => row.collection_id);
}

export interface NewTime {
  readonly objectId: string;
  /** Of the octets that it was reckoned from. */
  readonly etag: string;
  readonly startsAt: Date | undefined;
  readonly endsAt: Date | undefined;
  readonly indexData: Readonly<Record<string, unknown>> | undefined;
}

/**
 * Places objects anew, which is no change that clients are told of; one that was written meanwhile has its place already. Returns how
 * many lay elsewhere.
 */
export async function replaceTimes(db: Db, organisationId: string, times: readonly NewTime[]): Promise<number> {
  const { numAffectedRows } = await sql`
    update object set starts_at = n.starts_at, ends_at = n.ends_at, index_data = n.index_data
    from unnest(${times.map((t) => t.objectId)}::uuid[], ${times.map((t) => t.etag)}::text[],
      ${times.map((t) => t.startsAt ?? null)}::timestamptz[], ${times.map((t) => t.endsAt ?? null)}::timestamptz[],
      ${times.map((t) => (t.indexData ? JSON.stringify(t.indexData) : null))}::jsonb[])
      as n(object_id, etag, starts_at, ends_at, index_data)
    where object.organisation_id = ${organisationId} and object.object_id = n.object_id and object.etag = n.etag
      and (object.starts_at is distinct from n.starts_at or object.ends_at is distinct from n.ends_at
        or object.index_data is distinct from n.index_data)`.execute(db);
  return Number(numAffectedRows ?? 0);
}
