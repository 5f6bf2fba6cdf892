/** What can be done with a card as a whole: edit, move, delete with a way back. */
import { useState } from 'preact/hooks';
import type { CardDetail } from '../../../api/contract/cards.ts';
import { deleteCard, moveCard, restoreDeleted, storeAgain } from '../../api/cards.ts';
import { say } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { Icon } from '../../parts/icon.tsx';
import { Failure, sayFault } from '../../parts/loaded.tsx';
import { toast } from '../../parts/toast.tsx';
import { go } from '../../router.ts';
import {
  addressBooks,
  collectionName,
  mayWrite,
  refreshCollections,
  sharedBooks,
  sharedCollection,
} from '../../session.ts';

interface CardDeedsProps {
  readonly card: CardDetail;
  edit(): void;
  /** The card or the list is no longer as it was. */
  changed(): void;
}

export function CardDeeds({ card, edit, changed }: CardDeedsProps) {
  const [moving, setMoving] = useState(false);
  const settled = async () => {
    changed();
    await refreshCollections();
  };
  const undo = async () => {
    // the bin of a book is its owner's: others store the card once more
    const restored = sharedCollection(card.collectionId) ? storeAgain(card) : restoreDeleted(card);
    const back = await restored.catch((fault: unknown) => toast(sayFault(fault)));
    if (back === undefined) return;
    toast(back ? say('versions.restored', { name: card.displayName }) : say('fault.no-such-version'));
    await settled();
  };
  const { busy, fault, run } = useAction(async () => {
    await deleteCard(card.id, card.etag);
    go({ page: 'contacts', cardId: null });
    toast(say('card.deleted', { name: card.displayName }), { label: say('undo'), run: () => void undo() });
    await settled();
  });
  return (
    <div class="row card-deeds">
      <button type="button" class="button button-small" onClick={edit}>
        <Icon name="edit" size={16} />
        {say('card.edit')}
      </button>
      {otherBooks(card).length > 0 && (
        <button type="button" class="button button-small" onClick={() => setMoving(true)}>
          <Icon name="book" size={16} />
          {say('card.move')}
        </button>
      )}
      <button type="button" class="button button-small button-danger" disabled={busy} onClick={() => void run()}>
        <Icon name="bin" size={16} />
        {say('card.delete')}
      </button>
      {fault !== null && <Failure fault={fault} />}
      {moving && <MoveDialog card={card} changed={settled} close={() => setMoving(false)} />}
    </div>
  );
}

/** Where the card can be moved to. */
const otherBooks = (card: CardDetail) =>
  [...addressBooks(), ...sharedBooks()].filter(({ id }) => id !== card.collectionId && mayWrite(id));

interface MoveDialogProps {
  readonly card: CardDetail;
  changed(): Promise<void>;
  close(): void;
}

function MoveDialog({ card, changed, close }: MoveDialogProps) {
  const books = otherBooks(card);
  const [target, setTarget] = useState(books[0]?.id ?? '');
  const move = async () => {
    await moveCard(card.id, target, card.etag);
    toast(say('card.moved', { book: collectionName(target) }));
    close();
    await changed();
  };
  return (
    <ConfirmDialog
      title={card.displayName || say('card.nameless')}
      confirm={say('card.moveDo')}
      run={move}
      close={close}
    >
      <div class="field">
        <label for="move-target">{say('card.moveTo')}</label>
        <select
          id="move-target"
          class="input"
          value={target}
          onChange={(event) => setTarget(event.currentTarget.value)}
        >
          {books.map(({ id }) => (
            <option key={id} value={id}>
              {collectionName(id)}
            </option>
          ))}
        </select>
      </div>
    </ConfirmDialog>
  );
}
