/** Sealed settings behind one-time links. */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type SetUpLink = Row<'set_up_link'>;

export async function insertSetUpLink(db: Db, row: NewRow<'set_up_link'>): Promise<void> {
  await db.insertInto('set_up_link').values(row).execute();
}

/** Takes the link that has not expired at `now` away and gives what it held: of two that come at once, one gets it. */
export function takeSetUpLink(
  db: Db,
  organisationId: string,
  tokenHash: string,
  now: Date,
): Promise<SetUpLink | undefined> {
  return db
    .deleteFrom('set_up_link')
    .where('organisation_id', '=', organisationId)
    .where('token_hash', '=', tokenHash)
    .where('expires_at', '>', now)
    .returningAll()
    .executeTakeFirst();
}

/** Forgets links of an organisation that expired before `before`. */
export async function pruneSetUpLinks(db: Db, organisationId: string, before: Date): Promise<void> {
  await db
    .deleteFrom('set_up_link')
    .where('organisation_id', '=', organisationId)
    .where('expires_at', '<', before)
    .execute();
}
