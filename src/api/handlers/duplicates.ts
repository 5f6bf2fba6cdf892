/** Runs of the engine and the suggestions they leave. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { beginRun } from '../../commands/run-dedup.ts';
import { findCollectionById } from '../../store/collections.ts';
import { explainPairs } from '../../store/pairs.ts';
import { findLastEngineRun, findRun, listRuns } from '../../store/runs.ts';
import {
  countSuggestions,
  findSuggestion,
  listSuggestions,
  placeOf,
  type SuggestionFilter,
  type SuggestionRow,
} from '../../store/suggestions.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { SuggestionSummary } from '../contract/suggestions.ts';
import { readCursor, writeCursor } from '../cursor.ts';
import { cardDetail } from '../views/card-view.ts';
import { fieldRowViews } from '../views/field-row-view.ts';
import { pairEvidence, runView, suggestionSummary } from '../views/suggestion-view.ts';
import { cardSummaries, loadCards } from './cards.ts';
import { requireCollection } from './collections.ts';

const RUNS_SHOWN = 20;

/** Where the last page ended, and how many suggestions came before. */
const Position = z.object({
  place: z.object({ rank: z.int(), benefit: z.number(), firstMember: z.uuid() }),
  before: z.int(),
});

async function summaries(
  api: ApiContext,
  caller: Caller,
  rows: readonly SuggestionRow[],
  before = 0,
): Promise<SuggestionSummary[]> {
  const ids = [...new Set(rows.flatMap((row) => row.members))];
  const cards = await cardSummaries(api, caller.organisationId, ids);
  return rows.flatMap((row, at) => suggestionSummary(row, cards, before + at + 1) ?? []);
}

async function checkedFilter(
  api: ApiContext,
  caller: Caller,
  filter: Omit<SuggestionFilter, 'now'>,
): Promise<SuggestionFilter> {
  if (filter.collectionId) await requireCollection(api, caller, filter.collectionId);
  return { ...filter, now: new Date(api.clock.now()) };
}

type DuplicateOperations =
  | 'startRun'
  | 'listRuns'
  | 'showRun'
  | 'listSuggestions'
  | 'showSuggestion'
  | 'listExactCopies';

export const duplicateHandlers: Handlers<DuplicateOperations> = {
  startRun: async ({ api, caller }) => {
    const { run, begun } = await beginRun(api, caller, 'manual');
    const request = { organisationId: caller.organisationId, ownerId: caller.principalId, runId: run.run_id };
    if (begun) void api.runEngine(request);
    return runView(run);
  },

  listRuns: async ({ api, caller }) => {
    const rows = await listRuns(api.db, caller.organisationId, caller.principalId, RUNS_SHOWN);
    return { items: rows.map(runView) };
  },

  showRun: async ({ api, caller, parameters }) => {
    const row = await findRun(api.db, caller.organisationId, caller.principalId, parameters.id);
    if (!row) throw new AppError('notFound', 'no-such-run', 'There is no such run.');
    return runView(row);
  },

  listSuggestions: async ({ api, caller, query }) => {
    const { organisationId, principalId } = caller;
    const filter = await checkedFilter(api, caller, { collectionId: query.collectionId, tier: query.tier });
    const after = readCursor(query.cursor, Position);
    const [rows, counts, lastRun] = await Promise.all([
      listSuggestions(api.db, organisationId, principalId, filter, query.limit + 1, after?.place),
      countSuggestions(api.db, organisationId, principalId, { ...filter, tier: undefined }),
      findLastEngineRun(api.db, organisationId, principalId),
    ]);
    const page = rows.slice(0, query.limit);
    const last = rows.length > query.limit ? page.at(-1) : undefined;
    return {
      items: await summaries(api, caller, page, after?.before),
      nextCursor: last ? writeCursor({ place: placeOf(last), before: (after?.before ?? 0) + page.length }) : null,
      counts,
      total: query.tier ? counts[query.tier] : counts.certain + counts.likely + counts.possible,
      lastRun: lastRun ? runView(lastRun) : null,
    };
  },

  showSuggestion: async ({ api, caller, parameters }) => {
    const { organisationId, principalId } = caller;
    const row = await findSuggestion(api.db, organisationId, principalId, parameters.id);
    const [summary] = row ? await summaries(api, caller, [row]) : [];
    if (!summary) throw new AppError('notFound', 'no-such-suggestion', 'There is no such suggestion any more.');
    const ids = summary.members.map((member) => member.id);
    const cards = await loadCards(api, organisationId, ids);
    const book = await findCollectionById(api.db, organisationId, summary.members[0]!.collectionId);
    const pairs = await explainPairs(api.db, organisationId, principalId, ids);
    return {
      ...summary,
      cards: cards.map(({ row: stored, card }) => cardDetail(stored, card)),
      rows: fieldRowViews(cards, book?.region),
      pairs: pairs.map(pairEvidence),
    };
  },

  listExactCopies: async ({ api, caller, query }) => {
    const filter = await checkedFilter(api, caller, { collectionId: query.collectionId, exact: true });
    const rows = await listSuggestions(api.db, caller.organisationId, caller.principalId, filter, MOST_EXACT);
    const items = await summaries(api, caller, rows);
    const copies = items.reduce((sum, item) => sum + item.members.length - 1, 0);
    return { items, clusters: items.length, copies };
  },
};

/** Exact copies listed at once. */
const MOST_EXACT = 10_000;
