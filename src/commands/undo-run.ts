/** Undo of all that one run has merged. */
import { AppError } from '../base/errors.ts';
import { mergesOfRun } from '../store/run-merges.ts';
import type { Actor, Context } from './context.ts';
import { type OnConflict, undoStoredMerge } from './undo-merge.ts';

export interface RunUndoOutcome {
  readonly undone: readonly string[];
  readonly refused: readonly { readonly mergeId: string; readonly code: string; readonly detail: string }[];
}

/** Takes all merges of a run back, newest first, each on its own: one that is refused costs no other. */
export async function undoRun(
  context: Context,
  actor: Actor,
  runId: string,
  onConflict: OnConflict,
): Promise<RunUndoOutcome> {
  const undone: string[] = [];
  const refused: { mergeId: string; code: string; detail: string }[] = [];
  for (const merge of await mergesOfRun(context.db, actor.organisationId, actor.principalId, runId)) {
    try {
      await undoStoredMerge(context, actor, merge.merge_id, onConflict);
      undone.push(merge.merge_id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      refused.push({ mergeId: merge.merge_id, code: error.code, detail: error.message });
    }
  }
  return { undone, refused };
}
