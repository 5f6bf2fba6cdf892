/** What a collection held at a moment: present objects written by then, and versions whose time covers it. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { HEAD_OCTETS } from './history.ts';

export interface StateEntry {
  readonly name: string;
  readonly uid: string | null;
  readonly etag: string;
  /** Undefined: the octets are those of the present object. */
  readonly seq: number | undefined;
}

/** What a collection held at a moment, by name: present objects written by then, and versions whose time covers it. */
export async function stateAt(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
): Promise<StateEntry[]> {
  const { rows } = await sql<{ name: string; uid: string | null; etag: string; seq: number | null }>`
    select name, uid, etag, null::bigint as seq from object
    where organisation_id = ${organisationId} and collection_id = ${collectionId} and modified_at <= ${moment}
    union all
    select name, uid, etag, seq from object_version
    where organisation_id = ${organisationId} and collection_id = ${collectionId}
      and written_at <= ${moment} and ended_at > ${moment}
    order by name`.execute(db);
  return rows.map(({ seq, ...row }) => ({ ...row, seq: seq ?? undefined }));
}

/** The beginnings of what the objects of these names held at a moment, by name. */
export async function headsAt(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
  names: readonly string[],
): Promise<Map<string, Buffer>> {
  const wanted = sql`organisation_id = ${organisationId} and collection_id = ${collectionId}
      and name = any(${[...names]}::text[])`;
  const { rows } = await sql<{ name: string; head: Buffer }>`
    select name, substring(body from 1 for ${sql.lit(HEAD_OCTETS)}) as head from object
    where ${wanted} and modified_at <= ${moment}
    union all
    select name, substring(body from 1 for ${sql.lit(HEAD_OCTETS)}) from object_version
    where ${wanted} and written_at <= ${moment} and ended_at > ${moment}`.execute(db);
  return new Map(rows.map((row) => [row.name, row.head]));
}

/** Names of objects that were there at a moment, but what they held then has been pruned since. */
export async function lostSince(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from object
    where organisation_id = ${organisationId} and collection_id = ${collectionId}
      and created_at <= ${moment} and modified_at > ${moment} and not exists (
        select 1 from object_version v where v.organisation_id = ${organisationId}
          and v.object_id = object.object_id and v.ended_at > ${moment})`.execute(db);
  return new Set(rows.map((row) => row.name));
}
