/** Secret links to a book or calendar: make one, show it once with its QR code, revoke any. */
import { useState } from 'preact/hooks';
import type { CollectionView } from '../../../api/contract/collections.ts';
import type { NewPublication, Publication } from '../../../api/contract/publications.ts';
import { createPublication, listPublications, revokePublication } from '../../api/feeds.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { CopyLine } from '../../parts/copy.tsx';
import { Dialog } from '../../parts/dialog.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { NameForm } from '../../parts/name-form.tsx';
import { QrCode } from '../../parts/qr-code.tsx';

export function PublishDialog({ collection, close }: { collection: CollectionView; close: () => void }) {
  const [name, setName] = useState('');
  const [made, setMade] = useState<NewPublication | null>(null);
  const links = useLoaded((signal) => listPublications(collection.id, signal), [collection.id]);
  const { busy, fault, run } = useAction(async () => {
    setMade(await createPublication(collection.id, name.trim()));
    setName('');
    links.reload();
  });
  return (
    <Dialog title={say('books.of', { deed: say('publish.do'), name: collection.displayName })} close={close}>
      <p class="muted">{say(collection.kind === 'calendar' ? 'publish.explainCalendar' : 'publish.explainBook')}</p>
      <NameForm
        label={say('publish.for')}
        button={say('publish.make')}
        {...{ name, setName, busy }}
        make={() => void run()}
      />
      {fault !== null && <Failure fault={fault} />}
      {made && <MadeLink url={made.url} />}
      {links.fault !== null && <Failure fault={links.fault} retry={links.reload} />}
      {links.value === null && links.fault === null && <Waiting />}
      <ul class="panel entries" aria-label={say('publish.links')}>
        {links.value?.items.map((link) => (
          <LinkEntry
            key={link.id}
            link={link}
            revoked={() => {
              if (made?.publication.id === link.id) setMade(null);
              links.reload();
            }}
          />
        ))}
      </ul>
    </Dialog>
  );
}

function MadeLink({ url }: { url: string }) {
  return (
    <section class="note note-good" role="status">
      <p class="small">{say('publish.once')}</p>
      <div class="entry-wide">
        <CopyLine label={say('publish.link')} text={url} />
      </div>
      <QrCode text={url} label={say('publish.code')} />
    </section>
  );
}

function LinkEntry({ link, revoked }: { link: Publication; revoked: () => void }) {
  const name = link.name || say('publish.unnamed');
  const { busy, fault, run } = useAction(async () => {
    await revokePublication(link.id);
    revoked();
  });
  return (
    <li class="entry">
      <div class="entry-words">
        <strong>{name}</strong>
        <p class="small muted">{say('setUp.since', { when: sayMoment(link.createdAt) })}</p>
        {fault !== null && <Failure fault={fault} />}
      </div>
      <button
        type="button"
        class="button button-small button-danger"
        disabled={busy}
        aria-label={say('setUp.revokeOf', { name })}
        onClick={() => void run()}
      >
        {say('setUp.revoke')}
      </button>
    </li>
  );
}
