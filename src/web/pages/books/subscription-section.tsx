/** Calendars from elsewhere: how fetching them went, fetch now, add, change, end. */
import { useState } from 'preact/hooks';
import type { Subscription } from '../../../api/contract/subscriptions.ts';
import { listSubscriptions, refreshSubscription } from '../../api/feeds.ts';
import { say, sayMoment } from '../../messages/say.ts';
import { useAction } from '../../parts/action.ts';
import { Icon } from '../../parts/icon.tsx';
import { Failure, useLoaded, Waiting } from '../../parts/loaded.tsx';
import { Menu } from '../../parts/menu.tsx';
import { toast } from '../../parts/toast.tsx';
import { refreshCollections, session } from '../../session.ts';
import type { Asking } from './books-page.tsx';
import { CollectionDot, ExportLink } from './collection-entry.tsx';
import { EndDialog, SubscribeDialog } from './subscription-dialogs.tsx';

type Open = { readonly dialog: 'new' } | { readonly dialog: 'change' | 'end'; readonly subscription: Subscription };

export function SubscriptionSection({ ask }: { ask: (asking: Asking) => void }) {
  const [open, setOpen] = useState<Open | null>(null);
  // Whatever was changed, here or in the dialogs for names and colours, ends with the collections fetched anew.
  const { value, fault, reload } = useLoaded(listSubscriptions, [session.get()?.collections]);
  const close = () => setOpen(null);
  return (
    <section class="stack">
      <div class="row">
        <h2>{say('subscriptions.title')}</h2>
        <button type="button" class="button button-small push" onClick={() => setOpen({ dialog: 'new' })}>
          <Icon name="plus" size={16} />
          {say('subscriptions.add')}
        </button>
      </div>
      {fault !== null && <Failure fault={fault} retry={reload} />}
      {value === null && fault === null && <Waiting />}
      {value?.items.length === 0 && <p class="muted small">{say('subscriptions.none')}</p>}
      <ul class="panel entries">
        {value?.items.map((subscription) => (
          <SubscriptionEntry
            key={subscription.id}
            subscription={subscription}
            changed={refreshCollections}
            ask={ask}
            open={setOpen}
          />
        ))}
      </ul>
      {open?.dialog === 'new' && <SubscribeDialog subscription={null} changed={refreshCollections} close={close} />}
      {open?.dialog === 'change' && (
        <SubscribeDialog subscription={open.subscription} changed={refreshCollections} close={close} />
      )}
      {open?.dialog === 'end' && (
        <EndDialog subscription={open.subscription} changed={refreshCollections} close={close} />
      )}
    </section>
  );
}

interface SubscriptionEntryProps {
  readonly subscription: Subscription;
  changed(): Promise<void>;
  ask(asking: Asking): void;
  open(open: Open): void;
}

function SubscriptionEntry({ subscription, changed, ask, open }: SubscriptionEntryProps) {
  const { collection } = subscription;
  const name = collection.displayName;
  const of = (text: string) => say('books.of', { deed: text, name });
  const { busy, fault, run } = useAction(async () => {
    const { error } = await refreshSubscription(subscription.id);
    if (error === null) toast(say('subscriptions.refreshed', { name }));
    await changed();
  });
  const deeds = [
    { icon: 'edit', text: say('books.edit'), run: () => ask({ what: 'edit', collection }) },
    { icon: 'clock', text: say('subscriptions.change'), run: () => open({ dialog: 'change', subscription }) },
    { icon: 'link', text: say('publish.do'), run: () => ask({ what: 'publish', collection }) },
    { icon: 'close', text: say('subscriptions.end'), run: () => open({ dialog: 'end', subscription }) },
  ] as const;
  return (
    <li class="entry">
      <CollectionDot collection={collection} />
      <div class="entry-words">
        <strong>{name}</strong>
        <State subscription={subscription} />
        {fault !== null && <Failure fault={fault} />}
      </div>
      <div class="row entry-deeds">
        <button
          type="button"
          class="button button-quiet button-small"
          disabled={busy}
          aria-label={of(say('subscriptions.refresh'))}
          onClick={() => void run()}
        >
          <Icon name="reload" size={16} />
          {say(busy ? 'subscriptions.busy' : 'subscriptions.refresh')}
        </button>
        <ExportLink collection={collection} />
        <Menu label={of(say('books.more'))}>
          {deeds.map((deed) => (
            <button key={deed.icon} type="button" class="menu-item" aria-label={of(deed.text)} onClick={deed.run}>
              <Icon name={deed.icon} size={16} />
              {deed.text}
            </button>
          ))}
        </Menu>
      </div>
    </li>
  );
}

/** How many entries, of when, from where; why the last attempt failed. */
function State({ subscription }: { subscription: Subscription }) {
  const { collection, refreshedAt, error, skipped, url } = subscription;
  const facts = [
    say('events', { n: collection.count }),
    refreshedAt === null ? say('subscriptions.never') : say('subscriptions.fetched', { when: sayMoment(refreshedAt) }),
    ...(skipped > 0 ? [say('subscriptions.skipped', { n: skipped })] : []),
    URL.canParse(url) ? new URL(url).host : url,
  ];
  return (
    <>
      <p class="small muted">{facts.join(' · ')}</p>
      {error !== null && <p class="small note note-error">{say('subscriptions.error', { reason: error })}</p>}
    </>
  );
}
