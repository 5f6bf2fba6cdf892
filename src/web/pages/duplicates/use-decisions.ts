/** What the reader decides about a cluster, done at the server, with the way back offered at once. */
import type { Preview } from '../../../api/contract/merges.ts';
import type { SuggestionDetail } from '../../../api/contract/suggestions.ts';
import { showCard } from '../../api/collections.ts';
import { hideCards, mergeCards, postponeCards, revokeDecision, undoMerge } from '../../api/duplicates.ts';
import { newIdempotencyKey, RefusedError } from '../../api/request.ts';
import { say } from '../../messages/say.ts';
import { sayFault } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';
import { type ChangedCard, changedCard } from './card-changes.ts';

/** Each tells whether it was done; a failure has been shown by then, with a way to try again or with what changed. */
export interface ClusterActions {
  merge(
    detail: SuggestionDetail,
    preview: Preview,
    choices: Readonly<Record<string, string>>,
    changed: (cards: readonly ChangedCard[]) => void,
  ): Promise<boolean>;
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
  const attempt = async (
    id: string,
    deed: () => Promise<void>,
    explained: (fault: unknown) => Promise<boolean> = async () => false,
  ): Promise<boolean> => {
    try {
      await deed();
      settled(id);
      return true;
    } catch (fault) {
      if (await explained(fault)) return false;
      const stale = fault instanceof RefusedError && (fault.status === 409 || fault.status === 404);
      const again = () => void attempt(id, deed, explained);
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
      undoMerge(done.merge.id, { onConflict: 'ask' }),
    );
  };
  const decide = async (detail: SuggestionDetail, verdict: typeof hideCards, text: string) => {
    const decision = await verdict({ cardIds: detail.cards.map((card) => card.id) });
    offerUndo(text, returned, () => revokeDecision(decision.id));
  };
  return {
    merge: (detail, preview, choices, changed) =>
      attempt(
        detail.id,
        () => merge(detail, preview, choices),
        async (fault) => {
          const cards = await changesBehind(fault, detail);
          if (cards) changed(cards);
          return cards !== null;
        },
      ),
    hide: (detail) => attempt(detail.id, () => decide(detail, hideCards, say('decide.hidden'))),
    later: (detail) => attempt(detail.id, () => decide(detail, postponeCards, say('decide.postponed'))),
  };
}

/** What was changed about the cards, where that is why the merge was refused; null for any other fault. */
async function changesBehind(fault: unknown, detail: SuggestionDetail): Promise<readonly ChangedCard[] | null> {
  if (!(fault instanceof RefusedError && fault.problem.code === 'card-changed')) return null;
  const changed = (fault.problem.changed ?? []) as readonly { id: string }[];
  const { signal } = new AbortController();
  const cards = changed.map(async ({ id }) => {
    const place = detail.cards.findIndex((card) => card.id === id);
    const now = await showCard(id, signal).catch((refusal: unknown) => {
      if (refusal instanceof RefusedError && refusal.status === 404) return null;
      throw refusal;
    });
    return place < 0 ? [] : [changedCard(place + 1, detail.cards[place]!, now)];
  });
  return Promise.all(cards).then(
    (found) => found.flat(),
    () => null,
  );
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
      (fault: unknown) => {
        if (fault instanceof RefusedError && fault.problem.code === 'undo-conflict') {
          go({ page: 'history', section: 'merges' });
          toast(say('undo.settle'));
        } else toast(sayFault(fault), { label: say('retry'), run });
      },
    );
  toast(text, { label: say('undo'), key: 'U', run });
}

/** Goes to the cluster that follows, or to the list when none is left. */
export function goOn(nextId: string | null): void {
  go({ page: 'duplicates', suggestionId: nextId }, 'replace');
}
