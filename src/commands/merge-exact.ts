/** "Merge all exact copies": what cards of one cluster hold alike, each merge on its own, all undone as one run. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { findRun, finishRun, insertRun, MERGE_BATCH, type RunRow } from '../store/runs.ts';
import { listSuggestions } from '../store/suggestion-lists.ts';
import type { Actor, Context } from './context.ts';
import { tellEndedRun } from './ended-run.ts';
import { mergesOfCopies } from './exact-copies.ts';
import { mergeStoredCards } from './merge-cards.ts';
import { ownBooks } from './readable-books.ts';

export interface ExactMergeWish {
  /** Only these suggestions; all exact ones when absent. */
  readonly suggestionIds?: readonly string[] | undefined;
  /** All but these. */
  readonly exceptSuggestionIds?: readonly string[] | undefined;
  readonly collectionId?: string | undefined;
}

export interface ExactMergeOutcome {
  readonly run: RunRow;
  readonly merged: number;
  readonly removed: number;
  readonly refused: readonly { readonly suggestionId: string; readonly code: string; readonly detail: string }[];
}

/** Merges looked at in one go. */
const MOST_AT_ONCE = 10_000;

/** Merges the exact copies in clusters of the actor's own books. Those that were changed meanwhile are named, not merged. */
export async function mergeExactCopies(
  context: Context,
  actor: Actor,
  wish: ExactMergeWish,
): Promise<ExactMergeOutcome> {
  const { organisationId, principalId } = actor;
  const now = new Date(context.clock.now());
  const within = await ownBooks(context.db, actor);
  const filter = { copied: true, collectionId: wish.collectionId, within, now };
  const found = await listSuggestions(context.db, organisationId, principalId, filter, MOST_AT_ONCE);
  const wanted = wish.suggestionIds && new Set(wish.suggestionIds);
  const unwanted = new Set(wish.exceptSuggestionIds);
  const suggestions = found.filter(
    ({ suggestion_id: id }) => (wanted === undefined || wanted.has(id)) && !unwanted.has(id),
  );
  const runId = await beginBatch(context, actor, now);
  const refused: { suggestionId: string; code: string; detail: string }[] = [];
  let merged = 0;
  let removed = 0;
  for (const row of suggestions)
    for (const merge of await mergesOfCopies(context, actor, row))
      try {
        removed += (await mergeStoredCards(context, actor, { ...merge, runId })).removed.length;
        merged++;
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.push({ suggestionId: row.suggestion_id, code: error.code, detail: error.message });
      }
  const numbers = { merges: merged, cards: removed, percent: 100 };
  await finishRun(context.db, organisationId, runId, numbers, new Date(context.clock.now()));
  await tellEndedRun(context, { organisationId, ownerId: principalId, runId });
  const run = (await findRun(context.db, organisationId, principalId, runId))!;
  return { run, merged, removed, refused };
}

async function beginBatch(context: Context, actor: Actor, now: Date): Promise<string> {
  const runId = uuidv7(now.getTime());
  await insertRun(context.db, {
    organisation_id: actor.organisationId,
    run_id: runId,
    owner_id: actor.principalId,
    trigger: MERGE_BATCH,
    state: 'running',
    started_at: now,
    heartbeat_at: now,
    finished_at: null,
    error: null,
  });
  return runId;
}
