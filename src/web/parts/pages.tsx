/** A list that comes page by page, and the button that asks for the next. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { say } from '../messages/say.ts';

export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export interface Pages<T> {
  readonly items: readonly T[];
  readonly fault: unknown;
  readonly loading: boolean;
  /** True once the first page came and held nothing. */
  readonly empty: boolean;
  readonly more: boolean;
  loadMore(): void;
  /** Loads anew from the first page. */
  reload(): void;
  /** Changes what is shown without asking the server. */
  change(turn: (items: readonly T[]) => readonly T[]): void;
}

interface State<T> {
  readonly items: readonly T[];
  /** Undefined: nothing came yet. */
  readonly cursor: string | null | undefined;
  readonly loading: boolean;
  readonly fault: unknown;
}

/** Loads the first page now and whenever `inputs` change; a newer load aborts the older. */
export function usePages<T>(
  load: (cursor: string | null, signal: AbortSignal) => Promise<Page<T>>,
  inputs: readonly unknown[],
): Pages<T> {
  const [state, setState] = useState<State<T>>({ items: [], cursor: undefined, loading: true, fault: null });
  const control = useRef<AbortController | null>(null);
  const fetchPage = useCallback(async (cursor: string | null) => {
    control.current?.abort();
    control.current = new AbortController();
    const { signal } = control.current;
    setState((before) => ({ ...before, loading: true, fault: null }));
    try {
      const page = await load(cursor, signal);
      if (signal.aborted) return;
      setState((before) => ({
        items: cursor === null ? page.items : [...before.items, ...page.items],
        cursor: page.nextCursor,
        loading: false,
        fault: null,
      }));
    } catch (fault) {
      if (!signal.aborted) setState((before) => ({ ...before, loading: false, fault }));
    }
  }, inputs);
  useEffect(() => {
    void fetchPage(null);
    return () => control.current?.abort();
  }, [fetchPage]);
  return {
    items: state.items,
    fault: state.fault,
    loading: state.loading,
    empty: state.cursor !== undefined && state.items.length === 0,
    more: state.cursor !== undefined && state.cursor !== null,
    loadMore: () => void fetchPage(state.cursor ?? null),
    reload: () => void fetchPage(null),
    change: (turn) => setState((before) => ({ ...before, items: turn(before.items) })),
  };
}

/** Asks for the next page; nothing where there is none. */
export function MoreButton({ pages }: { pages: Pages<unknown> }) {
  if (!pages.more) return null;
  return (
    <button type="button" class="button more-button" disabled={pages.loading} onClick={pages.loadMore}>
      {say('more')}
    </button>
  );
}
