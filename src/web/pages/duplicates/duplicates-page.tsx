/** The duplicates: ranked clusters on the left, the opened one on the right; on a phone one after the other. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TierName } from '../../../api/contract/words.ts';
import { useCollectionGone } from '../../parts/collection-gone.ts';
import { runToastAction } from '../../parts/toast.tsx';
import { prefer, preference } from '../../preferences.ts';
import { go } from '../../router.ts';
import { hasCards, refreshCollections } from '../../session.ts';
import { ClusterPane } from './cluster-pane.tsx';
import { TIERS } from './confidence.tsx';
import { ListPane } from './list-pane.tsx';
import { ShortcutsDialog, useKeys } from './shortcuts.tsx';
import { isSideBySide } from './side-by-side.ts';
import { type SuggestionFilter, type SuggestionList, useSuggestionList } from './suggestion-list.ts';
import { type ClusterActions, clusterActions, goOn } from './use-decisions.ts';
import { type FollowedRun, useRun } from './use-run.ts';

export function DuplicatesPage({ suggestionId: openId }: { suggestionId: string | null }) {
  const [filter, setFilter] = useState(rememberedFilter);
  const [showingKeys, setShowingKeys] = useState(false);
  const [visit, setVisit] = useState(0);
  const list = useSuggestionList(filter);
  const reload = () => {
    list.reload();
    void refreshCollections().catch(() => {});
  };
  const run = useRun(list.lastRun, reload);
  useFirstSearch(list, run);
  const actions = useActions(list, openId, () => {
    reload();
    setVisit((count) => count + 1);
  });
  const openedByItself = useOpening(list, openId);
  const ids = list.items.map((item) => item.id);
  const place = openId === null ? -1 : ids.indexOf(openId);

  useKeys((event) => {
    if (event.key === '?') setShowingKeys(true);
    else if (openId !== null) return;
    else if (event.key === 'j' && ids[0]) go({ page: 'duplicates', suggestionId: ids[0] });
    else if (event.key === 'u') runToastAction();
  });
  const changeFilter = (next: SuggestionFilter) => {
    prefer('book', next.collectionId);
    prefer('tier', next.tier);
    setFilter(next);
    if (openId !== null) goOn(null);
  };
  useCollectionGone(list.fault, () => changeFilter({ ...filter, collectionId: null }));
  const exactMerged = () => {
    reload();
    if (openId !== null) goOn(null);
  };

  return (
    <div class={`review ${openId === null ? 'review-list' : 'review-open'}`}>
      <ListPane {...{ list, filter, run, openId, exactMerged }} setFilter={changeFilter} />
      {openId !== null ? (
        <ClusterPane
          key={`${openId} ${visit}`}
          suggestionId={openId}
          place={place + 1}
          total={list.total}
          previousId={ids[place - 1] ?? null}
          nextId={place < 0 ? null : (ids[place + 1] ?? null)}
          actions={actions}
          takesFocus={openId !== openedByItself}
          showKeys={() => setShowingKeys(true)}
        />
      ) : (
        <div class="cluster-pane cluster-none" />
      )}
      {showingKeys && <ShortcutsDialog close={() => setShowingKeys(false)} />}
    </div>
  );
}

/** Cards that were never looked through, such as those that a device has just brought: nobody should have to ask for it. */
function useFirstSearch({ loading, fault, lastRun }: SuggestionList, run: FollowedRun): void {
  const begun = useRef(false);
  const isDue = !loading && fault === null && lastRun === null && hasCards();
  useEffect(() => {
    if (!isDue || begun.current) return;
    begun.current = true;
    run.start();
  }, [isDue]);
}

/** On a wide page the first cluster opens by itself (gives its id); near the end of the list more is loaded. */
function useOpening(list: SuggestionList, openId: string | null): string | null {
  const byItself = useRef<string | null>(null);
  const firstId = list.items[0]?.id;
  const place = list.items.findIndex((item) => item.id === openId);
  useEffect(() => {
    if (openId !== null || firstId === undefined || !isSideBySide()) return;
    byItself.current = firstId;
    goOn(firstId);
  }, [openId, firstId]);
  useEffect(() => {
    if (place >= 0 && place > list.items.length - 3) list.loadMore();
  }, [place, list.items.length]);
  return byItself.current;
}

/** The deeds on a cluster; a settled one leaves the list, and the next takes its place. */
function useActions(list: SuggestionList, openId: string | null, returned: () => void): ClusterActions {
  const now = useRef({ list, openId, returned });
  now.current = { list, openId, returned };
  return useMemo(
    () =>
      clusterActions({
        settled(id) {
          const { items, remove } = now.current.list;
          const index = items.findIndex((item) => item.id === id);
          remove(id);
          if (now.current.openId === id) goOn(items[index + 1]?.id ?? items[index - 1]?.id ?? null);
        },
        returned: () => now.current.returned(),
      }),
    [],
  );
}

function rememberedFilter(): SuggestionFilter {
  const tier = preference('tier');
  return {
    collectionId: preference('book'),
    tier: TIERS.find((name): name is TierName => name === tier) ?? null,
  };
}
