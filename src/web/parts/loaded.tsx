/** Loading from the API inside a component, and how waiting and failing look. */
import type { ComponentChildren } from 'preact';
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Problem } from '../../api/contract/words.ts';
import { RefusedError, UnreachableError } from '../api/request.ts';
import { type Parameters, say, sayIfKnown, sayMoment } from '../messages/say.ts';
import { Icon } from './icon.tsx';

export interface Loaded<T> {
  /** What came last; stays while it is loaded again. */
  readonly value: T | null;
  readonly fault: unknown;
  readonly loading: boolean;
  reload(): void;
}

/** Runs `load` now and whenever `inputs` change; a newer load aborts the older. */
export function useLoaded<T>(load: (signal: AbortSignal) => Promise<T>, inputs: readonly unknown[]): Loaded<T> {
  const [round, setRound] = useState(0);
  const [state, setState] = useState<Omit<Loaded<T>, 'reload'>>({ value: null, fault: null, loading: true });
  useEffect(() => {
    const control = new AbortController();
    setState((before) => ({ ...before, fault: null, loading: true }));
    load(control.signal).then(
      (value) => control.signal.aborted || setState({ value, fault: null, loading: false }),
      (fault: unknown) => control.signal.aborted || setState((before) => ({ ...before, fault, loading: false })),
    );
    return () => control.abort();
  }, [...inputs, round]);
  const reload = useCallback(() => setRound((count) => count + 1), []);
  return { ...state, reload };
}

/** A fault in the reader's language; the server's own sentence where the page has no words for its code. */
export function sayFault(fault: unknown): string {
  if (fault instanceof UnreachableError) return say('fault.unreachable');
  if (fault instanceof RefusedError)
    return sayIfKnown(`fault.${fault.problem.code}`, parametersOf(fault.problem)) ?? fault.problem.detail;
  return say('fault.unexpected');
}

/** What a problem says beside its code, as a text takes it; `until` is a moment. */
function parametersOf(problem: Problem): Parameters {
  const told = Object.entries(problem).filter(([, value]) => typeof value === 'string' || typeof value === 'number');
  const { until } = problem;
  const moment = typeof until === 'string' ? { until: sayMoment(until) } : {};
  return { ...(Object.fromEntries(told) as Parameters), ...moment };
}

/** Says a fault and offers to try again. */
export function Failure(props: { fault: unknown; retry?: (() => void) | undefined; children?: ComponentChildren }) {
  return (
    <div class="note note-error" role="alert">
      <Icon name="warning" />
      <p>{sayFault(props.fault)}</p>
      {props.children}
      {props.retry && (
        <button type="button" class="button button-small" onClick={props.retry}>
          {say('retry')}
        </button>
      )}
    </div>
  );
}

/** Shown while there is nothing to show yet. */
export function Waiting() {
  return (
    <p class="waiting muted" role="status">
      {say('loading')}
    </p>
  );
}
