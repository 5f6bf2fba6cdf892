/** Invitations to an organisation: one-time links, of which only a digest is kept. */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type Invitation = Row<'invitation'>;

export async function insertInvitation(db: Db, row: NewRow<'invitation'>): Promise<void> {
  await db.insertInto('invitation').values(row).execute();
}

/** The invitation with this digest that nobody has accepted and that has not expired at `now`. */
export function findOpenInvitation(
  db: Db,
  organisationId: string,
  tokenHash: string,
  now: Date,
): Promise<Invitation | undefined> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('token_hash', '=', tokenHash)
    .where('accepted_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}

/** Newest first, of those older than `before` when given. */
export function listInvitations(db: Db, organisationId: string, limit: number, before?: string): Promise<Invitation[]> {
  let query = db
    .selectFrom('invitation')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .orderBy('invitation_id', 'desc')
    .limit(limit);
  if (before) query = query.where('invitation_id', '<', before);
  return query.execute();
}

export function findInvitation(db: Db, organisationId: string, invitationId: string): Promise<Invitation | undefined> {
  return db
    .selectFrom('invitation')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('invitation_id', '=', invitationId)
    .executeTakeFirst();
}

/** Takes the invitation for a new user; false when somebody else was faster. */
export async function acceptInvitationRow(
  db: Db,
  organisationId: string,
  invitationId: string,
  name: string,
  now: Date,
): Promise<boolean> {
  const result = await db
    .updateTable('invitation')
    .set({ accepted_at: now, accepted_name: name })
    .where('organisation_id', '=', organisationId)
    .where('invitation_id', '=', invitationId)
    .where('accepted_at', 'is', null)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}

/** Removes an invitation; false when there is none with this id. */
export async function deleteInvitation(db: Db, organisationId: string, invitationId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('invitation')
    .where('organisation_id', '=', organisationId)
    .where('invitation_id', '=', invitationId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
