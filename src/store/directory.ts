/** The people of an organisation as its directory lists them, and the states of that list that devices were told. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Row } from './schema.ts';

export type DirectoryEntry = Pick<Row<'principal'>, 'principal_id' | 'display_name' | 'emails' | 'created_at'>;

/** The users that are not disabled, in order of their ids; one of them when `principalId` is given. */
export function listPeople(db: Db, organisationId: string, principalId?: string): Promise<DirectoryEntry[]> {
  let query = db
    .selectFrom('principal')
    .select(['principal_id', 'display_name', 'emails', 'created_at'])
    .where('organisation_id', '=', organisationId)
    .where('kind', '=', 'user')
    .where('disabled_at', 'is', null)
    .orderBy('principal_id');
  if (principalId !== undefined) query = query.where('principal_id', '=', principalId);
  return query.execute();
}

/** Entity tags of the cards by their names. */
export type DirectoryMembers = Readonly<Record<string, string>>;

/** Remembers a state under its digest. It is written again at most once a day, to tell those that are still asked for. */
export async function rememberState(
  db: Db,
  organisationId: string,
  digest: string,
  members: DirectoryMembers,
  now: Date,
): Promise<void> {
  const aDayAgo = new Date(now.getTime() - 24 * 3_600_000);
  await sql`
    insert into directory_state as known (organisation_id, digest, members, asked_at)
    values (${organisationId}, ${digest}, ${JSON.stringify(members)}::jsonb, ${now})
    on conflict (organisation_id, digest) do update set asked_at = excluded.asked_at
      where known.asked_at < ${aDayAgo}`.execute(db);
}

export async function findState(db: Db, organisationId: string, digest: string): Promise<DirectoryMembers | undefined> {
  const row = await db
    .selectFrom('directory_state')
    .select('members')
    .where('organisation_id', '=', organisationId)
    .where('digest', '=', digest)
    .executeTakeFirst();
  return row?.members;
}

/** Forgets states that were last asked for before a moment, at most `limit`. Returns how many. */
export async function pruneStates(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql`
    delete from directory_state where organisation_id = ${organisationId} and digest in (
      select digest from directory_state where organisation_id = ${organisationId} and asked_at < ${before} limit ${limit})
    returning digest`.execute(db);
  return rows.length;
}
