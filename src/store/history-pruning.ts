/** Forgetting earlier versions of objects: the old ones, and those beyond an owner's share. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * Forgets the oldest versions, at most `limit`, of each owner in the organisation who has more octets of them than `most`;
 * returns how many. What went with its collection neither counts nor goes.
 */
export async function pruneVersionsBeyond(
  db: Db,
  organisationId: string,
  most: number,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    with owned as (
      select c.owner_id, v.collection_id, v.seq, v.size, v.ended_at from object_version v
      join collection c on c.organisation_id = v.organisation_id and c.collection_id = v.collection_id
      where v.organisation_id = ${organisationId} and v.deletion_id is null
    ), ranked as (
      select collection_id, seq, sum(size::bigint) over (partition by owner_id order by ended_at desc, collection_id, seq desc) as octets
      from owned where owner_id in (select owner_id from owned group by owner_id having sum(size::bigint) > ${most})
    )
    delete from object_version where organisation_id = ${organisationId} and (collection_id, seq) in (
      select collection_id, seq from ranked where octets > ${most} limit ${limit})
    returning seq`.execute(db);
  return rows.length;
}

/**
 * Forgets versions of one organisation that ended before `before`, at most `limit`; returns how many. What went with its
 * collection goes with that (`pruneDeletedCollections`).
 */
export async function pruneVersions(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    delete from object_version where organisation_id = ${organisationId} and (collection_id, seq) in (
      select collection_id, seq from object_version
      where organisation_id = ${organisationId} and ended_at < ${before} and deletion_id is null limit ${limit})
    returning seq`.execute(db);
  return rows.length;
}
