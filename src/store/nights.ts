/** Users' nights: who is due, whose night was left unfinished, what came of it and whether the mail about it went out. */
import { sql } from 'kysely';
import { type Db, inTransaction } from './database.ts';
import type { Row } from './schema.ts';

export type NightRow = Row<'night'>;

/** One night of one user. */
export interface NightKey {
  readonly organisationId: string;
  readonly ownerId: string;
  readonly nightAt: Date;
}

export interface SleeperRow {
  readonly organisation_id: string;
  readonly principal_id: string;
  readonly time_zone: string | null;
  readonly created_at: Date;
  readonly night_at: Date | null;
}

/** Every enabled user that has cards, with the time of the last nightly run; for the scheduler, never on a request's way. */
export async function listSleepers(db: Db): Promise<SleeperRow[]> {
  const { rows } = await sql<SleeperRow>`
    select p.organisation_id, p.principal_id, p.time_zone, p.created_at, d.night_at
    from principal p
    left join dedup_state d on d.organisation_id = p.organisation_id and d.owner_id = p.principal_id
    where p.disabled_at is null and exists (
      select 1 from record r where r.organisation_id = p.organisation_id and r.owner_id = p.principal_id)
    order by p.organisation_id, p.principal_id`.execute(db);
  return rows;
}

/**
 * Claims a user's night: true for the one caller that moves `night_at` forward, false when another process was first.
 * Earlier nights that were left unfinished are given up: this one does their work.
 */
export function claimNight(db: Db, { organisationId, ownerId, nightAt }: NightKey, now: Date): Promise<boolean> {
  return inTransaction(db, async (tx) => {
    const { rows } = await sql<{ owner_id: string }>`
      insert into dedup_state as known (organisation_id, owner_id, night_at) values (${organisationId}, ${ownerId}, ${nightAt})
      on conflict (organisation_id, owner_id) do update set night_at = ${nightAt}
        where known.night_at is null or known.night_at < ${nightAt}
      returning owner_id`.execute(tx);
    if (rows.length === 0) return false;
    await sql`
      update night set state = 'failed' where organisation_id = ${organisationId} and owner_id = ${ownerId}
        and state = 'running'`.execute(tx);
    await sql`
      insert into night (organisation_id, owner_id, night_at, state, attempts, heartbeat_at)
      values (${organisationId}, ${ownerId}, ${nightAt}, 'running', 1, ${now})`.execute(tx);
    return true;
  });
}

const keyOf = (row: { organisation_id: string; owner_id: string; night_at: Date }): NightKey => ({
  organisationId: row.organisation_id,
  ownerId: row.owner_id,
  nightAt: row.night_at,
});

/** Nights at work that were not heard of since `silentSince`: their process died, or a step of theirs failed. */
export async function listSilentNights(db: Db, silentSince: Date): Promise<NightKey[]> {
  const { rows } = await sql<{ organisation_id: string; owner_id: string; night_at: Date }>`
    select organisation_id, owner_id, night_at from night where state = 'running' and heartbeat_at < ${silentSince}
    order by heartbeat_at`.execute(db);
  return rows.map(keyOf);
}

/** Takes a silent night over: true for one caller. After `mostAttempts` it is given up instead, and false. */
export async function takeOverNight(
  db: Db,
  { organisationId, ownerId, nightAt }: NightKey,
  silentSince: Date,
  mostAttempts: number,
  now: Date,
): Promise<boolean> {
  const { rows } = await sql<{ state: string }>`
    update night set heartbeat_at = ${now}, attempts = attempts + 1,
      state = case when attempts < ${mostAttempts} then 'running' else 'failed' end
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and night_at = ${nightAt}
      and state = 'running' and heartbeat_at < ${silentSince}
    returning state`.execute(db);
  return rows[0]?.state === 'running';
}

export function findNight(db: Db, { organisationId, ownerId, nightAt }: NightKey): Promise<NightRow | undefined> {
  return db
    .selectFrom('night')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('night_at', '=', nightAt)
    .executeTakeFirst();
}

/** The user's nights, newest first, of those before `before` when given. */
export function listNights(
  db: Db,
  organisationId: string,
  ownerId: string,
  { limit, before }: { readonly limit: number; readonly before?: Date | undefined },
): Promise<NightRow[]> {
  const query = db
    .selectFrom('night')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .orderBy('night_at', 'desc')
    .limit(limit);
  return (before ? query.where('night_at', '<', before) : query).execute();
}

const DAY_MS = 24 * 60 * 60_000;

/** From when on a suggestion is new to a night: since the end of the one before, or a day before the first. */
export async function newSince(db: Db, { organisationId, ownerId, nightAt }: NightKey): Promise<Date> {
  const before = await db
    .selectFrom('night')
    .select('heartbeat_at')
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('night_at', '<', nightAt)
    .orderBy('night_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return before?.heartbeat_at ?? new Date(nightAt.getTime() - DAY_MS);
}

export type NightPatch = Partial<
  Pick<NightRow, 'state' | 'heartbeat_at' | 'merge_run_id' | 'failed' | 'mail' | 'mail_after' | 'mail_attempts'>
>;

/** Notes how far a night is; `numbers` are added to those that are there. */
export async function updateNight(
  db: Db,
  { organisationId, ownerId, nightAt }: NightKey,
  patch: NightPatch,
  numbers: Readonly<Record<string, number>> = {},
): Promise<void> {
  await db
    .updateTable('night')
    .set({ ...patch, numbers: sql`numbers || ${JSON.stringify(numbers)}::jsonb` })
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('night_at', '=', nightAt)
    .execute();
}

/** Nights whose mail is due at `now`, the longest waiting first. */
export async function listDueMails(db: Db, now: Date, limit: number): Promise<NightKey[]> {
  const { rows } = await sql<{ organisation_id: string; owner_id: string; night_at: Date }>`
    select organisation_id, owner_id, night_at from night where mail = 'due' and mail_after <= ${now}
    order by mail_after limit ${limit}`.execute(db);
  return rows.map(keyOf);
}

/** Claims a due mail: for the one caller that may send it, how often it was claimed by now. It is 'sending' from then on. */
export async function claimMail(db: Db, { organisationId, ownerId, nightAt }: NightKey): Promise<number | undefined> {
  const { rows } = await sql<{ mail_attempts: number }>`
    update night set mail = 'sending', mail_attempts = mail_attempts + 1
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and night_at = ${nightAt} and mail = 'due'
    returning mail_attempts`.execute(db);
  return rows[0]?.mail_attempts;
}

/** Removes nights before `before`, at most `limit`; returns how many. */
export async function pruneNights(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ owner_id: string }>`
    delete from night where organisation_id = ${organisationId} and (owner_id, night_at) in (
      select owner_id, night_at from night where organisation_id = ${organisationId} and night_at < ${before}
      limit ${limit})
    returning owner_id`.execute(db);
  return rows.length;
}
