/** Asks about what a device wanted to delete in one go, on whatever page the reader is. */
import { useState } from 'preact/hooks';
import type { HeldDeletions } from '../../api/contract/deletions.ts';
import { confirmDeletions, discardDeletions, listHeldDeletions } from '../api/deletions.ts';
import { say } from '../messages/say.ts';
import { useAction } from '../parts/action.ts';
import { Icon } from '../parts/icon.tsx';
import { Failure, useLoaded } from '../parts/loaded.tsx';
import { toast } from '../parts/toast.tsx';
import { collectionName, refreshCollections } from '../session.ts';

/** The first of them that is not put off; nothing when there is none, or when they cannot be asked for. */
export function HeldDeletionsNotice() {
  const { value, reload } = useLoaded(listHeldDeletions, []);
  const [later, setLater] = useState<readonly string[]>([]);
  const held = value?.items.find(({ id }) => !later.includes(id));
  return held ? (
    <Question key={held.id} held={held} settled={reload} putOff={() => setLater([...later, held.id])} />
  ) : null;
}

interface QuestionProps {
  readonly held: HeldDeletions;
  settled(): void;
  putOff(): void;
}

function Question({ held, settled, putOff }: QuestionProps) {
  const { busy, fault, run } = useAction(async (deed: () => Promise<string>) => {
    toast(await deed());
    settled();
    await refreshCollections();
  });
  const remove = async () => say('held.removed', { n: (await confirmDeletions(held.id)).deleted });
  const keep = async () => {
    const { kept, restored } = await discardDeletions(held.id);
    return say('held.kept', { n: kept + restored });
  };
  return (
    <aside class="note held-deletions" aria-label={say('held.title')}>
      <Icon name="warning" />
      <p>
        <strong>{say('held.title')}</strong>{' '}
        {say('held.text', { n: held.count, device: held.device, book: collectionName(held.collectionId) })}
      </p>
      {fault !== null && <Failure fault={fault} />}
      <div class="row">
        <button type="button" class="button button-main" disabled={busy} onClick={() => void run(keep)}>
          {say('held.keep')}
        </button>
        <button type="button" class="button button-danger" disabled={busy} onClick={() => void run(remove)}>
          {say('held.remove', { n: held.count })}
        </button>
        <button type="button" class="button button-quiet" onClick={putOff}>
          {say('held.later')}
        </button>
      </div>
    </aside>
  );
}
