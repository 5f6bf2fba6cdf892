/** Address books and calendars: make, rename, colour, delete, import, export. */
import { useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import { exportUrl } from '../../api/collections.ts';
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { useShared } from '../../parts/shared-state.ts';
import { session } from '../../session.ts';
import { BinDialog } from './bin-dialog.tsx';
import { DeleteDialog, EditDialog } from './collection-dialogs.tsx';
import { ImportDialog } from './import-dialog.tsx';

type Asking =
  | { readonly what: 'create'; readonly kind: CollectionView['kind'] }
  | { readonly what: 'edit' | 'delete' | 'import' | 'bin'; readonly collection: CollectionView };

const KINDS = [
  { kind: 'addressbook', title: 'books.addressbooks', create: 'books.newBook', icon: 'book' },
  { kind: 'calendar', title: 'books.calendars', create: 'books.newCalendar', icon: 'calendar' },
] as const;

export function BooksPage() {
  const collections = useShared(session)?.collections ?? [];
  const [asking, setAsking] = useState<Asking | null>(null);
  const close = () => setAsking(null);
  return (
    <div class="narrow stack">
      <h1>{say('nav.books')}</h1>
      {KINDS.map(({ kind, title, create, icon }) => (
        <section key={kind} class="stack">
          <div class="row">
            <h2>{say(title)}</h2>
            <button type="button" class="button button-small push" onClick={() => setAsking({ what: 'create', kind })}>
              <Icon name="plus" size={16} />
              {say(create)}
            </button>
          </div>
          <ul class="panel entries">
            {collections
              .filter((collection) => collection.kind === kind)
              .map((collection) => (
                <Entry key={collection.id} collection={collection} icon={icon} ask={setAsking} />
              ))}
          </ul>
        </section>
      ))}
      {asking?.what === 'create' && <EditDialog kind={asking.kind} collection={null} close={close} />}
      {asking?.what === 'edit' && (
        <EditDialog kind={asking.collection.kind} collection={asking.collection} close={close} />
      )}
      {asking?.what === 'delete' && <DeleteDialog collection={asking.collection} close={close} />}
      {asking?.what === 'bin' && <BinDialog collection={asking.collection} close={close} />}
      {asking?.what === 'import' && <ImportDialog collection={asking.collection} close={close} />}
    </div>
  );
}

interface EntryProps {
  readonly collection: CollectionView;
  readonly icon: 'book' | 'calendar';
  ask(asking: Asking): void;
}

function Entry({ collection, icon, ask }: EntryProps) {
  const name = collection.displayName;
  const deeds = [
    { what: 'import', icon: 'import', text: say('books.import') },
    { what: 'edit', icon: 'edit', text: say('books.edit') },
    { what: 'bin', icon: 'history', text: say('bin.title') },
    { what: 'delete', icon: 'bin', text: say('books.delete') },
  ] as const;
  return (
    <li class="entry">
      <span
        class="colour-dot"
        style={collection.color ? { background: collection.color.slice(0, 7) } : {}}
        aria-hidden="true"
      >
        {collection.color ? null : <Icon name={icon} />}
      </span>
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">
          {say(collection.kind === 'calendar' ? 'events' : 'cards', { n: collection.count })}
          {collection.description ? ` · ${collection.description}` : ''}
        </p>
      </div>
      <div class="row entry-deeds">
        <a
          class="button button-quiet button-small"
          href={exportUrl(collection.id)}
          download={`${collection.name}.${collection.kind === 'calendar' ? 'ics' : 'vcf'}`}
          aria-label={say('books.of', { deed: say('books.export'), name })}
        >
          <Icon name="export" size={16} />
          {say('books.export')}
        </a>
        {deeds.map((deed) => (
          <button
            key={deed.what}
            type="button"
            class={`button button-quiet ${deed.what === 'import' ? 'button-small' : 'button-icon'}`}
            aria-label={say('books.of', { deed: deed.text, name })}
            title={deed.text}
            onClick={() => ask({ what: deed.what, collection })}
          >
            <Icon name={deed.icon} size={16} />
            {deed.what === 'import' && deed.text}
          </button>
        ))}
      </div>
    </li>
  );
}
