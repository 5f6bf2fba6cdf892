/** Runs of the engine over one owner's books, and batches of merges: who started them, how far they are, what came out. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type RunRow = Row<'run'>;

/** The trigger of a run that is a batch of merges somebody asked for. */
export const MERGE_BATCH = 'merge-exact';
/** The trigger of a run that is a batch of merges made at night. */
export const NIGHTLY_BATCH = 'merge-nightly';
const BATCHES = [MERGE_BATCH, NIGHTLY_BATCH];

export function insertRun(db: Db, row: NewRow<'run'>): Promise<RunRow> {
  return db.insertInto('run').values(row).returningAll().executeTakeFirstOrThrow();
}

/** Says that the run still goes on, and how far it is. */
export async function reportRun(
  db: Db,
  organisationId: string,
  runId: string,
  numbers: Readonly<Record<string, number>>,
  now: Date,
): Promise<void> {
  await sql`
    update run set numbers = numbers || ${JSON.stringify(numbers)}::jsonb, heartbeat_at = ${now}
    where organisation_id = ${organisationId} and run_id = ${runId} and state = 'running'`.execute(db);
}

/** Ends a run; `error` makes it a failed one. A run that has ended stays as it is. */
export async function finishRun(
  db: Db,
  organisationId: string,
  runId: string,
  numbers: Readonly<Record<string, number>>,
  now: Date,
  error: string | null = null,
): Promise<void> {
  await sql`
    update run set numbers = numbers || ${JSON.stringify(numbers)}::jsonb, heartbeat_at = ${now}, finished_at = ${now},
      state = ${error === null ? 'done' : 'failed'}, error = ${error}
    where organisation_id = ${organisationId} and run_id = ${runId} and state = 'running'`.execute(db);
}

/** Notes when a failed run is tried again. */
export async function noteNextTry(db: Db, organisationId: string, runId: string, at: Date): Promise<void> {
  await db
    .updateTable('run')
    .set({ next_try_at: at })
    .where('organisation_id', '=', organisationId)
    .where('run_id', '=', runId)
    .where('state', '=', 'failed')
    .execute();
}

/** Goes on with a run that was cut off. */
export async function reopenRun(db: Db, organisationId: string, runId: string, now: Date): Promise<void> {
  await db
    .updateTable('run')
    .set({ state: 'running', heartbeat_at: now, finished_at: null, error: null })
    .where('organisation_id', '=', organisationId)
    .where('run_id', '=', runId)
    .execute();
}

const runsOf = (db: Db, organisationId: string, ownerId: string) =>
  db.selectFrom('run').selectAll().where('organisation_id', '=', organisationId).where('owner_id', '=', ownerId);

/** The owner's engine run that is going on, if its heartbeat is younger than `since`. */
export function findRunning(db: Db, organisationId: string, ownerId: string, since: Date): Promise<RunRow | undefined> {
  return runsOf(db, organisationId, ownerId)
    .where('state', '=', 'running')
    .where('trigger', 'not in', BATCHES)
    .where('heartbeat_at', '>=', since)
    .orderBy('started_at', 'desc')
    .executeTakeFirst();
}

/** Marks runs as failed whose process died: running, but silent since before `since`. */
export async function failSilentRuns(
  db: Db,
  organisationId: string,
  ownerId: string,
  since: Date,
  now: Date,
): Promise<void> {
  await db
    .updateTable('run')
    .set({ state: 'failed', finished_at: now, error: 'the process that ran it stopped' })
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('state', '=', 'running')
    .where('heartbeat_at', '<', since)
    .execute();
}

export function findRun(db: Db, organisationId: string, ownerId: string, runId: string): Promise<RunRow | undefined> {
  return runsOf(db, organisationId, ownerId).where('run_id', '=', runId).executeTakeFirst();
}

/** Newest first. */
export function listRuns(db: Db, organisationId: string, ownerId: string, limit: number): Promise<RunRow[]> {
  return runsOf(db, organisationId, ownerId).orderBy('started_at', 'desc').limit(limit).execute();
}

/** The owner's newest run of the engine; batches of merges are none. */
export function findLastEngineRun(db: Db, organisationId: string, ownerId: string): Promise<RunRow | undefined> {
  return runsOf(db, organisationId, ownerId)
    .where('trigger', 'not in', BATCHES)
    .orderBy('started_at', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** Removes runs that ended, and began before `before`, at most `limit`; returns how many. */
export async function pruneRuns(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ run_id: string }>`
    delete from run where organisation_id = ${organisationId} and run_id in (
      select run_id from run
      where organisation_id = ${organisationId} and started_at < ${before} and state <> 'running' limit ${limit})
    returning run_id`.execute(db);
  return rows.length;
}
