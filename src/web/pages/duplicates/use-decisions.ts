/** What the reader decides about a cluster, done at the server, with the way back offered at once. */
import type { Preview, SuggestionDetail } from '../../../api/contract.ts';
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

export function clusterActions({ settled, returned }: Surroundings): ClusterActions {
  const keys = new Map<string, string>();
  const attempt = async (id: string, deed: () => Promise<void>): Promise<boolean> => {
    try {
      await deed();
      settled(id);
      return true;
    } catch (fault) {
      const stale = fault instanceof RefusedError && (fault.status === 409 || fault.status === 404);
      toast(
        sayFault(fault),
        stale ? { label: say('reload'), run: returned } : { label: say('retry'), run: () => void attempt(id, deed) },
      );
      return false;
    }
  };
  const undoing = (run: () => Promise<unknown>) => ({
    label: say('undo'),
    key: 'U',
    run: () => void takeBack(run, returned),
  });

  return {
    merge: (detail, preview, choices) =>
      attempt(detail.id, async () => {
        const memberIds = Object.keys(preview.etags).filter((id) => id !== preview.referenceId && isMember(detail, id));
        const body = { referenceId: preview.referenceId, memberIds, choices, etags: preview.etags };
        // The same wish keeps its key over retries, so that an answer lost on the way is not merged twice.
        const wish = JSON.stringify(body);
        const key = keys.get(wish) ?? newIdempotencyKey();
        keys.set(wish, key);
        const { merge } = await mergeCards(body, key);
        keys.delete(wish);
        toast(say('merge.done', { n: memberIds.length + 1, name: nameOf(detail, preview.referenceId) }), {
          ...undoing(() => undoMerge(merge.id, { onConflict: 'keep-edits' })),
        });
      }),
    hide: (detail) =>
      attempt(detail.id, async () => {
        const decision = await hideCards({ cardIds: detail.cards.map((card) => card.id) });
        toast(
          say('decide.hidden'),
          undoing(() => revokeDecision(decision.id)),
        );
      }),
    later: (detail) =>
      attempt(detail.id, async () => {
        const decision = await postponeCards({ cardIds: detail.cards.map((card) => card.id) });
        toast(
          say('decide.postponed'),
          undoing(() => revokeDecision(decision.id)),
        );
      }),
  };

  function takeBack(run: () => Promise<unknown>, done: () => void): Promise<void> {
    return run().then(
      () => {
        toast(say('undone'));
        done();
      },
      (fault: unknown) => toast(sayFault(fault), { label: say('retry'), run: () => void takeBack(run, done) }),
    );
  }
}

function isMember(detail: SuggestionDetail, id: string): boolean {
  return detail.cards.some((card) => card.id === id);
}

function nameOf(detail: SuggestionDetail, id: string): string {
  return detail.cards.find((card) => card.id === id)?.displayName || say('card.nameless');
}

/** Goes to the cluster that follows, or to the list when none is left. */
export function goOn(nextId: string | null): void {
  go({ page: 'duplicates', suggestionId: nextId }, 'replace');
}
