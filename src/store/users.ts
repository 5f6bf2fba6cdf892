/** Users as an administrator sees them: pages, further login names, octets used, removal. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { forgetDeleted } from './deleted-collections.ts';
import type { Principal } from './principals.ts';

/** Principals of an organisation by name, of those behind `after` when given. */
export function principalsByName(db: Db, organisationId: string, after: string | undefined, limit: number) {
  const query = db
    .selectFrom('principal')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('name')
    .limit(limit);
  return after === undefined ? query : query.where('name', '>', after);
}

/** Users of an organisation by name; `search` is looked for in name, displayed name and e-mail addresses. */
export function pageOfUsers(
  db: Db,
  organisationId: string,
  filter: { readonly search?: string | undefined; readonly after?: string | undefined },
  limit: number,
): Promise<Principal[]> {
  let query = principalsByName(db, organisationId, filter.after, limit).where('kind', '=', 'user');
  if (filter.search) {
    const pattern = `%${filter.search.replaceAll(/[\\%_]/g, '\\$&')}%`;
    query = query.where(
      sql<boolean>`(name ilike ${pattern} or display_name ilike ${pattern} or array_to_string(emails, ' ') ilike ${pattern})`,
    );
  }
  return query.execute();
}

/** Login names of principals, by principal id; each list holds the principal's own name too. */
export async function loginsOf(
  db: Db,
  organisationId: string,
  principalIds: readonly string[],
): Promise<Map<string, string[]>> {
  const logins = new Map<string, string[]>();
  if (principalIds.length === 0) return logins;
  const rows = await db
    .selectFrom('login')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', 'in', principalIds)
    .orderBy('name')
    .execute();
  for (const { principal_id, name } of rows) logins.set(principal_id, [...(logins.get(principal_id) ?? []), name]);
  return logins;
}

/** Gives a login name back; false when it is not the principal's. */
export async function deleteLogin(db: Db, organisationId: string, principalId: string, name: string): Promise<boolean> {
  const result = await db
    .deleteFrom('login')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .where('name', '=', name)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Octets of all objects that each owner keeps. */
export async function octetsUsedBy(
  db: Db,
  organisationId: string,
  ownerIds: readonly string[],
): Promise<Map<string, number>> {
  if (ownerIds.length === 0) return new Map();
  const { rows } = await sql<{ owner_id: string; octets: string }>`
    select collection.owner_id, sum(object.size)::text as octets
    from collection join object
      on object.organisation_id = collection.organisation_id and object.collection_id = collection.collection_id
    where collection.organisation_id = ${organisationId} and object.organisation_id = ${organisationId}
      and collection.owner_id = any(${[...ownerIds]}::uuid[])
    group by collection.owner_id`.execute(db);
  return new Map(rows.map((row) => [row.owner_id, Number(row.octets)]));
}

/** Locks the organisation's administrators who can sign in, and gives their ids: so that two requests cannot remove the last two. */
export async function lockAdministrators(db: Db, organisationId: string): Promise<string[]> {
  const { rows } = await sql<{ principal_id: string }>`
    select principal_id from principal
    where organisation_id = ${organisationId} and kind = 'user' and role = 'administrator' and disabled_at is null
    order by principal_id for update`.execute(db);
  return rows.map((row) => row.principal_id);
}

/**
 * Removes a principal with its login names, credentials, collections and all that is or was in them (foreign keys cascade).
 * Call inside a transaction.
 */
export async function deletePrincipal(db: Db, organisationId: string, principalId: string): Promise<void> {
  await forgetHistoryOf(db, organisationId, principalId);
  await sql`
    delete from dead_property where organisation_id = ${organisationId} and resource_id in (
      select ${principalId}::uuid
      union all select collection_id from collection
        where organisation_id = ${organisationId} and owner_id = ${principalId}
      union all select object.object_id from object join collection
        on collection.organisation_id = object.organisation_id and collection.collection_id = object.collection_id
        where collection.organisation_id = ${organisationId} and collection.owner_id = ${principalId})`.execute(db);
  await sql`delete from login where organisation_id = ${organisationId} and principal_id = ${principalId}`.execute(db);
  await sql`delete from principal where organisation_id = ${organisationId} and principal_id = ${principalId}`.execute(
    db,
  );
}

/** What was in collections of a principal, deleted ones too: no foreign key leads there. */
async function forgetHistoryOf(db: Db, organisationId: string, ownerId: string): Promise<void> {
  const rows = await db
    .selectFrom('collection')
    .select('collection_id')
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .union(
      db
        .selectFrom('deleted_collection')
        .select('collection_id')
        .where('organisation_id', '=', organisationId)
        .where('owner_id', '=', ownerId),
    )
    .execute();
  await forgetDeleted(
    db,
    organisationId,
    rows.map((row) => row.collection_id),
  );
}
