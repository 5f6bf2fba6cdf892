/** Tells the observer of a run that is over, from its row: whichever thread performed it. */
import { findRun } from '../store/runs.ts';
import type { Context } from './context.ts';
import type { EngineRunRequest } from './engine-run.ts';

/** Does nothing where nobody counts, or the run still goes on. */
export async function tellEndedRun(context: Context, request: EngineRunRequest): Promise<void> {
  const { observer } = context;
  if (!observer) return;
  const run = await findRun(context.db, request.organisationId, request.ownerId, request.runId);
  if (!run?.finished_at || run.state === 'running') return;
  const seconds = (run.finished_at.getTime() - run.started_at.getTime()) / 1000;
  observer.runEnded({ trigger: run.trigger, outcome: run.state, seconds, numbers: run.numbers });
}
