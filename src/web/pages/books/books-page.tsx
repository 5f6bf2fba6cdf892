/** Address books and calendars: make, rename, colour, delete, import, export, share, publish; calendars from elsewhere; birthdays. */
import { useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import { say } from '../../messages/say.ts';
import { Icon } from '../../parts/icon.tsx';
import { useShared } from '../../parts/shared-state.ts';
import { session } from '../../session.ts';
import { BinDialog } from './bin-dialog.tsx';
import { BirthdaySwitch } from './birthday-switch.tsx';
import { DeleteDialog, EditDialog } from './collection-dialogs.tsx';
import { CollectionEntry, type Deed } from './collection-entry.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { PublishDialog } from './publish-dialog.tsx';
import { RestoreDialog } from './restore-dialog.tsx';
import { ShareDialog } from './share-dialog.tsx';
import { SharedSection } from './shared-section.tsx';
import { SubscriptionSection } from './subscription-section.tsx';

export type Asking =
  | { readonly what: 'create'; readonly kind: CollectionView['kind'] }
  | { readonly what: Deed; readonly collection: CollectionView };

const KINDS = [
  { kind: 'addressbook', title: 'books.addressbooks', create: 'books.newBook' },
  { kind: 'calendar', title: 'books.calendars', create: 'books.newCalendar' },
] as const;

export function BooksPage() {
  const collections = useShared(session)?.collections ?? [];
  const [asking, setAsking] = useState<Asking | null>(null);
  return (
    <div class="narrow stack">
      <h1>{say('nav.books')}</h1>
      {KINDS.map(({ kind, title, create }) => (
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
              .filter((collection) => collection.kind === kind && collection.fedBy !== 'subscription')
              .map((collection) => (
                <CollectionEntry
                  key={collection.id}
                  collection={collection}
                  ask={(what) => setAsking({ what, collection })}
                />
              ))}
          </ul>
          {kind === 'calendar' && <BirthdaySwitch />}
        </section>
      ))}
      <SharedSection />
      <SubscriptionSection ask={setAsking} />
      {asking && <AskedDialog asking={asking} close={() => setAsking(null)} />}
    </div>
  );
}

const DIALOGS = {
  import: ImportDialog,
  share: ShareDialog,
  publish: PublishDialog,
  bin: BinDialog,
  restore: RestoreDialog,
  delete: DeleteDialog,
} as const;

function AskedDialog({ asking, close }: { asking: Asking; close: () => void }) {
  if (asking.what === 'create') return <EditDialog kind={asking.kind} collection={null} close={close} />;
  const { what, collection } = asking;
  if (what === 'edit') return <EditDialog kind={collection.kind} collection={collection} close={close} />;
  const Asked = DIALOGS[what];
  return <Asked collection={collection} close={close} />;
}
