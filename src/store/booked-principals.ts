/** Principals that nobody signs in as: groups, things and rooms, as an administrator sees them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Principal } from './principals.ts';
import type { PrincipalKind } from './schema/accounts.ts';
import { principalsByName } from './users.ts';

/** Groups, resources and locations by name. */
export function pageOfPrincipals(
  db: Db,
  organisationId: string,
  filter: { readonly kind?: PrincipalKind | undefined; readonly after?: string | undefined },
  limit: number,
): Promise<Principal[]> {
  const query = principalsByName(db, organisationId, filter.after, limit).where('kind', '!=', 'user');
  return (filter.kind ? query.where('kind', '=', filter.kind) : query).execute();
}

export interface Members {
  readonly count: number;
  /** The first ones by name. */
  readonly names: string[];
}

/** How many members each group has, and the names of the first `most`. */
export async function membersOf(
  db: Db,
  organisationId: string,
  groupIds: readonly string[],
  most: number,
): Promise<Map<string, Members>> {
  if (groupIds.length === 0) return new Map();
  const { rows } = await sql<{ group_id: string; count: number; names: string[] }>`
    select group_id, count(*)::int as count, (array_agg(name order by name))[1:${most}::int] as names
    from group_member join principal
      on principal.organisation_id = group_member.organisation_id and principal.principal_id = group_member.member_id
    where group_member.organisation_id = ${organisationId} and principal.organisation_id = ${organisationId}
      and group_id = any(${[...groupIds]}::uuid[])
    group by group_id`.execute(db);
  return new Map(rows.map(({ group_id, count, names }) => [group_id, { count, names }]));
}

/** Ids of principals by name, of those that exist and are no group. */
export async function idsByName(
  db: Db,
  organisationId: string,
  names: readonly string[],
): Promise<Map<string, string>> {
  if (names.length === 0) return new Map();
  const rows = await db
    .selectFrom('principal')
    .select(['name', 'principal_id'])
    .where('organisation_id', '=', organisationId)
    .where('name', 'in', [...names])
    .where('kind', '!=', 'group')
    .execute();
  return new Map(rows.map(({ name, principal_id }) => [name, principal_id]));
}
