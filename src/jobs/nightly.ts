/** One user's night: the steps in order, each on its own. */
import type { Context } from '../commands/context.ts';
import type { EngineRun } from '../commands/engine-run.ts';
import { beginRun } from '../commands/run-dedup.ts';
import { pruneKeys } from '../store/idempotency.ts';
import { pruneMerges } from '../store/merges.ts';

export interface NightOf {
  readonly organisationId: string;
  readonly ownerId: string;
}

const DAY_MS = 24 * 60 * 60_000;
/** How long a merge can be undone. */
export const UNDO_DAYS = 90;
const KEY_DAYS = 2;

interface NightStep {
  readonly name: string;
  run(context: Context, night: NightOf, runEngine: EngineRun): Promise<void>;
}

/** What happens in a night. */
const STEPS: readonly NightStep[] = [
  {
    name: 'forget merges that can no longer be undone',
    run: async ({ db, clock }, { organisationId }) => {
      await pruneMerges(db, organisationId, new Date(clock.now() - UNDO_DAYS * DAY_MS));
    },
  },
  {
    name: 'forget answers to repeated requests',
    run: ({ db, clock }, { organisationId }) =>
      pruneKeys(db, organisationId, new Date(clock.now() - KEY_DAYS * DAY_MS)),
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
