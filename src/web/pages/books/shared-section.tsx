/** Books and calendars that others share with the reader. */
import { useState } from 'preact/hooks';
import type { SharedCollection } from '../../../api/contract/shares.ts';
import { leaveSharedCollection } from '../../api/shares.ts';
import { say } from '../../messages/say.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { toast } from '../../parts/toast.tsx';
import { refreshCollections, session, sharedName, useShares } from '../../session.ts';
import { CollectionDot, ExportLink, sayCount } from './collection-entry.tsx';

/** Nothing where nobody shares anything. */
export function SharedSection() {
  useShares();
  const items = session.get()?.shared ?? [];
  if (items.length === 0) return null;
  return (
    <section class="stack">
      <h2>{say('shared.title')}</h2>
      <p class="small muted">{say('shared.explain')}</p>
      <ul class="panel entries">
        {items.map((each) => (
          <SharedEntry key={each.id} shared={each} />
        ))}
      </ul>
    </section>
  );
}

function SharedEntry({ shared }: { shared: SharedCollection }) {
  const { displayName: name, ownerName, may } = shared;
  const [leaving, setLeaving] = useState(false);
  return (
    <li class="entry">
      <CollectionDot collection={shared} />
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {[say('shared.by', { name: ownerName }), say(`share.${may}`), shared.readable ? sayCount(shared) : '']
            .filter(Boolean)
            .join(' · ')}
        </p>
      </div>
      <div class="row entry-deeds">
        {shared.readable && <ExportLink collection={shared} />}
        <button
          type="button"
          class="button button-quiet button-small"
          aria-label={say('books.of', { deed: say('shared.leave'), name })}
          onClick={() => setLeaving(true)}
        >
          <Icon name="close" size={16} />
          {say('shared.leave')}
        </button>
      </div>
      <div class="entry-wide">
        <CopyLine
          label={say('books.of', { deed: say('share.addressOf'), name })}
          text={new URL(shared.path, document.baseURI).href}
        />
      </div>
      {leaving && <LeaveDialog shared={shared} close={() => setLeaving(false)} />}
    </li>
  );
}

function LeaveDialog({ shared, close }: { shared: SharedCollection; close: () => void }) {
  const leave = async () => {
    await leaveSharedCollection(shared.id);
    close();
    toast(say('shared.left', { name: sharedName(shared) }));
    await refreshCollections();
  };
  return (
    <ConfirmDialog
      title={say('books.of', { deed: say('shared.leave'), name: sharedName(shared) })}
      confirm={say('shared.leave')}
      danger
      run={leave}
      close={close}
    >
      <p>{say('shared.leaveWarning', { name: shared.ownerName })}</p>
    </ConfirmDialog>
  );
}
