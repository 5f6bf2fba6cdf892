/** Nights: what the last ones did, each undone in one step, and what the next may do. */
import { useState } from 'preact/hooks';
import type { Night } from '../../../api/contract/nights.ts';
import { undoRun } from '../../api/duplicates.ts';
import { listNights } from '../../api/history.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure } from '../../parts/loaded.tsx';
import { PagedEntries } from '../../parts/paged-entries.tsx';
import { usePages } from '../../parts/pages.tsx';
import { toast } from '../../parts/toast.tsx';
import { NightWishes } from './night-wishes.tsx';

export function NightSection() {
  return (
    <>
      <NightWishes />
      <h2>{say('nights.last')}</h2>
      <Nights />
    </>
  );
}

function Nights() {
  const pages = usePages(listNights, []);
  return (
    <PagedEntries
      pages={pages}
      label={say('nights.last')}
      icon="moon"
      empty={say('nights.none')}
      draw={(night) => <NightEntry key={night.nightAt} night={night} changed={pages.reload} />}
    />
  );
}

function NightEntry({ night, changed }: { night: Night; changed: () => void }) {
  const [left, setLeft] = useState(0);
  const { busy, fault, run } = useAction(async () => {
    if (night.mergeRunId === null) return;
    const { undone, refused } = await undoRun(night.mergeRunId, { onConflict: 'ask' });
    setLeft(refused.length);
    toast(say('exact.undone', { n: undone.length }));
    changed();
  });
  return (
    <li class="entry">
      <div class="entry-words">
        <strong>{sayMoment(night.nightAt)}</strong>{' '}
        {night.state !== 'done' && <span class="chip">{say(`nights.${night.state}`)}</span>}
        <p class="small muted">{outcomes(night).join(' · ')}</p>
        {night.failed.length > 0 && (
          <p class="small">{say('nights.stepsFailed', { steps: night.failed.join(', ') })}</p>
        )}
        {left > 0 && <p class="note small">{say('nights.undoLeft', { n: left })}</p>}
        {fault !== null && <Failure fault={fault} retry={() => void run()} />}
      </div>
      {night.standing > 0 && (
        <button
          type="button"
          class="button button-small"
          disabled={busy}
          aria-label={say('nights.undoOf', { when: sayMoment(night.nightAt, 'date') })}
          onClick={() => void run()}
        >
          <Icon name="undo" size={16} />
          {say('nights.undo', { n: night.standing })}
        </button>
      )}
    </li>
  );
}

/** What a night did, in a few phrases. */
function outcomes({ numbers, mergeRunId, standing, mail }: Night): string[] {
  const merges = numbers.merges ?? 0;
  const count = (n: number, text: string): string[] => (n > 0 ? [text] : []);
  return [
    say('nights.compared', { n: numbers.cards ?? 0 }),
    say('nights.new', { n: numbers.new ?? 0 }),
    ...count(merges, say('nights.merged', { n: merges })),
    ...count(numbers.refused ?? 0, say('nights.refused', { n: numbers.refused ?? 0 })),
    ...(mergeRunId !== null && merges > standing ? [say('nights.undone', { n: merges - standing })] : []),
    ...(mail === 'sent' || mail === 'failed' ? [say(`nights.mail.${mail}`)] : []),
  ];
}
