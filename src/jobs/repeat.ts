/** Work done again and again with a pause in between, one round at a time. */

export interface Repetition {
  /** Waits for the round that is going on; no other begins. */
  stop(): Promise<void>;
}

/** Calls `round` after each pause; what it throws goes to `failed` and ends nothing. */
export function repeat(pauseMs: number, round: () => Promise<void>, failed: (error: unknown) => void): Repetition {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current: Promise<void> = Promise.resolve();
  const next = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      current = round().catch(failed).finally(next);
    }, pauseMs);
    timer.unref();
  };
  next();
  return {
    stop: async () => {
      stopped = true;
      clearTimeout(timer);
      await current;
    },
  };
}
