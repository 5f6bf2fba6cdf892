/** Organisations, principals, and the lookup from login name to organisation. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { PrincipalKind } from './schema/accounts.ts';
import type { NewRow, Row } from './schema.ts';

export type Principal = Row<'principal'>;

/** Where a login name belongs, or undefined: the only read that is not bound to an organisation. */
export function findLogin(db: Db, name: string): Promise<Row<'login'> | undefined> {
  return db.selectFrom('login').selectAll().where('name', '=', name).executeTakeFirst();
}

/** The principal a login name stands for, in one round trip; undefined when unknown or disabled. */
export function findPrincipalByLogin(db: Db, name: string): Promise<Principal | undefined> {
  return db
    .selectFrom('login')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'login.organisation_id')
        .onRef('principal.principal_id', '=', 'login.principal_id'),
    )
    .selectAll('principal')
    .where('login.name', '=', name)
    .where('principal.disabled_at', 'is', null)
    .executeTakeFirst();
}

export function findPrincipal(db: Db, organisationId: string, principalId: string): Promise<Principal | undefined> {
  return db
    .selectFrom('principal')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .executeTakeFirst();
}

/** The principals with the given ids, in any order. */
export function findPrincipals(db: Db, organisationId: string, principalIds: readonly string[]): Promise<Principal[]> {
  return db
    .selectFrom('principal')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where((e) => e('principal_id', '=', e.fn.any(e.val([...principalIds]))))
    .execute();
}

/** A principal by its name (path segment) within one organisation. */
export function findPrincipalByName(db: Db, organisationId: string, name: string): Promise<Principal | undefined> {
  return db
    .selectFrom('principal')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('name', '=', name)
    .executeTakeFirst();
}

/** All principals of an organisation, of one kind when given, by name. */
export function listPrincipals(db: Db, organisationId: string, kind?: PrincipalKind): Promise<Principal[]> {
  let query = db.selectFrom('principal').selectAll().where('organisation_id', '=', organisationId).orderBy('name');
  if (kind) query = query.where('kind', '=', kind);
  return query.execute();
}

/** Every user of every organisation, for the administrator's command line and the nightly schedule; never on a request's way. */
export function listAllUsers(db: Db): Promise<Principal[]> {
  return db
    .selectFrom('principal')
    .selectAll()
    .where('kind', '=', 'user')
    .orderBy('organisation_id')
    .orderBy('name')
    .execute();
}

export async function insertOrganisation(db: Db, row: NewRow<'organisation'>): Promise<void> {
  await db.insertInto('organisation').values(row).execute();
}

export function findOrganisation(db: Db, organisationId: string): Promise<Row<'organisation'> | undefined> {
  return db.selectFrom('organisation').selectAll().where('organisation_id', '=', organisationId).executeTakeFirst();
}

export function findOrganisationByName(db: Db, name: string): Promise<Row<'organisation'> | undefined> {
  return db.selectFrom('organisation').selectAll().where('name', '=', name).executeTakeFirst();
}

/** The oldest organisation: the one a command means that names none. */
export function firstOrganisation(db: Db): Promise<Row<'organisation'> | undefined> {
  return db.selectFrom('organisation').selectAll().orderBy('created_at').limit(1).executeTakeFirst();
}

/** Every organisation, oldest first: for jobs that go through all of them. */
export async function listOrganisationIds(db: Db): Promise<string[]> {
  const rows = await db.selectFrom('organisation').select('organisation_id').orderBy('created_at').execute();
  return rows.map((row) => row.organisation_id);
}

export async function countOrganisations(db: Db): Promise<number> {
  const row = await db
    .selectFrom('organisation')
    .select(db.fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow();
  return row.count;
}

export async function insertPrincipal(db: Db, row: NewRow<'principal'>): Promise<void> {
  await db.insertInto('principal').values(row).execute();
}

/** Claims a login name; false when another principal has it. */
export async function insertLogin(db: Db, row: NewRow<'login'>): Promise<boolean> {
  const result = await db
    .insertInto('login')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export type PrincipalPatch = Partial<
  Pick<
    NewRow<'principal'>,
    | 'display_name'
    | 'emails'
    | 'role'
    | 'password_hash'
    | 'password_temporary'
    | 'language'
    | 'time_zone'
    | 'region'
    | 'disabled_at'
    | 'quota_octets'
  >
>;

export async function updatePrincipal(
  db: Db,
  organisationId: string,
  principalId: string,
  patch: PrincipalPatch,
): Promise<void> {
  if (Object.keys(patch).length === 0) return;
  await db
    .updateTable('principal')
    .set(patch)
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .execute();
}

/** Takes `patch` over into the part `name` of a principal's settings; what the patch does not name stays. */
export async function patchSettings(
  db: Db,
  organisationId: string,
  principalId: string,
  name: string,
  patch: Readonly<Record<string, unknown>>,
): Promise<void> {
  await sql`
    update principal set settings = settings
      || jsonb_build_object(${name}::text, coalesce(settings -> ${name}::text, '{}') || ${JSON.stringify(patch)}::jsonb)
    where organisation_id = ${organisationId} and principal_id = ${principalId}`.execute(db);
}
