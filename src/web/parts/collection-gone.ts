/** What to show when the chosen book or calendar is no longer there. */
import { useEffect } from 'preact/hooks';
import { RefusedError } from '../api/request.ts';

/** The one that was chosen may be deleted, somebody else's, or not shared any more: then all are shown. */
export function useCollectionGone(fault: unknown, showAll: () => void): void {
  const gone = fault instanceof RefusedError && fault.problem.code === 'no-such-collection';
  useEffect(() => {
    if (gone) showAll();
  }, [gone]);
}
