/** Deleted address books and calendars, whole: each brought back by one click, or forgotten for good. */
import { useState } from 'preact/hooks';
import type { DeletedCollection } from '../../../api/contract/bin.ts';
import { forgetDeletedCollection, listDeletedCollections, restoreDeletedCollection } from '../../api/history.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { refreshCollections } from '../../session.ts';

export function DeletedCollections() {
  const { value, fault, reload } = useLoaded(listDeletedCollections, []);
  if (fault !== null) return <Failure fault={fault} retry={reload} />;
  if (value === null || value.items.length === 0) return null;
  return (
    <section class="stack">
      <h2>{say('bin.collections')}</h2>
      <ul class="panel entries">
        {value.items.map((collection) => (
          <DeletedEntry key={collection.id} collection={collection} changed={reload} />
        ))}
      </ul>
    </section>
  );
}

interface DeletedEntryProps {
  readonly collection: DeletedCollection;
  changed(): void;
}

function DeletedEntry({ collection, changed }: DeletedEntryProps) {
  const [forgetting, setForgetting] = useState(false);
  const name = collection.displayName;
  const { busy, fault, run } = useAction(async () => {
    await restoreDeletedCollection(collection.id);
    toast(say('bin.collectionBack', { name }));
    changed();
    await refreshCollections();
  });
  return (
    <li class="entry">
      <span class="colour-dot" aria-hidden="true">
        <Icon name={collection.kind === 'calendar' ? 'calendar' : 'book'} />
      </span>
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {say(collection.kind === 'calendar' ? 'events' : 'cards', { n: collection.count })} ·{' '}
          {say('bin.deletedAt', { when: sayMoment(collection.deletedAt) })}
        </p>
        {fault !== null && <Failure fault={fault} />}
      </div>
      <div class="row">
        <button
          type="button"
          class="button button-small"
          disabled={busy}
          aria-label={say('books.of', { deed: say('versions.restore'), name })}
          onClick={() => void run()}
        >
          <Icon name="undo" size={16} />
          {say('versions.restore')}
        </button>
        <button
          type="button"
          class="button button-quiet button-icon"
          aria-label={say('books.of', { deed: say('bin.forget'), name })}
          title={say('bin.forget')}
          onClick={() => setForgetting(true)}
        >
          <Icon name="bin" size={16} />
        </button>
      </div>
      {forgetting && <ForgetDialog collection={collection} changed={changed} close={() => setForgetting(false)} />}
    </li>
  );
}

function ForgetDialog({ collection, changed, close }: DeletedEntryProps & { close: () => void }) {
  const forget = async () => {
    await forgetDeletedCollection(collection.id);
    close();
    changed();
  };
  return (
    <ConfirmDialog
      title={say('books.of', { deed: say('bin.forget'), name: collection.displayName })}
      confirm={say('bin.forget')}
      danger
      run={forget}
      close={close}
    >
      <p>{say('bin.forgetWarning')}</p>
    </ConfirmDialog>
  );
}
