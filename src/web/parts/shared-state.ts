/** A value that several parts of the page watch. */
import { useEffect, useState } from 'preact/hooks';

export interface SharedState<T> {
  get(): T;
  set(value: T): void;
  watch(heard: (value: T) => void): () => void;
}

export function sharedState<T>(initial: T): SharedState<T> {
  let value = initial;
  const watchers = new Set<(value: T) => void>();
  return {
    get: () => value,
    set(next) {
      value = next;
      for (const heard of watchers) heard(next);
    },
    watch(heard) {
      watchers.add(heard);
      return () => watchers.delete(heard);
    },
  };
}

/** The current value; the component is drawn again when it changes. */
export function useShared<T>(state: SharedState<T>): T {
  const [, redraw] = useState(0);
  useEffect(() => state.watch(() => redraw((count) => count + 1)), [state]);
  return state.get();
}
