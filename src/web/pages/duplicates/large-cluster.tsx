/** A cluster of more cards than one person usually has: merged only once the reader has confirmed it. */
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import type { Cluster } from './use-cluster.ts';
import { sayWeakest } from './why.tsx';

interface LargeClusterDialogProps {
  readonly cluster: Cluster;
  merge(): void;
  close(): void;
}

export function LargeClusterDialog({ cluster, merge, close }: LargeClusterDialogProps) {
  const { detail, tickedIds } = cluster;
  if (detail === null) return null;
  const weakest = sayWeakest(detail);
  return (
    <ConfirmDialog
      title={say('large.title', { n: tickedIds.size })}
      confirm={say('merge.do', { n: tickedIds.size })}
      run={async () => merge()}
      close={close}
    >
      <p>{say('large.explain')}</p>
      {weakest !== null && <p class="note">{weakest}</p>}
      <ol class="dialog-list">
        {detail.cards.map((card, index) =>
          tickedIds.has(card.id) ? (
            <li key={card.id}>
              <span class="card-number">{index + 1}</span> {card.displayName || say('card.nameless')}{' '}
              <span class="small muted">{card.organisation ?? card.emails[0] ?? card.phones[0] ?? ''}</span>
            </li>
          ) : null,
        )}
      </ol>
    </ConfirmDialog>
  );
}
