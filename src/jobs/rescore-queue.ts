/** Soon after a card was written its pairs are scored anew: the stale marks of the database are the queue. */
import type { Context, Owner } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import { rescoreStale } from '../commands/rescore-cards.ts';
import { beginRun } from '../commands/run-dedup.ts';
import { ENGINE_VERSION } from '../dedup/types.ts';
import { listOutdatedOwners } from '../store/old-records.ts';
import { findLastEngineRun, findRun, noteNextTry, type RunRow } from '../store/runs.ts';
import { countStale, listStaleOwners } from '../store/waiting-cards.ts';
import { FULL_RUN_FROM, isDue, lookAgain, type Seen } from './upload-rest.ts';

export interface RescoreOptions {
  /** Pause between looks at the database, in milliseconds; default 1000. */
  readonly pauseMs?: number;
  readonly runEngine: EngineRun;
}

const OWNERS_AT_ONCE = 50;
const PAUSE_AFTER_FAILURE_MS = 60_000;
/** Pauses after full runs that fail one after another double up to this one. */
const LONGEST_PAUSE_MS = 6 * 3_600_000;

export interface RescoreQueue {
  /** Works off what is stale now; resolves when it is done. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts looking for stale cards. An owner's cards are left alone while more of them come in (an import is going on), and
 * an owner whose cards cannot be scored is left alone for a minute, after a full run that failed for longer and longer, so that
 * nobody else waits.
 */
export function startRescoreQueue(context: Context, options: RescoreOptions): RescoreQueue {
  const pauseMs = options.pauseMs ?? 1000;
  const seen = new Map<string, Seen>();
  const restUntil = new Map<string, number>();
  const waitingOwners = ownersInNeed(context);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();

  async function look(patient: boolean): Promise<void> {
    const owners = await waitingOwners();
    let waiting = 0;
    for (const owner of owners) {
      if (stopped) return;
      const key = `${owner.organisation_id}/${owner.owner_id}`;
      if ((restUntil.get(key) ?? -Infinity) > context.clock.now()) continue;
      restUntil.delete(key);
      try {
        const stale = await countStale(context.db, owner.organisation_id, owner.owner_id);
        waiting += stale;
        await workOff({ organisationId: owner.organisation_id, principalId: owner.owner_id }, key, stale, patient);
      } catch (error) {
        restUntil.set(key, context.clock.now() + PAUSE_AFTER_FAILURE_MS);
        context.log.error({ ...owner, error: String(error) }, 'cards could not be scored');
      }
    }
    context.observer?.staleCounted(waiting);
  }

  async function workOff(owner: Owner, key: string, stale: number, patient: boolean): Promise<void> {
    const now = lookAgain(seen.get(key), stale);
    if (patient && !isDue(now)) return void seen.set(key, now);
    seen.delete(key);
    if (stale < FULL_RUN_FROM && (await rescoreStale(context, owner)) === 'done') return;
    const nextTry = await runInFull(context, owner, options.runEngine);
    if (nextTry !== undefined) restUntil.set(key, nextTry);
  }

  function next(): void {
    if (stopped) return;
    timer = setTimeout(() => {
      current = look(true)
        .catch((error: unknown) => context.log.error({ error: String(error) }, 'stale cards could not be listed'))
        .finally(next);
    }, pauseMs);
    timer.unref();
  }
  next();

  return {
    drain: () => look(false),
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}

/** A full run, unless one is going on; when it failed, the moment (ms since 1970) at which it is tried again. */
async function runInFull(context: Context, owner: Owner, runEngine: EngineRun): Promise<number | undefined> {
  const { organisationId, principalId: ownerId } = owner;
  const before = await findLastEngineRun(context.db, organisationId, ownerId);
  const { run, begun } = await beginRun(context, owner, 'changes');
  if (!begun) return undefined;
  await runEngine({ organisationId, ownerId, runId: run.run_id });
  const ended = await findRun(context.db, organisationId, ownerId, run.run_id);
  if (ended?.state !== 'failed') return undefined;
  const nextTry = context.clock.now() + pauseAfter(before);
  await noteNextTry(context.db, organisationId, run.run_id, new Date(nextTry));
  return nextTry;
}

/** How long a run that failed is not tried again: twice as long as the one before it, if that failed, too. */
function pauseAfter(before: RunRow | undefined): number {
  const { next_try_at: at, finished_at: finished } = before ?? {};
  if (!at || !finished) return PAUSE_AFTER_FAILURE_MS;
  return Math.min(2 * Math.max(at.getTime() - finished.getTime(), PAUSE_AFTER_FAILURE_MS), LONGEST_PAUSE_MS);
}

/** Owners whose pairs are to be scored anew. An update of the engine leaves some behind once: when all have been run, none is looked for. */
function ownersInNeed({ db }: Context): () => ReturnType<typeof listStaleOwners> {
  let updated = false;
  return async () => {
    const outdated = updated ? [] : await listOutdatedOwners(db, ENGINE_VERSION, OWNERS_AT_ONCE);
    updated = outdated.length === 0;
    const stale = await listStaleOwners(db, OWNERS_AT_ONCE);
    // one whose run fails again and again must not keep the others waiting
    return [...stale, ...outdated.filter(({ owner_id }) => !stale.some((owner) => owner.owner_id === owner_id))];
  };
}
