/** Forgetting merges: first their octets, later that they were. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * Drops the octets of merges older than `before`, at most `limit` of them: they can no longer be undone. What they took away
 * is still known, so that a device that was away for long does not bring a duplicate back. Returns how many.
 */
export async function forgetMerges(
  db: Db,
  organisationId: string,
  before: Date,
  limit: number,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ merge_id: string }>`
    with old as (
      select merge_id from merge
      where organisation_id = ${organisationId} and merged_at < ${before} and forgotten_at is null
      order by merged_at limit ${limit}
    ), gone as (
      delete from merge_object where organisation_id = ${organisationId} and merge_id in (select merge_id from old)
    )
    update merge set forgotten_at = ${now}
    where organisation_id = ${organisationId} and merge_id in (select merge_id from old)
    returning merge_id`.execute(db);
  return rows.length;
}

/**
 * Removes merges altogether that were undone and forgotten, or are older than `before`, at most `limit`. Returns how many.
 */
export async function pruneMerges(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ merge_id: string }>`
    delete from merge where organisation_id = ${organisationId} and merge_id in (
      select merge_id from merge where organisation_id = ${organisationId}
        and forgotten_at is not null and (undone_at is not null or merged_at < ${before})
      limit ${limit})
    returning merge_id`.execute(db);
  return rows.length;
}
