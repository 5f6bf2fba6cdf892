/** Starts what works in the background: the queue of stale cards, users' nights, housekeeping and mails through pg-boss. */
import { PgBoss } from 'pg-boss';
import { DEFAULT_RETENTION, type Retention } from '../commands/retention.ts';
import { type FollowersContext, startFollowers } from './followers.ts';
import { keepHouse } from './housekeeping.ts';
import { type NightsContext, workNights } from './night-queue.ts';
import { startRescoreQueue } from './rescore-queue.ts';

export interface JobsContext extends FollowersContext, NightsContext {
  readonly databaseUrl: string;
  /** Default: 90 days each. */
  readonly retention?: Retention;
  /** Pause between looks for stale cards, in milliseconds; default 1000. */
  readonly rescorePauseMs?: number;
}

export interface Jobs {
  /** Waits for what is being written, takes no new work. */
  stop(): Promise<void>;
}

const SCHEMA = 'pgboss';
const HOUSEKEEPING = 'housekeeping';
const HOUSEKEEPING_SECONDS = 2 * 3600;
const CONNECTIONS = 2;
const STOP_MS = 10_000;

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

async function workHousekeeping(context: JobsContext, boss: PgBoss): Promise<void> {
  await boss.createQueue(HOUSEKEEPING, { policy: 'short', retryLimit: 0, expireInSeconds: HOUSEKEEPING_SECONDS });
  await boss.work(HOUSEKEEPING, async () => {
    await keepHouse(context, { retention: context.retention ?? DEFAULT_RETENTION });
  });
  const [hour, minute] = context.nights.time.split(':').map(Number);
  await boss.schedule(HOUSEKEEPING, `${minute} ${hour} * * *`, null, { tz: context.nights.timeZone });
}
