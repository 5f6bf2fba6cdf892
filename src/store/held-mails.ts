/** Which owners were told by mail that deletions are held, and when those are told whom no mail reached. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

/** A window of one device's deletions. */
export interface WindowKey {
  readonly organisationId: string;
  readonly windowId: string;
}

/** A mail that could not go out by then is no news any more. */
const NEWS_DAYS = 3;

/** The windows of all organisations in which something is held and whose owners are to be told now, the oldest first. */
export async function listHeldMails(db: Db, now: Date, limit: number): Promise<WindowKey[]> {
  const { rows } = await sql<WindowKey>`
    select organisation_id as "organisationId", window_id as "windowId" from deletion_window w
    where mailed_at is null and began_at > ${new Date(now.getTime() - NEWS_DAYS * 86_400_000)}
      and (mail_after is null or mail_after <= ${now})
      and exists (select 1 from device_deletion d where d.organisation_id = w.organisation_id and d.window_id = w.window_id and d.held)
    order by began_at limit ${limit}`.execute(db);
  return rows;
}

/** Claims one: for the one caller that may send it, how often it was claimed by now. */
export async function claimHeldMail(
  db: Db,
  { organisationId, windowId }: WindowKey,
  now: Date,
): Promise<number | undefined> {
  const { rows } = await sql<{ mail_attempts: number }>`
    update deletion_window set mailed_at = ${now}, mail_attempts = mail_attempts + 1
    where organisation_id = ${organisationId} and window_id = ${windowId} and mailed_at is null
    returning mail_attempts`.execute(db);
  return rows[0]?.mail_attempts;
}

/** Gives a claimed one back until `at`. */
export async function putOffHeldMail(db: Db, { organisationId, windowId }: WindowKey, at: Date): Promise<void> {
  await sql`update deletion_window set mailed_at = null, mail_after = ${at}
    where organisation_id = ${organisationId} and window_id = ${windowId}`.execute(db);
}
