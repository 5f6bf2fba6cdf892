/** Soon after a card was written its pairs are scored anew: the stale marks of the database are the queue. */
import type { Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import type { Owner } from '../commands/recluster.ts';
import { rescoreStale } from '../commands/rescore-cards.ts';
import { beginRun } from '../commands/run-dedup.ts';
import { ENGINE_VERSION } from '../dedup/types.ts';
import { countStale, listStaleOwners } from '../store/dedup-index.ts';
import { listOutdatedOwners } from '../store/old-records.ts';
import { FULL_RUN_FROM, isDue, lookAgain, type Seen } from './upload-rest.ts';

export interface RescoreOptions {
  /** Pause between looks at the database, in milliseconds; default 1000. */
  readonly pauseMs?: number;
  readonly runEngine: EngineRun;
}

const OWNERS_AT_ONCE = 50;
const PAUSE_AFTER_FAILURE_MS = 60_000;
export interface RescoreQueue {
  /** Works off what is stale now; resolves when it is done. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts looking for stale cards. An owner's cards are left alone while more of them come in (an import is going on), and
 * an owner whose cards cannot be scored is left alone for a minute, so that nobody else waits.
 */
export function startRescoreQueue(context: Context, options: RescoreOptions): RescoreQueue {
  const pauseMs = options.pauseMs ?? 1000;
  const seen = new Map<string, Seen>();
  const failedAt = new Map<string, number>();
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
      if ((failedAt.get(key) ?? -Infinity) > context.clock.now() - PAUSE_AFTER_FAILURE_MS) continue;
      try {
        const stale = await countStale(context.db, owner.organisation_id, owner.owner_id);
        waiting += stale;
        await workOff({ organisationId: owner.organisation_id, principalId: owner.owner_id }, key, stale, patient);
        failedAt.delete(key);
      } catch (error) {
        failedAt.set(key, context.clock.now());
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
    const { run, begun } = await beginRun(context, owner, 'changes');
    if (begun)
      await options.runEngine({ organisationId: owner.organisationId, ownerId: owner.principalId, runId: run.run_id });
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
