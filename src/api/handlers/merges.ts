/** Preview, merge, history, undo. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { mergeStoredCards } from '../../commands/merge-cards.ts';
import { mergeExactCopies } from '../../commands/merge-exact.ts';
import { planMerge } from '../../commands/merge-plan.ts';
import { readableBooks } from '../../commands/readable-books.ts';
import { redoMerge } from '../../commands/redo-merge.ts';
import { rescoreStale } from '../../commands/rescore-cards.ts';
import { undoStoredMerge } from '../../commands/undo-merge.ts';
import { undoRun } from '../../commands/undo-run.ts';
import { findMerge, listMergeObjects, listMerges, type MergeRow } from '../../store/merges.ts';
import { findRun } from '../../store/runs.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { MergeRecord } from '../contract/merges.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { mergeRecords } from '../views/merge-view.ts';
import { previewView } from '../views/preview-view.ts';
import { runView } from '../views/suggestion-view.ts';

const NO_MERGE = () => new AppError('notFound', 'no-such-merge', 'There is no such merge.');

async function recordsOf(api: ApiContext, caller: Caller, rows: readonly MergeRow[]): Promise<MergeRecord[]> {
  const ids = rows.map((row) => row.merge_id);
  return mergeRecords(rows, await listMergeObjects(api.db, caller.organisationId, ids));
}

async function recordOf(api: ApiContext, caller: Caller, mergeId: string): Promise<MergeRecord> {
  const row = await findMerge(api.db, caller.organisationId, caller.principalId, mergeId);
  const [record] = row ? await recordsOf(api, caller, [row]) : [];
  if (!record) throw NO_MERGE();
  return record;
}

/** Whoever undoes looks for the cluster to come back at once; what cannot be scored now is left to the queue. */
async function scoreNow(api: ApiContext, caller: Caller): Promise<void> {
  await rescoreStale(api, caller).catch((error: unknown) => {
    api.log.warn({ principal: caller.principalId, error: String(error) }, 'restored cards are scored later');
  });
}

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

type MergeOperations =
  | 'previewMerge'
  | 'mergeCards'
  | 'mergeExact'
  | 'listMerges'
  | 'undoMerge'
  | 'redoMerge'
  | 'undoRun';

export const mergeHandlers: Handlers<MergeOperations> = {
  previewMerge: async ({ api, caller, body }) =>
    previewView(await planMerge(api.db, caller, await readableBooks(api.db, caller), body)),

  mergeCards: async ({ api, caller, body }) => {
    const outcome = await mergeStoredCards(api, caller, body);
    return { merge: await recordOf(api, caller, outcome.mergeId), etag: outcome.etag };
  },

  mergeExact: async ({ api, caller, body }) => {
    const { run, merged, removed, refused } = await mergeExactCopies(api, caller, body);
    return { run: runView(run), merged, removed, refused: [...refused] };
  },

  listMerges: async ({ api, caller, query }) => {
    const after = readCursor(query.cursor, Position);
    const rows = await listMerges(
      api.db,
      caller.organisationId,
      caller.principalId,
      query.limit + 1,
      after && { mergedAt: new Date(after[0]), mergeId: after[1] },
    );
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: await recordsOf(api, caller, page),
      nextCursor: last ? writeCursor([last.merged_at.toISOString(), last.merge_id]) : null,
    };
  },

  undoMerge: async ({ api, caller, parameters, body }) => {
    const { restored, conflicts } = await undoStoredMerge(api, caller, parameters.id, body.onConflict);
    await scoreNow(api, caller);
    const merge = await recordOf(api, caller, parameters.id);
    return { merge, restored: [...restored], conflicts: [...conflicts] };
  },

  redoMerge: async ({ api, caller, parameters }) => {
    const outcome = await redoMerge(api, caller, parameters.id);
    return { merge: await recordOf(api, caller, outcome.mergeId), etag: outcome.etag };
  },

  undoRun: async ({ api, caller, parameters, body }) => {
    const run = await findRun(api.db, caller.organisationId, caller.principalId, parameters.id);
    if (!run) throw new AppError('notFound', 'no-such-run', 'There is no such run.');
    const { undone, refused } = await undoRun(api, caller, parameters.id, body.onConflict);
    await scoreNow(api, caller);
    return { undone: [...undone], refused: [...refused] };
  },
};
