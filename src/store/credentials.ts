/** App passwords, and what a sign-in is checked against. Hashes come in and go out; what they are made of is `commands/authenticate.ts`. */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';
import { quickStatement } from './statement.ts';

export type AppPassword = Row<'app_password'>;

export async function insertAppPassword(db: Db, row: NewRow<'app_password'>): Promise<void> {
  await db.insertInto('app_password').values(row).execute();
}

/** What a name and the selector of a secret (the public first part of an app password) must match. */
export type Credential = Pick<
  Row<'principal'>,
  | 'organisation_id'
  | 'principal_id'
  | 'kind'
  | 'name'
  | 'role'
  | 'password_hash'
  | 'password_temporary'
  | 'second_factor'
> & { readonly app_password_id: string | null; readonly app_password_hash: string | null };

const CREDENTIAL = quickStatement<Credential>(`
  select p.organisation_id, p.principal_id, p.kind, p.name, p.role, p.password_hash, p.password_temporary, p.second_factor,
    a.app_password_id, a.hash as app_password_hash
  from login l
  join principal p on p.organisation_id = l.organisation_id and p.principal_id = l.principal_id
  left join app_password a on a.organisation_id = p.organisation_id and a.principal_id = p.principal_id and a.selector = $2
  where l.name in ($1, $3) and p.disabled_at is null
  order by l.name = $1 desc limit 1`);

/**
 * Undefined for a name that is unknown or disabled; without an app password where the principal has none with the selector.
 * Phones begin a name with a capital by themselves: where nobody has it so, the name in small letters is meant.
 */
export async function findCredential(
  db: Db,
  name: string,
  selector: string | undefined,
): Promise<Credential | undefined> {
  return (await CREDENTIAL(db, name, selector ?? null, name.toLowerCase()))[0];
}

export function listAppPasswords(db: Db, organisationId: string, principalId: string): Promise<AppPassword[]> {
  return db
    .selectFrom('app_password')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .orderBy('created_at')
    .execute();
}

/** Revokes one app password; its name, or undefined when the principal has none with this id. */
export async function deleteAppPassword(
  db: Db,
  organisationId: string,
  principalId: string,
  id: string,
): Promise<string | undefined> {
  const gone = await db
    .deleteFrom('app_password')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .where('app_password_id', '=', id)
    .returning('name')
    .executeTakeFirst();
  return gone?.name;
}

/** Revokes all app passwords of a principal. */
export async function deleteAppPasswordsOf(db: Db, organisationId: string, principalId: string): Promise<void> {
  await db
    .deleteFrom('app_password')
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .execute();
}

/** Gives an app password another name; false when the principal has none with this id. */
export async function renameAppPassword(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  id: string,
  name: string,
): Promise<boolean> {
  const result = await db
    .updateTable('app_password')
    .set({ name })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .where('app_password_id', '=', id)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Notes that a device was here; without an address the one known stays. */
export async function touchAppPassword(
  db: Db,
  organisationId: string,
  id: string,
  at: Date,
  address?: string,
): Promise<void> {
  await db
    .updateTable('app_password')
    .set({ last_used_at: at, ...(address === undefined ? {} : { last_used_from: address }) })
    .where('organisation_id', '=', organisationId)
    .where('app_password_id', '=', id)
    .execute();
}
