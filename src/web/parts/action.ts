/** What a button or a form does: one thing at a time, and what went wrong is kept to be shown. */
import { useState } from 'preact/hooks';

/** Runs one action at a time and keeps its fault. */
export function useAction<Args extends readonly unknown[]>(action: (...given: Args) => Promise<void>) {
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<unknown>(null);
  const run = async (...given: Args) => {
    if (busy) return;
    setBusy(true);
    setFault(null);
    await action(...given)
      .catch(setFault)
      .finally(() => setBusy(false));
  };
  return { busy, fault, run, clear: () => setFault(null) };
}

/** What a form does when it is submitted, in place of leaving the page. */
export const submitting = (run: () => unknown) => (event: Event) => {
  event.preventDefault();
  run();
};
