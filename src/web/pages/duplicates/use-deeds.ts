/** What the reader does with the opened cluster, one deed at a time. */
import { useState } from 'preact/hooks';
import type { ChangedCard } from './card-changes.ts';
import type { Cluster } from './use-cluster.ts';
import type { ClusterActions } from './use-decisions.ts';

/** Merge, hide, later for what is selected now; one at a time. What the server wants looked at is merged once that was confirmed. */
export function useDeeds(cluster: Cluster, actions: ClusterActions) {
  const [deciding, setDeciding] = useState(false);
  const [confirming, setConfirming] = useState(false);
  const [changed, setChanged] = useState<readonly ChangedCard[] | null>(null);
  const { detail, preview, choices } = cluster;
  const decide = async (decision: () => Promise<boolean>) => {
    if (deciding) return;
    setDeciding(true);
    if (!(await decision())) setDeciding(false);
  };
  const showChanges = (cards: readonly ChangedCard[]) => {
    setChanged(cards);
    cluster.reload();
  };
  const mergeNow = () => {
    setConfirming(false);
    setChanged(null);
    if (detail && preview) void decide(() => actions.merge(detail, preview, choices, showChanges));
  };
  return {
    deciding,
    confirming,
    changed,
    mergeNow,
    doNotMerge: () => setConfirming(false),
    forgetChanges: () => setChanged(null),
    merge: () => {
      if (detail?.confirm && preview) setConfirming(true);
      else mergeNow();
    },
    hide: () => detail && void decide(() => actions.hide(detail)),
    later: () => detail && void decide(() => actions.later(detail)),
  };
}
