/** One user's night: the steps in order, each on its own. */
import type { Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import { beginRun } from '../commands/run-dedup.ts';
import { pruneTombstones } from '../store/changes.ts';
import { listCollections } from '../store/collections.ts';
import { pruneConflictCopies } from '../store/conflict-copies.ts';
import { pruneSessions } from '../store/credentials.ts';
import { pruneVersions } from '../store/history.ts';
import { pruneKeys } from '../store/idempotency.ts';
import { pruneMerges } from '../store/merges.ts';
import { pruneRuns } from '../store/runs.ts';

export interface NightOf {
  readonly organisationId: string;
  readonly ownerId: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** How long a merge can be undone, an earlier version or a deleted object restored, a conflict copy taken back. */
const KEPT_DAYS = 90;
/** How long a device may stay away and still be told exactly what was deleted. */
const TOMBSTONE_DAYS = 365;
const KEY_DAYS = 2;

interface NightStep {
  readonly name: string;
  run(context: Context, night: NightOf, runEngine: EngineRun): Promise<void>;
}

const daysAgo = (now: number, days: number): Date => new Date(now - days * DAY_MS);

/** What happens in a night. */
const STEPS: readonly NightStep[] = [
  {
    name: 'forget merges that can no longer be undone, and old runs',
    run: async ({ db, clock }, { organisationId }) => {
      await pruneMerges(db, organisationId, daysAgo(clock.now(), KEPT_DAYS));
      await pruneRuns(db, organisationId, daysAgo(clock.now(), KEPT_DAYS));
    },
  },
  {
    name: 'forget earlier versions and conflict copies',
    run: async ({ db, clock }, { organisationId }) => {
      await pruneVersions(db, organisationId, daysAgo(clock.now(), KEPT_DAYS));
      await pruneConflictCopies(db, organisationId, daysAgo(clock.now(), KEPT_DAYS));
    },
  },
  {
    name: 'forget old deletions',
    run: async ({ db, clock }, { organisationId, ownerId }) => {
      for (const collection of await listCollections(db, organisationId, ownerId))
        await pruneTombstones(db, organisationId, collection.collection_id, daysAgo(clock.now(), TOMBSTONE_DAYS));
    },
  },
  {
    name: 'forget sessions that are over and answers to repeated requests',
    run: async ({ db, clock }, { organisationId }) => {
      await pruneSessions(db, organisationId, daysAgo(clock.now(), 0));
      await pruneKeys(db, organisationId, daysAgo(clock.now(), KEY_DAYS));
    },
  },
  {
    name: 'look for duplicates',
    run: async (context, { organisationId, ownerId }, runEngine) => {
      const { run, begun } = await beginRun(context, { organisationId, principalId: ownerId }, 'nightly');
      if (begun) await runEngine({ organisationId, ownerId, runId: run.run_id });
    },
  },
];

/** Runs all steps; one that fails is logged and costs no other. Returns the names of those that failed. */
export async function runNight(context: Context, night: NightOf, runEngine: EngineRun): Promise<string[]> {
  const failed: string[] = [];
  for (const step of STEPS) {
    try {
      await step.run(context, night, runEngine);
    } catch (error) {
      failed.push(step.name);
      context.log.error({ ...night, step: step.name, error: String(error) }, 'nightly step failed');
    }
  }
  return failed;
}
