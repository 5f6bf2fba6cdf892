/** Making, changing and deleting an address book or a calendar. */
import { useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import { changeCollection, createCollection, deleteCollection } from '../../api/collections.ts';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';
import { refreshCollections } from '../../session.ts';

interface EditDialogProps {
  readonly kind: CollectionView['kind'];
  /** Null: make a new one. */
  readonly collection: CollectionView | null;
  close(): void;
}

const NEW_COLOUR = '#0d6b5f';

export function EditDialog({ kind, collection, close }: EditDialogProps) {
  const [displayName, setDisplayName] = useState(collection?.displayName ?? '');
  const [description, setDescription] = useState(collection?.description ?? '');
  const [color, setColor] = useState(collection?.color ?? null);
  const title =
    collection === null
      ? say(kind === 'calendar' ? 'books.newCalendar' : 'books.newBook')
      : say('books.of', { deed: say('books.edit'), name: collection.displayName });
  const store = async () => {
    const wanted = { displayName: displayName.trim(), description: description.trim() || null, color };
    if (collection === null) await createCollection({ kind, ...wanted });
    else await changeCollection(collection.id, wanted);
    await refreshCollections();
    toast(say('saved'));
    close();
  };
  return (
    <ConfirmDialog title={title} confirm={say('save')} disabled={displayName.trim() === ''} run={store} close={close}>
      <div class="field">
        <label for="collection-name">{say('books.name')}</label>
        <input
          id="collection-name"
          class="input"
          required
          maxLength={200}
          value={displayName}
          onInput={(event) => setDisplayName(event.currentTarget.value)}
        />
      </div>
      <div class="field">
        <label for="collection-description">{say('books.description')}</label>
        <input
          id="collection-description"
          class="input"
          maxLength={2000}
          value={description}
          onInput={(event) => setDescription(event.currentTarget.value)}
        />
      </div>
      <ColourField color={color} change={setColor} />
    </ConfirmDialog>
  );
}

function ColourField({ color, change }: { color: string | null; change: (color: string | null) => void }) {
  return (
    <div class="row">
      <label class="check">
        <input
          type="checkbox"
          checked={color !== null}
          onChange={(event) => change(event.currentTarget.checked ? NEW_COLOUR : null)}
        />
        {say('books.colour')}
      </label>
      {color !== null && (
        <input
          type="color"
          class="input"
          aria-label={say('books.colour')}
          value={color.slice(0, 7).toLowerCase()}
          onInput={(event) => change(event.currentTarget.value)}
        />
      )}
    </div>
  );
}

/** Deleting takes typing the name: everything in it goes, on every device. */
export function DeleteDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  const [typed, setTyped] = useState('');
  const remove = async () => {
    await deleteCollection(collection.id);
    await refreshCollections();
    toast(say('books.deleted', { name: collection.displayName }), {
      label: say('bin.title'),
      run: () => go({ page: 'history', section: 'bin' }),
    });
    close();
  };
  return (
    <ConfirmDialog
      title={say('books.of', { deed: say('books.delete'), name: collection.displayName })}
      confirm={say('books.delete')}
      danger
      disabled={typed.trim() !== collection.displayName.trim()}
      run={remove}
      close={close}
    >
      <p>
        {say('books.deleteWarning', {
          contents: say(collection.kind === 'calendar' ? 'events' : 'cards', { n: collection.count }),
        })}
      </p>
      <div class="field">
        <label for="delete-name">{say('books.typeName', { name: collection.displayName })}</label>
        <input
          id="delete-name"
          class="input"
          autocomplete="off"
          value={typed}
          onInput={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
    </ConfirmDialog>
  );
}
