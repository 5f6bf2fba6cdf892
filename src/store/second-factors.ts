/** Keys of time-based codes and digests of recovery codes. Taking a code is one statement, so that no code counts twice. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type SecondFactor = Row<'second_factor'>;

export function findSecondFactor(
  db: Db,
  organisationId: string,
  principalId: string,
): Promise<SecondFactor | undefined> {
  return db
    .selectFrom('second_factor')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('principal_id', '=', principalId)
    .executeTakeFirst();
}

/** Begins an enrolment, instead of one that was begun and not confirmed; false when one is confirmed already. */
export async function beginSecondFactor(db: Db, row: NewRow<'second_factor'>): Promise<boolean> {
  const { rows } = await sql<{ secret: string }>`
    insert into second_factor (organisation_id, principal_id, secret, key_id, created_at)
    values (${row.organisation_id}, ${row.principal_id}, ${row.secret}, ${row.key_id}, ${row.created_at})
    on conflict (organisation_id, principal_id) do update
      set secret = excluded.secret, key_id = excluded.key_id, created_at = excluded.created_at, last_step = 0
      where second_factor.confirmed_at is null
    returning secret`.execute(db);
  return rows.length === 1;
}

/** Confirms an enrolment with its first code and its recovery codes; false when another request did. */
export async function confirmSecondFactor(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  step: number,
  recoveryHashes: readonly string[],
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('second_factor')
    .set({ confirmed_at: now, last_step: step, recovery_hashes: [...recoveryHashes] })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .where('confirmed_at', 'is', null)
    .executeTakeFirst();
  if (result.numUpdatedRows !== 1n) return false;
  await setFlag(db, who, true);
  return true;
}

/** Takes the code of a time step, and stores the key otherwise where it is given; false when that or a later code was taken before. */
export async function takeStep(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  step: number,
  secret: Pick<SecondFactor, 'secret' | 'key_id'> | undefined,
): Promise<boolean> {
  const result = await db
    .updateTable('second_factor')
    .set({ last_step: step, ...secret })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .where('last_step', '<', step)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** All of an organisation, confirmed or not. */
export function listSecondFactors(db: Db, organisationId: string): Promise<SecondFactor[]> {
  return db.selectFrom('second_factor').selectAll().where('organisation_id', '=', organisationId).execute();
}

/** The key as it shall be stored, and the row as it was read. */
export interface SecretChange extends Pick<SecondFactor, 'secret' | 'key_id'> {
  readonly present: SecondFactor;
}

/** Stores keys otherwise, where they still are as they were read; says of how many. */
export async function changeSecrets(db: Db, organisationId: string, changes: readonly SecretChange[]): Promise<number> {
  const { rows } = await sql`
    update second_factor set secret = changed.secret, key_id = changed.key_id
    from unnest(
      ${changes.map(({ present }) => present.principal_id)}::uuid[], ${changes.map(({ present }) => present.secret)}::text[],
      ${changes.map(({ secret }) => secret)}::text[], ${changes.map(({ key_id }) => key_id)}::text[]
    ) as changed (principal_id, present, secret, key_id)
    where second_factor.organisation_id = ${organisationId}
      and second_factor.principal_id = changed.principal_id and second_factor.secret = changed.present
    returning second_factor.principal_id`.execute(db);
  return rows.length;
}

/** Takes a recovery code; false when it is none, or was taken before. */
export async function takeRecoveryCode(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  hash: string,
): Promise<boolean> {
  const { rows } = await sql<{ principal_id: string }>`
    update second_factor set recovery_hashes = array_remove(recovery_hashes, ${hash})
    where organisation_id = ${who.organisationId} and principal_id = ${who.principalId}
      and confirmed_at is not null and ${hash} = any(recovery_hashes)
    returning principal_id`.execute(db);
  return rows.length === 1;
}

/** Puts other recovery codes in place of the present ones; false when no enrolment is confirmed. */
export async function replaceRecoveryHashes(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  hashes: readonly string[],
): Promise<boolean> {
  const result = await db
    .updateTable('second_factor')
    .set({ recovery_hashes: [...hashes] })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .where('confirmed_at', 'is not', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Ends two-factor sign-in for a principal. Call inside a transaction. */
export async function deleteSecondFactor(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
): Promise<void> {
  await db
    .deleteFrom('second_factor')
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .execute();
  await setFlag(db, who, false);
}

/** The flag on the principal spares every request a second look-up. */
async function setFlag(
  db: Db,
  who: { readonly organisationId: string; readonly principalId: string },
  on: boolean,
): Promise<void> {
  await db
    .updateTable('principal')
    .set({ second_factor: on })
    .where('organisation_id', '=', who.organisationId)
    .where('principal_id', '=', who.principalId)
    .execute();
}
