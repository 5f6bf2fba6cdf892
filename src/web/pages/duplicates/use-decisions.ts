/** What the reader decides about a cluster, done at the server, with the way back offered at once. */
import type { Preview } from '../../../api/contract/merges.ts';
import type { SuggestionDetail } from '../../../api/contract/suggestions.ts';
import { hideCards, mergeCards, postponeCards, revokeDecision, undoMerge } from '../../api/duplicates.ts';
import { newIdempotencyKey, RefusedError } from '../../api/request.ts';
import { say } from '../../messages/say.ts';
import { sayFault } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';

/** Each tells whether it was done; a failure has been shown by then, with a way to try again. */
export interface ClusterActions {
  merge(detail: SuggestionDetail, preview: Preview, choices: Readonly<Record<string, string>>): Promise<boolean>;
  hide(detail: SuggestionDetail): Promise<boolean>;
  later(detail: SuggestionDetail): Promise<boolean>;
}

interface Surroundings {
  /** The cluster is settled: take it out and go on to the next. */
  settled(suggestionId: string): void;
  /** Something came back: load anew. */
  returned(): void;
}

/** What can be done about a cluster, with faults shown as they come and the way back offered after each deed. */
export function clusterActions({ settled, returned }: Surroundings): ClusterActions {
  const keyOf = idempotencyKeys();
  const attempt = async (id: string, deed: () => Promise<void>): Promise<boolean> => {
    try {
      await deed();
      settled(id);
      return true;
    } catch (fault) {
      const stale = fault instanceof RefusedError && (fault.status === 409 || fault.status === 404);
      const again = () => void attempt(id, deed);
      toast(sayFault(fault), stale ? { label: say('reload'), run: returned } : { label: say('retry'), run: again });
      return false;
    }
  };
  const merge = async (detail: SuggestionDetail, preview: Preview, choices: Readonly<Record<string, string>>) => {
    const { referenceId, etags } = preview;
    const others = detail.cards.map((card) => card.id).filter((id) => id !== referenceId && id in etags);
    const body = { referenceId, memberIds: others, choices, etags };
    const done = await mergeCards(body, keyOf(JSON.stringify(body)));
    const name = detail.cards.find((card) => card.id === referenceId)?.displayName || say('card.nameless');
    offerUndo(say('merge.done', { n: others.length + 1, name }), returned, () =>
      undoMerge(done.merge.id, { onConflict: 'keep-edits' }),
    );
  };
  const decide = async (detail: SuggestionDetail, verdict: typeof hideCards, text: string) => {
    const decision = await verdict({ cardIds: detail.cards.map((card) => card.id) });
    offerUndo(text, returned, () => revokeDecision(decision.id));
  };
  return {
    merge: (detail, preview, choices) => attempt(detail.id, () => merge(detail, preview, choices)),
    hide: (detail) => attempt(detail.id, () => decide(detail, hideCards, say('decide.hidden'))),
    later: (detail) => attempt(detail.id, () => decide(detail, postponeCards, say('decide.postponed'))),
  };
}

/** The same wish has the same key over its attempts, so that an answer lost on the way is not merged twice. */
function idempotencyKeys(): (wish: string) => string {
  const keys = new Map<string, string>();
  return (wish) => {
    const key = keys.get(wish) ?? newIdempotencyKey();
    keys.set(wish, key);
    return key;
  };
}

/** Says what was done, with the way back; `returned` is called after it was taken. */
function offerUndo(text: string, returned: () => void, undo: () => Promise<unknown>): void {
  const run = () =>
    void undo().then(
      () => {
        toast(say('undone'));
        returned();
      },
      (fault: unknown) => toast(sayFault(fault), { label: say('retry'), run }),
    );
  toast(text, { label: say('undo'), key: 'U', run });
}

/** Goes to the cluster that follows, or to the list when none is left. */
export function goOn(nextId: string | null): void {
  go({ page: 'duplicates', suggestionId: nextId }, 'replace');
}
