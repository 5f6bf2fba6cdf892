/** Adding a calendar from elsewhere, changing where and how often it is fetched, ending it. */
import { useState } from 'preact/hooks';
import type { Subscription } from '../../../api/contract/subscriptions.ts';
import { changeSubscription, createSubscription, deleteSubscription } from '../../api/feeds.ts';
import { say } from '../../messages/say.ts';
import { ConfirmDialog } from '../../parts/dialog.tsx';
import { toast } from '../../parts/toast.tsx';

interface SubscriptionDialogProps {
  changed(): Promise<void>;
  close(): void;
}

const HOUR = 60;
const INTERVALS = [15, HOUR, 6 * HOUR, 24 * HOUR, 7 * 24 * HOUR];

/** `subscription` null: a new one. It is fetched at once, and nothing is made when that fails. */
export function SubscribeDialog(props: SubscriptionDialogProps & { subscription: Subscription | null }) {
  const { subscription } = props;
  const [url, setUrl] = useState(subscription?.url ?? '');
  const [displayName, setDisplayName] = useState('');
  const [refreshMinutes, setRefreshMinutes] = useState(subscription?.refreshMinutes ?? HOUR);
  const store = async () => {
    const name = displayName.trim();
    if (subscription) await changeSubscription(subscription.id, { url: url.trim(), refreshMinutes });
    else await createSubscription({ url: url.trim(), refreshMinutes, ...(name ? { displayName: name } : {}) });
    await props.changed();
    toast(say('saved'));
    props.close();
  };
  return (
    <ConfirmDialog
      title={say(subscription ? 'subscriptions.change' : 'subscriptions.add')}
      confirm={say(subscription ? 'save' : 'subscriptions.do')}
      disabled={url.trim() === ''}
      run={store}
      close={props.close}
    >
      <div class="field">
        <label for="feed-url">{say('subscriptions.url')}</label>
        <input
          id="feed-url"
          class="input"
          inputMode="url"
          autocomplete="off"
          required
          maxLength={4000}
          placeholder="https://example.org/holidays.ics"
          value={url}
          onInput={(event) => setUrl(event.currentTarget.value)}
        />
        <p class="field-hint">{say('subscriptions.urlHint')}</p>
      </div>
      {subscription === null && (
        <div class="field">
          <label for="feed-name">{say('subscriptions.name')}</label>
          <input
            id="feed-name"
            class="input"
            maxLength={200}
            value={displayName}
            onInput={(event) => setDisplayName(event.currentTarget.value)}
          />
        </div>
      )}
      <IntervalField minutes={refreshMinutes} change={setRefreshMinutes} />
    </ConfirmDialog>
  );
}

function IntervalField({ minutes, change }: { minutes: number; change: (minutes: number) => void }) {
  const choices = [...new Set([...INTERVALS, minutes])].sort((a, b) => a - b);
  return (
    <div class="field">
      <label for="feed-interval">{say('subscriptions.interval')}</label>
      <select
        id="feed-interval"
        class="input"
        value={minutes}
        onChange={(event) => change(Number(event.currentTarget.value))}
      >
        {choices.map((each) => (
          <option key={each} value={each}>
            {sayInterval(each)}
          </option>
        ))}
      </select>
    </div>
  );
}

function sayInterval(minutes: number): string {
  if (minutes % (24 * HOUR) === 0) return say('subscriptions.everyDays', { n: minutes / (24 * HOUR) });
  if (minutes % HOUR === 0) return say('subscriptions.everyHours', { n: minutes / HOUR });
  return say('subscriptions.everyMinutes', { n: minutes });
}

export function EndDialog({ subscription, changed, close }: SubscriptionDialogProps & { subscription: Subscription }) {
  const end = async () => {
    await deleteSubscription(subscription.id);
    close();
    toast(say('books.deleted', { name: subscription.collection.displayName }));
    await changed();
  };
  return (
    <ConfirmDialog
      title={say('books.of', { deed: say('subscriptions.end'), name: subscription.collection.displayName })}
      confirm={say('subscriptions.end')}
      danger
      run={end}
      close={close}
    >
      <p>{say('subscriptions.endWarning')}</p>
    </ConfirmDialog>
  );
}
