/** The bin of an address book or calendar. */
import type { CollectionView } from '../../../api/contract/collections.ts';
import { say } from '../../messages/say.ts';
import { Dialog } from '../../parts/dialog.tsx';
import { BinList } from '../history/bin-list.tsx';

export function BinDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  return (
    <Dialog title={say('books.of', { deed: say('bin.title'), name: collection.displayName })} close={close}>
      <BinList collectionId={collection.id} />
    </Dialog>
  );
}
