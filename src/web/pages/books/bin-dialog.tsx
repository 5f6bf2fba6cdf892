/** The bin of an address book or calendar. */
import type { CollectionView } from '../../../api/contract/collections.ts';
import { listDeleted } from '../../api/cards.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { VersionList } from '../../parts/version-list.tsx';
import { refreshCollections } from '../../session.ts';

export function BinDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  const { value, fault, reload } = useLoaded((signal) => listDeleted(collection.id, signal), [collection.id]);
  const restored = () => {
    reload();
    void refreshCollections();
  };
  return (
    <Dialog title={say('books.of', { deed: say('bin.title'), name: collection.displayName })} close={close}>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {value === null && fault === null && <Waiting />}
      {value?.items.length === 0 && <p class="muted">{say('bin.none')}</p>}
      {value && value.items.length > 0 && (
        <VersionList
          versions={value.items}
          tell={({ reason, endedAt }) =>
            say(reason === 'moved' ? 'bin.movedAt' : 'bin.deletedAt', { when: sayMoment(endedAt) })
          }
          restored={restored}
        />
      )}
    </Dialog>
  );
}
