/** With whom a book or calendar is shared: let somebody read or write, change that, end it. */
import { useId, useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import type { Share, ShareRequest } from '../../../api/contract/shares.ts';
import { listShares, shareCollection } from '../../api/shares.ts';
import { say } from '../../messages/say.ts';
import { submitting, useAction } from '../../parts/action.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { TextField } from '../../parts/text-field.tsx';

type May = Exclude<ShareRequest['may'], 'nothing'>;
const LEVELS: readonly May[] = ['read', 'write'];

interface ShareDialogProps {
  readonly collection: CollectionView;
  close(): void;
}

export function ShareDialog({ collection, close }: ShareDialogProps) {
  const shares = useLoaded((signal) => listShares(collection.id, signal), [collection.id]);
  const share = async (wanted: ShareRequest) => {
    await shareCollection(collection.id, wanted);
    shares.reload();
  };
  return (
    <Dialog title={say('books.of', { deed: say('share.do'), name: collection.displayName })} close={close}>
      <p class="muted">{say('share.explain')}</p>
      <ShareForm share={share} />
      {shares.fault !== null && <Failure fault={shares.fault} retry={shares.reload} />}
      {shares.value === null && shares.fault === null && <Waiting />}
      {shares.value?.items.length === 0 && <p class="small muted">{say('share.none')}</p>}
      <ul class="panel entries" aria-label={say('share.list')}>
        {shares.value?.items.map((each) => (
          <ShareEntry key={each.name ?? ''} given={each} share={share} />
        ))}
      </ul>
      <div class="stack">
        <p class="small muted">{say('share.address')}</p>
        <CopyLine label={say('share.addressOf')} text={new URL(collection.path, document.baseURI).href} />
      </div>
    </Dialog>
  );
}

/** Somebody by name, or everybody. */
function ShareForm({ share }: { share: (wanted: ShareRequest) => Promise<void> }) {
  const [name, setName] = useState('');
  const [everybody, setEverybody] = useState(false);
  const [may, setMay] = useState<May>('read');
  const id = useId();
  const { busy, fault, run } = useAction(async () => {
    await share({ name: everybody ? null : name.trim(), may });
    setName('');
    setEverybody(false);
  });
  return (
    <form class="stack" onSubmit={submitting(run)}>
      {!everybody && (
        <TextField
          id={`${id}-name`}
          label={say('share.with')}
          required
          literal
          maxLength={200}
          value={name}
          change={setName}
        />
      )}
      <label class="check">
        <input type="checkbox" checked={everybody} onChange={(event) => setEverybody(event.currentTarget.checked)} />
        {say('share.withEverybody')}
      </label>
      <LevelChoice id={`${id}-may`} label={say('share.may')} value={may} change={setMay} />
      {fault !== null && <Failure fault={fault} />}
      <div class="row">
        <button type="submit" class="button button-main" disabled={busy}>
          {say('share.do')}
        </button>
      </div>
    </form>
  );
}

interface LevelChoiceProps {
  readonly id: string;
  readonly label: string;
  /** True: the label is for screen readers alone. */
  readonly silent?: boolean;
  readonly value: May | null;
  change(may: May): void;
}

function LevelChoice({ id, label, silent, value, change }: LevelChoiceProps) {
  return (
    <div class="field">
      <label for={id} class={silent ? 'visually-hidden' : undefined}>
        {label}
      </label>
      <select id={id} class="input" value={value ?? ''} onChange={(event) => change(event.currentTarget.value as May)}>
        {value === null && <option value="">{say('share.other')}</option>}
        {LEVELS.map((level) => (
          <option key={level} value={level}>
            {say(`share.${level}`)}
          </option>
        ))}
      </select>
    </div>
  );
}

function ShareEntry({ given, share }: { given: Share; share: (wanted: ShareRequest) => Promise<void> }) {
  const id = useId();
  const name = given.displayName ?? say('share.everybody');
  const set = useAction((may: ShareRequest['may']) => share({ name: given.name, may }));
  return (
    <li class="entry">
      <div class="entry-words">
        <strong>{name}</strong>
        {given.name !== null && given.name !== name && <p class="small muted">{given.name}</p>}
        {set.fault !== null && <Failure fault={set.fault} />}
      </div>
      <LevelChoice
        id={id}
        label={say('books.of', { deed: say('share.may'), name })}
        silent
        value={given.may === 'other' ? null : given.may}
        change={(may) => void set.run(may)}
      />
      <button
        type="button"
        class="button button-small button-danger"
        disabled={set.busy}
        aria-label={say('books.of', { deed: say('share.end'), name })}
        onClick={() => void set.run('nothing')}
      >
        {say('share.end')}
      </button>
    </li>
  );
}
