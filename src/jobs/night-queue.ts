/** Nights through the queue: sent when they are due, fetched many at once, each done whatever becomes of the others. */
import type { PgBoss } from 'pg-boss';
import type { Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import type { Mailer } from '../mail/letter.ts';
import { claimNight, listSilentNights, listSleepers, type NightKey, takeOverNight } from '../store/nights.ts';
import { sendDigests } from './digests.ts';
import { sendHeldDeletions } from './held-deletion-mails.ts';
import { isDue, latestNight, type NightSettings } from './night-schedule.ts';
import { MOST_ATTEMPTS, runNight, SILENT_NIGHT_MS } from './nightly.ts';

export interface NightsContext extends Context {
  readonly runEngine: EngineRun;
  readonly nights: NightSettings;
  /** Absent: no mail is sent. */
  readonly mail?: { readonly mailer: Mailer; readonly pageUrl: string };
}

/** A night as it travels through the queue. */
export interface NightJob {
  readonly organisationId: string;
  readonly ownerId: string;
  /** ISO 8601. */
  readonly nightAt: string;
}

const SCHEDULE = 'night-schedule';
const NIGHT = 'night';
const EVERY_QUARTER_HOUR = '*/15 * * * *';
const NIGHT_SECONDS = 2 * 3600;
/** The queue is looked into every two seconds: a night for each look would be half an hour for a thousand users. */
const FETCHED = { batchSize: 20, burstWhenBatchFull: true } as const;
/** While one night waits for Postgres another computes. */
const AT_ONCE = 2;

/** The night's own row says whether it must be done again, so the queue never repeats a job by itself. */
export async function workNights(context: NightsContext, boss: PgBoss): Promise<void> {
  await boss.createQueue(SCHEDULE, { policy: 'short', retryLimit: 0 });
  await boss.createQueue(NIGHT, { retryLimit: 0, expireInSeconds: NIGHT_SECONDS });
  const digests = { ...context, mailer: context.mail?.mailer, pageUrl: context.mail?.pageUrl ?? '' };
  await boss.work(SCHEDULE, async () => {
    await sendNights(context, boss);
    await sendDigests(digests);
    await sendHeldDeletions(digests);
  });
  await boss.work<NightJob>(NIGHT, FETCHED, async (jobs) => {
    await runNights(
      context,
      jobs.map(({ data: { nightAt, ...who } }) => ({ ...who, nightAt: new Date(nightAt) })),
    );
    await sendDigests(digests);
  });
  await boss.schedule(SCHEDULE, EVERY_QUARTER_HOUR);
}

/**
 * Does claimed nights, some at once; returns how many failed in whole or in part. One that throws is logged and costs no other:
 * its row is taken over when it was silent for long.
 */
export async function runNights(
  context: Pick<NightsContext, keyof Context | 'runEngine'>,
  keys: readonly NightKey[],
): Promise<number> {
  const left = keys.values();
  let failed = 0;
  const lane = async (): Promise<void> => {
    for (const key of left) {
      try {
        if ((await runNight(context, key, context.runEngine)).length > 0) failed++;
      } catch (error) {
        failed++;
        context.log.error({ ...key, error: String(error) }, 'a night ended early');
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
  return failed;
}

type SchedulerContext = Pick<NightsContext, 'db' | 'clock' | 'nights'>;
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
