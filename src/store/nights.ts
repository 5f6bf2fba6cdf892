/** Whose nightly run is when: read for all users at once by the scheduler, never on a request's way. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface SleeperRow {
  readonly organisation_id: string;
  readonly principal_id: string;
  readonly time_zone: string | null;
  readonly created_at: Date;
  readonly night_at: Date | null;
}

/** Every enabled user that has cards, with the time of the last nightly run. */
export async function listSleepers(db: Db): Promise<SleeperRow[]> {
  const { rows } = await sql<SleeperRow>`
    select p.organisation_id, p.principal_id, p.time_zone, p.created_at, d.night_at
    from principal p
    left join dedup_state d on d.organisation_id = p.organisation_id and d.owner_id = p.principal_id
    where p.disabled_at is null and exists (
      select 1 from record r where r.organisation_id = p.organisation_id and r.owner_id = p.principal_id)
    order by p.organisation_id, p.principal_id`.execute(db);
  return rows;
}

/**
 * Claims a user's night: true for the one caller that moves `night_at` to `night`, false when another process was first.
 */
export async function claimNight(db: Db, organisationId: string, ownerId: string, night: Date): Promise<boolean> {
  const { rows } = await sql<{ owner_id: string }>`
    insert into dedup_state as known (organisation_id, owner_id, night_at) values (${organisationId}, ${ownerId}, ${night})
    on conflict (organisation_id, owner_id) do update set night_at = ${night}
      where known.night_at is null or known.night_at < ${night}
    returning owner_id`.execute(db);
  return rows.length > 0;
}
