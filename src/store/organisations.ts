/** What an administrator sees of the organisation as a whole. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface OrganisationPatch {
  readonly name?: string;
  /** Taken over into the part `newUsers` of the settings; what it does not name stays. */
  readonly newUsers?: Readonly<Record<string, unknown>>;
}

export async function updateOrganisation(db: Db, organisationId: string, patch: OrganisationPatch): Promise<void> {
  const name = patch.name ?? null;
  const newUsers = JSON.stringify(patch.newUsers ?? {});
  await sql`
    update organisation set name = coalesce(${name}::text, name), settings = settings
      || jsonb_build_object('newUsers', coalesce(settings -> 'newUsers', '{}') || ${newUsers}::jsonb)
    where organisation_id = ${organisationId}`.execute(db);
}

export interface OrganisationNumbers {
  readonly users: number;
  readonly administrators: number;
  readonly disabled: number;
  readonly secondFactor: number;
  readonly octetsUsed: number;
}

/** Counted now: the octets cost a pass over the index of all objects. */
export async function organisationNumbers(db: Db, organisationId: string): Promise<OrganisationNumbers> {
  const counted = sql<Omit<OrganisationNumbers, 'octetsUsed'>>`
    select count(*)::int as users,
      count(*) filter (where role = 'administrator' and disabled_at is null)::int as administrators,
      count(*) filter (where disabled_at is not null)::int as disabled,
      count(*) filter (where second_factor)::int as "secondFactor"
    from principal where organisation_id = ${organisationId} and kind = 'user'`.execute(db);
  const weighed = sql<{ octets: string }>`
    select coalesce(sum(size), 0)::text as octets from object where organisation_id = ${organisationId}`.execute(db);
  const [{ rows }, { rows: octets }] = await Promise.all([counted, weighed]);
  return { ...rows[0]!, octetsUsed: Number(octets[0]!.octets) };
}
