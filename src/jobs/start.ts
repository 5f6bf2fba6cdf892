/** Starts what works in the background: the queue of stale cards, and every user's nightly run through pg-boss. */
import { PgBoss } from 'pg-boss';
import type { Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import { claimNight, listSleepers } from '../store/nights.ts';
import { isDue, latestNight, type NightSettings } from './night-schedule.ts';
import { type NightOf, runNight } from './nightly.ts';
import { startRescoreQueue } from './rescore-queue.ts';

export interface JobsContext extends Context {
  readonly databaseUrl: string;
  readonly runEngine: EngineRun;
  readonly nights: NightSettings;
  /** Pause between looks for stale cards, in milliseconds; default 1000. */
  readonly rescorePauseMs?: number;
}

export interface Jobs {
  /** Waits for what is being written, takes no new work. */
  stop(): Promise<void>;
}

const SCHEMA = 'pgboss';
const SCHEDULE = 'night-schedule';
const NIGHT = 'night';
const EVERY_QUARTER_HOUR = '*/15 * * * *';
const CONNECTIONS = 2;
const STOP_MS = 10_000;
const NIGHT_HOURS = 2;

/** Starts all jobs. Throws when the queue's tables cannot be made. */
export async function startJobs(context: JobsContext): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: context.databaseUrl,
    max: CONNECTIONS,
    schema: SCHEMA,
    application_name: 'doublon jobs',
  });
  boss.on('error', (error) => context.log.error({ error: String(error) }, 'job queue failed'));
  await boss.start();
  await boss.createQueue(SCHEDULE, { policy: 'short', retryLimit: 0 });
  await boss.createQueue(NIGHT, { retryLimit: 2, retryDelay: 600, expireInSeconds: NIGHT_HOURS * 3600 });
  await boss.work(SCHEDULE, async () => void (await sendNights(context, boss)));
  await boss.work<NightOf>(NIGHT, { batchSize: 1 }, async ([job]) => {
    if (job) await runNight(context, job.data, context.runEngine);
  });
  await boss.schedule(SCHEDULE, EVERY_QUARTER_HOUR);
  const queue = startRescoreQueue(context, {
    runEngine: context.runEngine,
    ...(context.rescorePauseMs === undefined ? {} : { pauseMs: context.rescorePauseMs }),
  });
  return {
    stop: async () => {
      await queue.stop();
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

/** Sends the nights that are due, each claimed so that of several processes one alone sends it. Returns how many. */
export async function sendNights(
  context: Pick<JobsContext, 'db' | 'clock' | 'nights'>,
  boss: { send(queue: string, data: NightOf): Promise<unknown> },
): Promise<number> {
  const now = context.clock.now();
  let sent = 0;
  for (const row of await listSleepers(context.db)) {
    const { organisation_id: organisationId, principal_id: ownerId } = row;
    const sleeper = {
      principalId: ownerId,
      timeZone: row.time_zone,
      createdAt: row.created_at,
      nightAt: row.night_at,
    };
    if (!isDue(sleeper, context.nights, now)) continue;
    if (!(await claimNight(context.db, organisationId, ownerId, latestNight(sleeper, context.nights, now)))) continue;
    await boss.send(NIGHT, { organisationId, ownerId });
    sent++;
  }
  return sent;
}
