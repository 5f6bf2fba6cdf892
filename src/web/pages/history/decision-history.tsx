/** Clusters said to be different people, or put off: each can be taken back. */
import type { Decision } from '../../../api/contract/decisions.ts';
import { listDecisions, revokeDecision } from '../../api/duplicates.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';

export function DecisionHistory() {
  const pages = usePages(listDecisions, []);
  return (
    <PagedEntries
      pages={pages}
      label={say('history.decisions')}
      icon="hide"
      empty={say('history.noDecisions')}
      draw={(decision) => <DecisionEntry key={decision.id} decision={decision} changed={pages.reload} />}
    />
  );
}

function DecisionEntry(props: { decision: Decision; changed: () => void }) {
  const { decision } = props;
  const { busy, fault, run } = useAction(async () => {
    await revokeDecision(decision.id);
    toast(say('history.revoked'));
    props.changed();
  });
  const names = decision.cards.map(({ card }) => card?.displayName || say('card.gone'));
  return (
    <li class="entry">
      <div class="entry-words">
        <strong>{[...new Set(names)].join(' · ')}</strong>{' '}
        <span class="chip">{say(`verdict.${decision.verdict}`)}</span>
        <p class="small muted">
          {sayMoment(decision.decidedAt)}
          {decision.until !== null && ` · ${say('history.until', { when: sayMoment(decision.until, 'date') })}`}
        </p>
        {fault !== null && <Failure fault={fault} />}
      </div>
      <button
        type="button"
        class="button button-small"
        disabled={busy}
        aria-label={say('history.revokeOf', { name: names[0] ?? '' })}
        onClick={() => void run()}
      >
        <Icon name="undo" size={16} />
        {say('history.revoke')}
      </button>
    </li>
  );
}
