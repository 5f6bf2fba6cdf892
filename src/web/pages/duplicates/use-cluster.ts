/** One opened cluster: what the reader selected in it and the preview that follows from it. */
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Preview } from '../../../api/contract/merges.ts';
import type { SuggestionDetail } from '../../../api/contract/suggestions.ts';
import { previewMerge, showSuggestion } from '../../api/duplicates.ts';
import { useLoaded } from '../../parts/loaded.tsx';

export interface Cluster {
  readonly detail: SuggestionDetail | null;
  readonly fault: unknown;
  readonly referenceId: string;
  /** Cards in books of others that the reader may only read: they never take part. */
  readonly readOnlyIds: ReadonlySet<string>;
  /** Cards that take part, the reference among them. */
  readonly tickedIds: ReadonlySet<string>;
  /** Property to the card whose value is kept. */
  readonly choices: Readonly<Record<string, string>>;
  /** Of exactly this selection; null while it is on its way or when fewer than two cards take part. */
  readonly preview: Preview | null;
  /** The newest preview, perhaps of the selection before: shown until the next comes, never merged. */
  readonly shownPreview: Preview | null;
  readonly previewFault: unknown;
  chooseReference(cardId: string): void;
  tick(cardId: string, taking: boolean): void;
  /** Keeps this card's values of these properties. */
  chooseValue(properties: readonly string[], cardId: string): void;
  reload(): void;
  reloadPreview(): void;
}

export function useCluster(suggestionId: string): Cluster {
  const loaded = useLoaded((signal) => showSuggestion(suggestionId, signal), [suggestionId]);
  const detail = loaded.value;
  const [chosenReference, setChosenReference] = useState<string | null>(null);
  const [untickedIds, setUntickedIds] = useState<ReadonlySet<string>>(new Set());
  const [choices, setChoices] = useState<Readonly<Record<string, string>>>({});
  const readOnlyIds = useMemo(() => cardsToReadOnly(detail), [detail]);
  const referenceId = chosenReference ?? detail?.referenceId ?? '';
  const tickedIds = useMemo(() => {
    const ids = (detail?.cards ?? []).map((card) => card.id);
    return new Set(ids.filter((id) => !untickedIds.has(id) && !readOnlyIds.has(id)));
  }, [detail, untickedIds, readOnlyIds]);
  const { preview, newest, fault, reload } = usePreview(detail, referenceId, tickedIds, choices);

  return {
    detail,
    fault: loaded.fault,
    referenceId,
    readOnlyIds,
    tickedIds,
    choices,
    preview,
    shownPreview: newest,
    previewFault: fault,
    chooseReference(cardId) {
      if (readOnlyIds.has(cardId)) return;
      setChosenReference(cardId);
      setUntickedIds((before) => new Set([...before].filter((id) => id !== cardId)));
      setChoices({});
    },
    tick(cardId, taking) {
      if (cardId === referenceId || readOnlyIds.has(cardId)) return;
      setUntickedIds((before) => new Set(taking ? [...before].filter((id) => id !== cardId) : [...before, cardId]));
      if (!taking) setChoices((before) => Object.fromEntries(Object.entries(before).filter(([, id]) => id !== cardId)));
    },
    chooseValue(properties, cardId) {
      setChoices((before) => {
        const others = Object.entries(before).filter(([property]) => !properties.includes(property));
        const chosen = cardId === referenceId ? [] : properties.map((property) => [property, cardId] as const);
        return Object.fromEntries([...others, ...chosen]);
      });
    },
    reload: loaded.reload,
    reloadPreview: reload,
  };
}

function cardsToReadOnly(detail: SuggestionDetail | null): ReadonlySet<string> {
  const books = new Set(detail?.sharedBooks.filter((book) => !book.mayMerge).map((book) => book.id));
  return new Set(detail?.cards.filter((card) => books.has(card.collectionId)).map((card) => card.id));
}

function usePreview(
  detail: SuggestionDetail | null,
  referenceId: string,
  tickedIds: ReadonlySet<string>,
  choices: Readonly<Record<string, string>>,
) {
  const [round, setRound] = useState(0);
  const memberIds = [...tickedIds].filter((id) => id !== referenceId);
  const wanted = JSON.stringify([referenceId, memberIds, choices, round]);
  const [held, setHeld] = useState<{ of: string; preview: Preview | null; fault: unknown }>({
    of: '',
    preview: null,
    fault: null,
  });
  useEffect(() => {
    if (!detail || memberIds.length === 0 || !tickedIds.has(referenceId)) return;
    const control = new AbortController();
    previewMerge({ referenceId, memberIds, choices }, control.signal).then(
      (preview) => control.signal.aborted || setHeld({ of: wanted, preview, fault: null }),
      (fault: unknown) =>
        control.signal.aborted || setHeld((before) => ({ of: wanted, preview: before.preview, fault })),
    );
    return () => control.abort();
  }, [wanted, detail]);
  const current = held.of === wanted && memberIds.length > 0;
  return {
    preview: current && held.fault === null ? held.preview : null,
    newest: memberIds.length > 0 ? held.preview : null,
    fault: current ? held.fault : null,
    reload: () => setRound((count) => count + 1),
  };
}
