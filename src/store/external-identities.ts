/** Which account a person at an OpenID provider is, by issuer and subject. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Principal } from './principals.ts';
import type { NewRow } from './schema.ts';

/** The account bound to a subject of an issuer, disabled ones too. */
export function findPrincipalBySubject(
  db: Db,
  organisationId: string,
  issuer: string,
  subject: string,
): Promise<Principal | undefined> {
  return db
    .selectFrom('external_identity')
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'external_identity.organisation_id')
        .onRef('principal.principal_id', '=', 'external_identity.principal_id'),
    )
    .selectAll('principal')
    .where('external_identity.organisation_id', '=', organisationId)
    .where('external_identity.issuer', '=', issuer)
    .where('external_identity.subject', '=', subject)
    .executeTakeFirst();
}

/** Binds a subject to an account; one that is bound already stays with its account. */
export async function bindSubject(db: Db, row: NewRow<'external_identity'>): Promise<void> {
  await db
    .insertInto('external_identity')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Users with this e-mail address, whatever its case; more than one means that it names nobody. */
export async function findUsersByEmail(db: Db, organisationId: string, email: string): Promise<Principal[]> {
  return db
    .selectFrom('principal')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('kind', '=', 'user')
    .where(sql<boolean>`exists (select 1 from unnest(emails) as each where lower(each) = lower(${email}))`)
    .limit(2)
    .execute();
}
