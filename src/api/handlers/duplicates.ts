/** Runs of the engine and the suggestions they leave. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import { leftOutBooks, type ReadableBook, readableBooks } from '../../commands/readable-books.ts';
import { beginRun } from '../../commands/run-dedup.ts';
import { listRunsOfAll } from '../../store/all-runs.ts';
import { findCollectionById } from '../../store/collections.ts';
import { explainPairs } from '../../store/pairs.ts';
import { findLastEngineRun, findRun } from '../../store/runs.ts';
import {
  BELIEVED,
  countSuggestions,
  listSuggestions,
  placeOf,
  type SuggestionFilter,
  sumCopies,
} from '../../store/suggestion-lists.ts';
import { findSuggestion, type SuggestionRow } from '../../store/suggestions.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { SharedBookView, SuggestionSummary } from '../contract/suggestions.ts';
import { cutPage, readCursor, writeCursor } from '../cursor.ts';
import { cardDetail } from '../views/card-view.ts';
import { fieldRowViews } from '../views/field-row-view.ts';
import { pairEvidence, runView, sharedBookView, suggestionSummary } from '../views/suggestion-view.ts';
import { NO_COLLECTION } from './collections.ts';
import { cardSummaries, loadCards } from './stored-cards.ts';

const RunPosition = z.tuple([z.iso.datetime(), z.uuid()]);

/** Where the last page ended, and how many suggestions came before. */
const Position = z.object({
  place: z.object({ rank: z.int(), benefit: z.number(), firstMember: z.uuid() }),
  before: z.int(),
});

async function summaries(
  api: ApiContext,
  caller: Caller,
  rows: readonly SuggestionRow[],
  books: readonly ReadableBook[],
  before = 0,
): Promise<SuggestionSummary[]> {
  const ids = [...new Set(rows.flatMap((row) => row.members))];
  const cards = await cardSummaries(api, caller.organisationId, ids, books);
  return rows.flatMap((row, at) => suggestionSummary(row, cards, before + at + 1, books) ?? []);
}

const idsOf = (books: readonly ReadableBook[]): string[] => books.map(({ collection }) => collection.collection_id);

/** Only suggestions all of whose cards stand in `books`. Throws AppError notFound for a book that is none of them. */
function checkedFilter(
  api: ApiContext,
  books: readonly ReadableBook[],
  filter: Omit<SuggestionFilter, 'now' | 'within'>,
): SuggestionFilter {
  const within = idsOf(books);
  if (filter.collectionId && !within.includes(filter.collectionId)) throw NO_COLLECTION();
  return { ...filter, within, now: new Date(api.clock.now()) };
}

/** The cursor of the page behind `page`, when `rows` go on behind it. */
function nextCursor(rows: readonly SuggestionRow[], page: readonly SuggestionRow[], before = 0): string | null {
  const last = rows.length > page.length ? page.at(-1) : undefined;
  return last ? writeCursor({ place: placeOf(last), before: before + page.length }) : null;
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

  listRuns: async ({ api, caller, query }) => {
    const after = readCursor(query.cursor, RunPosition);
    const before = after && { startedAt: new Date(after[0]), runId: after[1] };
    const { organisationId, principalId: ownerId } = caller;
    const rows = await listRunsOfAll(api.db, organisationId, { ownerId, before }, query.limit + 1);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => [last.started_at.toISOString(), last.run_id]);
    return { items: page.map(runView), nextCursor };
  },

  showRun: async ({ api, caller, parameters }) => {
    const row = await findRun(api.db, caller.organisationId, caller.principalId, parameters.id);
    if (!row) throw new AppError('notFound', 'no-such-run', 'There is no such run.');
    return runView(row);
  },

  listSuggestions: async ({ api, caller, query }) => {
    const { organisationId, principalId } = caller;
    const books = await readableBooks(api.db, caller);
    const filter = checkedFilter(api, books, { collectionId: query.collectionId });
    const tiers = query.tier ? [query.tier] : BELIEVED;
    const after = readCursor(query.cursor, Position);
    // before its clusters: a run that ends in between is told as under way, so that who reads on looks again
    const lastRun = await findLastEngineRun(api.db, organisationId, principalId);
    const [rows, counts, leftOut] = await Promise.all([
      listSuggestions(api.db, organisationId, principalId, { ...filter, tiers }, query.limit + 1, after?.place),
      countSuggestions(api.db, organisationId, principalId, filter),
      leftOutBooks(api.db, caller),
    ]);
    const isLeftOut = ({ id }: SharedBookView) => leftOut.has(id);
    const shared = books.flatMap(sharedBookView);
    const page = rows.slice(0, query.limit);
    return {
      items: await summaries(api, caller, page, books, after?.before),
      nextCursor: nextCursor(rows, page, after?.before),
      counts,
      sharedBooks: shared.filter((book) => !isLeftOut(book)),
      leftOutBooks: shared.filter(isLeftOut),
      total: tiers.reduce((sum, tier) => sum + counts[tier], 0),
      lastRun: lastRun ? runView(lastRun) : null,
    };
  },

  showSuggestion: async ({ api, caller, parameters }) => {
    const { organisationId, principalId } = caller;
    const row = await findSuggestion(api.db, organisationId, principalId, parameters.id);
    const books = await readableBooks(api.db, caller);
    const readable = new Set(idsOf(books));
    const [summary] = row?.collections.every((id) => readable.has(id))
      ? await summaries(api, caller, [row], books)
      : [];
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
    const { organisationId, principalId } = caller;
    const own = (await readableBooks(api.db, caller)).filter((book) => book.ownerName === undefined);
    const filter = checkedFilter(api, own, { collectionId: query.collectionId, copied: true });
    const after = readCursor(query.cursor, Position);
    const [rows, sum] = await Promise.all([
      listSuggestions(api.db, organisationId, principalId, filter, query.limit + 1, after?.place),
      sumCopies(api.db, organisationId, principalId, filter),
    ]);
    const page = rows.slice(0, query.limit);
    return {
      items: await summaries(api, caller, page, own, after?.before),
      nextCursor: nextCursor(rows, page, after?.before),
      ...sum,
    };
  },
};
