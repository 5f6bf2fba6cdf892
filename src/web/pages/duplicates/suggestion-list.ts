/** The ranked clusters as the reader has them: pages loaded on demand, decided ones taken out at once. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { Run } from '../../../api/contract/runs.ts';
import type { SuggestionPage, SuggestionSummary } from '../../../api/contract/suggestions.ts';
import type { TierName } from '../../../api/contract/words.ts';
import { listSuggestions } from '../../api/duplicates.ts';

export interface SuggestionFilter {
  readonly collectionId: string | null;
  readonly tier: TierName | null;
}

export interface SuggestionList {
  readonly items: readonly SuggestionSummary[];
  readonly counts: SuggestionPage['counts'] | null;
  readonly total: number;
  /** Books of others that are searched, too. */
  readonly sharedBooks: SuggestionPage['sharedBooks'];
  /** Those that are too large for it. */
  readonly leftOutBooks: SuggestionPage['leftOutBooks'];
  readonly lastRun: Run | null;
  readonly loading: boolean;
  readonly fault: unknown;
  /** Changes when the exact copies among them may have changed. */
  readonly exactStamp: string;
  loadMore(): void;
  /** Loads anew from the start, as many as were loaded before. */
  reload(): void;
  /** Takes a decided cluster out. */
  remove(id: string): void;
}

interface State {
  /** Counts reloads and decided exact copies. */
  readonly changes: number;
  readonly items: readonly SuggestionSummary[];
  readonly page: SuggestionPage | null;
  readonly loading: boolean;
  readonly fault: unknown;
}

/** The first page comes soon, the others need to be fewer. */
const FIRST_PAGE = 50;
const FURTHER_PAGE = 100;
const START: State = { changes: 0, items: [], page: null, loading: true, fault: null };

export function useSuggestionList(filter: SuggestionFilter): SuggestionList {
  const [state, setState] = useState<State>(START);
  const latest = useRef(state);
  latest.current = state;
  const control = useRef<AbortController | null>(null);

  const fetchUpTo = useCallback(
    async (items: readonly SuggestionSummary[], cursor: string | null, wanted: number) => {
      control.current?.abort();
      control.current = new AbortController();
      const { signal } = control.current;
      setState((before) => ({ ...before, loading: true, fault: null }));
      try {
        const fetched = await fetchPages(filter, items, cursor, wanted, signal);
        if (!signal.aborted) setState((before) => ({ ...before, ...fetched, loading: false, fault: null }));
      } catch (fault) {
        if (!signal.aborted) setState((before) => ({ ...before, loading: false, fault }));
      }
    },
    [filter.collectionId, filter.tier],
  );

  useEffect(() => {
    // Counts and last run stay to be seen until the new ones come.
    setState(({ page, changes }) => ({ ...START, page, changes }));
    void fetchUpTo([], null, FIRST_PAGE);
    return () => control.current?.abort();
  }, [fetchUpTo]);

  const loadMore = useCallback(() => {
    const { loading, page, items } = latest.current;
    if (!loading && page?.nextCursor) void fetchUpTo(items, page.nextCursor, items.length + 1);
  }, [fetchUpTo]);
  const reload = useCallback(() => {
    setState((before) => ({ ...before, changes: before.changes + 1 }));
    void fetchUpTo([], null, Math.max(FIRST_PAGE, latest.current.items.length));
  }, [fetchUpTo]);
  const remove = useCallback((id: string) => setState((before) => without(before, id)), []);

  const { items, page, loading, fault, changes } = state;
  return {
    items,
    counts: page?.counts ?? null,
    total: page?.total ?? 0,
    sharedBooks: page?.sharedBooks ?? [],
    leftOutBooks: page?.leftOutBooks ?? [],
    lastRun: page?.lastRun ?? null,
    loading,
    fault,
    exactStamp: `${page?.lastRun?.id} ${changes}`,
    loadMore,
    reload,
    remove,
  };
}

/** Adds pages to `items`, from `cursor` on, until there are `wanted` or no more. */
async function fetchPages(
  filter: SuggestionFilter,
  items: readonly SuggestionSummary[],
  cursor: string | null,
  wanted: number,
  signal: AbortSignal,
): Promise<Pick<State, 'items'> & { page: SuggestionPage }> {
  const limit = cursor === null ? FIRST_PAGE : FURTHER_PAGE;
  const page = await listSuggestions({ ...queryOf(filter), limit, ...(cursor ? { cursor } : {}) }, signal);
  const known = new Set(items.map((item) => item.id));
  const grown = [...items, ...page.items.filter((item) => !known.has(item.id))];
  if (page.nextCursor === null || grown.length >= wanted) return { items: grown, page };
  return fetchPages(filter, grown, page.nextCursor, wanted, signal);
}

function queryOf(filter: SuggestionFilter): { collectionId?: string; tier?: TierName } {
  return {
    ...(filter.collectionId ? { collectionId: filter.collectionId } : {}),
    ...(filter.tier ? { tier: filter.tier } : {}),
  };
}

function without(state: State, id: string): State {
  const gone = state.items.find((item) => item.id === id);
  if (!gone || !state.page) return state;
  const counts = { ...state.page.counts, [gone.tier]: Math.max(state.page.counts[gone.tier] - 1, 0) };
  return {
    ...state,
    changes: state.changes + (gone.copies > 0 ? 1 : 0),
    items: state.items.filter((item) => item.id !== id),
    page: { ...state.page, counts, total: Math.max(state.page.total - 1, 0) },
  };
}
