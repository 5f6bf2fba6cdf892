/** The duplicates: ranked clusters on the left, the opened one on the right; on a phone one after the other. */
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { TierName } from '../../../api/contract.ts';
import { runToastAction } from '../../parts/toast.tsx';
import { prefer, preference } from '../../preferences.ts';
import { go } from '../../router.ts';
import { addressBooks, refreshCollections } from '../../session.ts';
import { ClusterPane } from './cluster-pane.tsx';
import { TIERS } from './confidence.tsx';
import { ListPane } from './list-pane.tsx';
import { ShortcutsDialog, useKeys } from './shortcuts.tsx';
import { type SuggestionFilter, useSuggestionList } from './suggestion-list.ts';
import { clusterActions, goOn } from './use-decisions.ts';
import { useRun } from './use-run.ts';

/** From this width on list and cluster stand side by side; style/duplicates.css has the same number. */
const SIDE_BY_SIDE = '(min-width: 60rem)';

export function DuplicatesPage(props: { suggestionId: string | null }) {
  const openId = props.suggestionId;
  const [filter, setFilter] = useState(rememberedFilter);
  const [showingKeys, setShowingKeys] = useState(false);
  const [visit, setVisit] = useState(0);
  const list = useSuggestionList(filter);
  const reload = () => {
    list.reload();
    void refreshCollections().catch(() => {});
  };
  const run = useRun(list.lastRun, reload);
  const ids = list.items.map((item) => item.id);
  const place = openId === null ? -1 : ids.indexOf(openId);
  const now = useRef({ ids, openId, list, reload });
  now.current = { ids, openId, list, reload };

  useEffect(() => {
    if (openId === null && ids[0] !== undefined && matchMedia(SIDE_BY_SIDE).matches) goOn(ids[0]);
  }, [openId, ids[0]]);
  useEffect(() => {
    if (place >= 0 && place > ids.length - 3) list.loadMore();
  }, [place, ids.length]);

  const actions = useMemo(
    () =>
      clusterActions({
        settled(id) {
          const { ids: before, openId: open, list: loaded } = now.current;
          const index = before.indexOf(id);
          loaded.remove(id);
          if (open === id) goOn(before[index + 1] ?? before[index - 1] ?? null);
        },
        returned() {
          now.current.reload();
          setVisit((count) => count + 1);
        },
      }),
    [],
  );

  useKeys((event) => {
    if (event.key === '?') setShowingKeys(true);
    else if (openId !== null) return;
    else if (event.key === 'j' && ids[0]) go({ page: 'duplicates', suggestionId: ids[0] });
    else if (event.key === 'u') runToastAction();
  });

  return (
    <div class={`review ${openId === null ? 'review-list' : 'review-open'}`}>
      <ListPane
        list={list}
        filter={filter}
        run={run}
        openId={openId}
        setFilter={(next) => {
          rememberFilter(next);
          setFilter(next);
          if (openId !== null) goOn(null);
        }}
        exactMerged={() => {
          reload();
          goOn(null);
        }}
      />
      {openId !== null ? (
        <ClusterPane
          key={`${openId} ${visit}`}
          suggestionId={openId}
          place={place + 1}
          total={list.total}
          previousId={ids[place - 1] ?? null}
          nextId={place < 0 ? null : (ids[place + 1] ?? null)}
          actions={actions}
          showKeys={() => setShowingKeys(true)}
        />
      ) : (
        <div class="cluster-pane cluster-none" />
      )}
      {showingKeys && <ShortcutsDialog close={() => setShowingKeys(false)} />}
    </div>
  );
}

function rememberedFilter(): SuggestionFilter {
  const book = preference('book');
  const tier = preference('tier');
  return {
    collectionId: addressBooks().some(({ id }) => id === book) ? book : null,
    tier: TIERS.find((name): name is TierName => name === tier) ?? null,
  };
}

function rememberFilter(filter: SuggestionFilter): void {
  prefer('book', filter.collectionId);
  prefer('tier', filter.tier);
}
