/** Starts what works in the background: the queue of stale cards, users' nights, housekeeping and mails through pg-boss. */
import { PgBoss } from 'pg-boss';
import type { EngineRun } from '../commands/engine-run.ts';
import { DEFAULT_RETENTION, type Retention } from '../commands/retention.ts';
import type { Mailer } from '../mail/letter.ts';
import { claimNight, listSilentNights, listSleepers, type NightKey, takeOverNight } from '../store/nights.ts';
import { sendDigests } from './digests.ts';
import { type FollowersContext, startFollowers } from './followers.ts';
import { sendHeldDeletions } from './held-deletion-mails.ts';
import { keepHouse } from './housekeeping.ts';
import { isDue, latestNight, type NightSettings } from './night-schedule.ts';
import { MOST_ATTEMPTS, runNight, SILENT_NIGHT_MS } from './nightly.ts';
import { startRescoreQueue } from './rescore-queue.ts';

export interface JobsContext extends FollowersContext {
  readonly databaseUrl: string;
  readonly runEngine: EngineRun;
  readonly nights: NightSettings;
  /** Default: 90 days each. */
  readonly retention?: Retention;
  /** Absent: no mail is sent. */
  readonly mail?: { readonly mailer: Mailer; readonly pageUrl: string };
  /** Pause between looks for stale cards, in milliseconds; default 1000. */
  readonly rescorePauseMs?: number;
}

export interface Jobs {
  /** Waits for what is being written, takes no new work. */
  stop(): Promise<void>;
}

/** A night as it travels through the queue. */
export interface NightJob {
  readonly organisationId: string;
  readonly ownerId: string;
  /** ISO 8601. */
  readonly nightAt: string;
}

const SCHEMA = 'pgboss';
const SCHEDULE = 'night-schedule';
const NIGHT = 'night';
const HOUSEKEEPING = 'housekeeping';
const EVERY_QUARTER_HOUR = '*/15 * * * *';
const CONNECTIONS = 2;
const STOP_MS = 10_000;
const NIGHT_SECONDS = 2 * 3600;

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
  await workNights(context, boss);
  await workHousekeeping(context, boss);
  const queue = startRescoreQueue(context, {
    runEngine: context.runEngine,
    ...(context.rescorePauseMs === undefined ? {} : { pauseMs: context.rescorePauseMs }),
  });
  const followers = startFollowers(context);
  return {
    stop: async () => {
      await Promise.all([queue.stop(), followers.stop()]);
      await boss.stop({ graceful: true, timeout: STOP_MS });
    },
  };
}

/** The night's own row says whether it must be done again, so the queue never repeats a job by itself. */
async function workNights(context: JobsContext, boss: PgBoss): Promise<void> {
  await boss.createQueue(SCHEDULE, { policy: 'short', retryLimit: 0 });
  await boss.createQueue(NIGHT, { retryLimit: 0, expireInSeconds: NIGHT_SECONDS });
  const digests = { ...context, mailer: context.mail?.mailer, pageUrl: context.mail?.pageUrl ?? '' };
  await boss.work(SCHEDULE, async () => {
    await sendNights(context, boss);
    await sendDigests(digests);
    await sendHeldDeletions(digests);
  });
  await boss.work<NightJob>(NIGHT, { batchSize: 1 }, async ([job]) => {
    if (!job) return;
    await runNight(context, { ...job.data, nightAt: new Date(job.data.nightAt) }, context.runEngine);
    await sendDigests(digests);
  });
  await boss.schedule(SCHEDULE, EVERY_QUARTER_HOUR);
}

async function workHousekeeping(context: JobsContext, boss: PgBoss): Promise<void> {
  await boss.createQueue(HOUSEKEEPING, { policy: 'short', retryLimit: 0, expireInSeconds: NIGHT_SECONDS });
  await boss.work(HOUSEKEEPING, async () => {
    await keepHouse(context, { retention: context.retention ?? DEFAULT_RETENTION });
  });
  const [hour, minute] = context.nights.time.split(':').map(Number);
  await boss.schedule(HOUSEKEEPING, `${minute} ${hour} * * *`, null, { tz: context.nights.timeZone });
}

type SchedulerContext = Pick<JobsContext, 'db' | 'clock' | 'nights'>;
interface NightQueue {
  send(queue: string, data: NightJob): Promise<unknown>;
}

/**
 * Sends the nights that are due and those that a dead process or a failed step left unfinished, each claimed so that of
 * several processes one alone sends it. Returns how many.
 */
export async function sendNights(context: SchedulerContext, boss: NightQueue): Promise<number> {
  const claimed = [...(await claimDue(context)), ...(await takeOverSilent(context))];
  for (const { nightAt, ...who } of claimed) await boss.send(NIGHT, { ...who, nightAt: nightAt.toISOString() });
  return claimed.length;
}

async function claimDue({ db, clock, nights }: SchedulerContext): Promise<NightKey[]> {
  const now = clock.now();
  const claimed: NightKey[] = [];
  for (const row of await listSleepers(db)) {
    const { organisation_id: organisationId, principal_id: ownerId } = row;
    const sleeper = {
      principalId: ownerId,
      timeZone: row.time_zone,
      createdAt: row.created_at,
      nightAt: row.night_at,
    };
    if (!isDue(sleeper, nights, now)) continue;
    const key = { organisationId, ownerId, nightAt: latestNight(sleeper, nights, now) };
    if (await claimNight(db, key, new Date(now))) claimed.push(key);
  }
  return claimed;
}

async function takeOverSilent({ db, clock }: SchedulerContext): Promise<NightKey[]> {
  const now = new Date(clock.now());
  const silentSince = new Date(now.getTime() - SILENT_NIGHT_MS);
  const taken: NightKey[] = [];
  for (const key of await listSilentNights(db, silentSince)) {
    if (await takeOverNight(db, key, silentSince, MOST_ATTEMPTS, now)) taken.push(key);
  }
  return taken;
}
