/** A run of the engine, started here or elsewhere, followed until it ends. */
import { useCallback, useEffect, useState } from 'preact/hooks';
import type { Run } from '../../../api/contract/runs.ts';
import { showRun, startRun } from '../../api/duplicates.ts';
import { useAction } from '../../parts/action.ts';

const POLL_MILLISECONDS = 400;
const POLL_AFTER_FAULT_MILLISECONDS = 3000;

export interface FollowedRun {
  /** The run under way or just ended here. */
  readonly run: Run | null;
  readonly fault: unknown;
  readonly busy: boolean;
  start(): void;
}

/** `last` is the newest run the server told of: followed when it is still under way. `ended` is called once at its end. */
export function useRun(last: Run | null, ended: (run: Run) => void): FollowedRun {
  const [run, setRun] = useState<Run | null>(null);
  const starting = useAction(async () => setRun(await startRun()));

  useEffect(() => {
    if (last?.state === 'running' && run?.state !== 'running') setRun(last);
  }, [last?.id, last?.state]);

  useEffect(() => {
    if (run?.state !== 'running') return;
    const control = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      let pause = POLL_MILLISECONDS;
      try {
        const now = await showRun(run.id, control.signal);
        if (control.signal.aborted) return;
        setRun(now);
        if (now.state !== 'running') return ended(now);
      } catch {
        pause = POLL_AFTER_FAULT_MILLISECONDS;
      }
      if (!control.signal.aborted) timer = setTimeout(look, pause);
    };
    timer = setTimeout(look, POLL_MILLISECONDS);
    return () => {
      control.abort();
      clearTimeout(timer);
    };
  }, [run?.id, run?.state]);

  const start = useCallback(() => void starting.run(), [starting.run]);
  return { run, fault: starting.fault, busy: starting.busy || run?.state === 'running', start };
}
