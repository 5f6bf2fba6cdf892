/** Taking a book or calendar back to a moment: first what that would change, by name, then the change itself. */
import { useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import type { RestorePlan } from '../../../api/contract/history.ts';
import { restoreCollection } from '../../api/collections.ts';
import { say } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { refreshCollections } from '../../session.ts';

const DAY_MS = 86_400_000;

/** A moment as an input of type datetime-local holds it, by the reader's clock. */
function localValue(moment: number): string {
  const date = new Date(moment);
  return new Date(moment - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

export function RestoreDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  const [moment, setMoment] = useState(() => localValue(Date.now() - DAY_MS));
  const [plan, setPlan] = useState<RestorePlan | null>(null);
  const nothing = plan !== null && plan.brought.count === 0 && plan.removed.count === 0;
  const { busy, fault, run } = useAction(async () => {
    const dryRun = plan === null;
    const made = await restoreCollection(collection.id, { moment: new Date(moment).toISOString(), dryRun });
    if (dryRun) return setPlan(made);
    await refreshCollections();
    toast(say('restore.done', { name: collection.displayName }));
    close();
  });
  return (
    <Dialog title={say('books.of', { deed: say('restore.do'), name: collection.displayName })} close={close}>
      <form class="stack" onSubmit={submitting(run)}>
        <p class="muted">{say('restore.explain')}</p>
        <div class="field">
          <label for="restore-moment">{say('restore.moment')}</label>
          <input
            id="restore-moment"
            class="input"
            type="datetime-local"
            required
            max={localValue(Date.now())}
            value={moment}
            onInput={(event) => {
              setMoment(event.currentTarget.value);
              setPlan(null);
            }}
          />
        </div>
        {plan && <Plan plan={plan} />}
        {fault !== null && <Failure fault={fault} />}
        <div class="dialog-actions">
          <button type="button" class="button" onClick={close}>
            {say('cancel')}
          </button>
          <button
            type="submit"
            class={plan === null ? 'button button-main' : 'button button-danger'}
            disabled={busy || nothing}
          >
            {say(plan === null ? 'restore.look' : 'restore.now')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

function Plan({ plan }: { plan: RestorePlan }) {
  const parts = [
    { list: plan.brought, text: say('restore.brought', { n: plan.brought.count }) },
    { list: plan.removed, text: say('restore.removed', { n: plan.removed.count }) },
    { list: plan.lost, text: say('restore.lost', { n: plan.lost.count }) },
    { list: plan.locked, text: say('restore.locked', { n: plan.locked.count }) },
  ];
  return (
    <div class="note" role="status">
      <div class="stack tight entry-wide">
        {parts
          .filter(({ list }) => list.count > 0)
          .map(({ list, text }) => (
            <details key={text}>
              <summary>{text}</summary>
              <p class="small muted">
                {list.titles.join(', ')}
                {list.count > list.titles.length ? ' …' : ''}
              </p>
            </details>
          ))}
        <p class="small">{say('restore.unchanged', { n: plan.unchanged })}</p>
      </div>
    </div>
  );
}
