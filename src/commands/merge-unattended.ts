/** Merges that nobody looks at, for users who asked for them: as one run, undone in one step, and never over anything new. */
import { AppError } from '../base/errors.ts';
import { findRecords } from '../store/dedup-index.ts';
import { findObjectsById } from '../store/objects.ts';
import { changesOfRun, mergesOfRun } from '../store/run-merges.ts';
import { finishRun, reportRun } from '../store/runs.ts';
import { listSuggestions, type SuggestionFilter } from '../store/suggestion-lists.ts';
import { findSuggestion, type SuggestionRow } from '../store/suggestions.ts';
import type { Actor, Context } from './context.ts';
import { tellEndedRun } from './ended-run.ts';
import { mergesOfCopies } from './exact-copies.ts';
import { type MergeRequest, mergeStoredCards } from './merge-cards.ts';
import { RETURNED_CODE } from './new-suggestions.ts';
import type { Unattended } from './night-settings.ts';
import { ownBooks } from './readable-books.ts';

export interface UnattendedOutcome {
  /** Merges of the run, also those made before it was cut off. */
  readonly merges: number;
  /** Suggestions that were left for the user because something about them had changed. */
  readonly refused: number;
}

/** Suggestions looked at in one go. */
const MOST_AT_ONCE = 10_000;
/**
 * Cards that one run takes away or changes at most, but for its last merge: devices receive them all at once at their next
 * synchronisation, and a wrong wish is found out before it has gone through the whole book. The rest is left for the next night.
 */
const MOST_CHANGES = 200;
/** After so many merges the run says that it still goes on. */
const REPORT_EVERY = 20;

/** The merges that a suggestion is good for. */
type MergesOf = (context: Context, actor: Actor, row: SuggestionRow) => Promise<readonly MergeRequest[]>;

/** The passes of each wish: which suggestions, and what of one is merged safely. */
const PASSES: Readonly<
  Record<Unattended, readonly { filter: Pick<SuggestionFilter, 'copied' | 'tiers'>; mergesOf: MergesOf }[]>
> = {
  none: [],
  exact: [{ filter: { copied: true }, mergesOf: mergesOfCopies }],
  certain: [
    { filter: { copied: true }, mergesOf: mergesOfCopies },
    { filter: { tiers: ['certain'] }, mergesOf: mergeOfUnchanged },
  ],
};

/**
 * Merges the owner's suggestions of the wished kind into their proposed references, under a run that was begun. What the
 * user must see is left alone: cards of several books or of somebody else's, pairs that were decided once, cards that a device brought back.
 * Each merge is a transaction of its own, so a run that was cut off is simply performed again.
 */
export async function mergeUnattended(
  context: Context,
  actor: Actor,
  wish: Unattended,
  runId: string,
): Promise<UnattendedOutcome> {
  const { organisationId, principalId } = actor;
  const now = () => new Date(context.clock.now());
  let looked = 0;
  let refused = 0;
  let changes = await changesOfRun(context.db, organisationId, principalId, runId);
  const within = await ownBooks(context.db, actor);
  for (const { filter, mergesOf } of PASSES[wish]) {
    const wanted = { ...filter, within, alsoHeld: true, now: now() };
    for (const row of await listSuggestions(context.db, organisationId, principalId, wanted, MOST_AT_ONCE)) {
      if (changes >= MOST_CHANGES) break;
      if (!mayGoUnseen(row)) continue;
      if (++looked % REPORT_EVERY === 0) await reportRun(context.db, organisationId, runId, {}, now());
      const outcome = await mergedOrLeft(context, actor, row, runId, mergesOf);
      changes += outcome.changes;
      if (outcome.left) refused++;
    }
  }
  const merges = (await mergesOfRun(context.db, organisationId, principalId, runId)).length;
  await finishRun(context.db, organisationId, runId, { merges, refused, percent: 100 }, now());
  await tellEndedRun(context, { organisationId, ownerId: principalId, runId });
  return { merges, refused };
}

/** How many cards the merges changed or took away, and whether something was left for the user. */
async function mergedOrLeft(
  context: Context,
  actor: Actor,
  row: SuggestionRow,
  runId: string,
  mergesOf: MergesOf,
): Promise<{ changes: number; left: boolean }> {
  let changes = 0;
  try {
    for (const merge of await mergesOf(context, actor, row)) {
      const { removed } = await mergeStoredCards(context, actor, { ...merge, runId });
      changes += removed.length + 1;
    }
    return { changes, left: false };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    context.log.info({ runId, suggestion: row.suggestion_id, code: error.code }, 'left for the user');
    return { changes, left: true };
  }
}

function mayGoUnseen({ collections, reopened, reasons }: SuggestionRow): boolean {
  const returned = reasons.some((reason) => (reason as { code?: unknown }).code === RETURNED_CODE);
  return collections.length === 1 && !reopened && !returned;
}

/**
 * Cards that are still what was scored. The order matters: a card that changes before its ETag is read is marked stale or
 * has another suggestion, and one that changes after it is refused by the merge.
 */
async function mergeOfUnchanged(context: Context, actor: Actor, row: SuggestionRow): Promise<readonly MergeRequest[]> {
  const { organisationId, principalId } = actor;
  const objects = await findObjectsById(context.db, organisationId, row.members);
  const etags = Object.fromEntries(objects.map((object) => [object.object_id, object.etag]));
  const today = await findSuggestion(context.db, organisationId, principalId, row.suggestion_id);
  const records = await findRecords(context.db, organisationId, principalId, row.members);
  const scored = records.length === row.members.length && records.every((record) => !record.stale);
  if (!scored || today?.tier !== 'certain' || today.reference_id !== row.reference_id || !mayGoUnseen(today)) {
    throw new AppError('stale', 'no-longer-certain', 'These cards changed since they were compared.');
  }
  const memberIds = row.members.filter((id) => id !== row.reference_id);
  return [{ referenceId: row.reference_id, memberIds, choices: {}, etags }];
}
