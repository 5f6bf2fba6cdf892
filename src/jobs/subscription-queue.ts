/** Subscribed calendars are fetched when they are due, a few at a time, each by one process alone. */
import { type FetchingContext, refreshSubscription } from '../commands/refresh-subscription.ts';
import { claimSubscription, listDueSubscriptions, type Subscription } from '../store/subscriptions.ts';

/** Fetches going on at once. */
const AT_ONCE = 4;
const LISTED = 200;
/** A process that dies while it fetches leaves its subscription to others after this time. */
const LEASE_MS = 10 * 60_000;

/** Fetches what is due now; one that fails costs no other. Stops beginning new fetches once `isStopping` says so. */
export async function refreshDue(context: FetchingContext, isStopping: () => boolean = () => false): Promise<void> {
  const due = await listDueSubscriptions(context.db, new Date(context.clock.now()), LISTED);
  const worker = async () => {
    for (let next = due.shift(); next && !isStopping(); next = due.shift()) await refreshOne(context, next);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

async function refreshOne(context: FetchingContext, subscription: Subscription): Promise<void> {
  const { organisation_id, collection_id } = subscription;
  try {
    const until = new Date(context.clock.now() + LEASE_MS);
    if (await claimSubscription(context.db, subscription, until)) await refreshSubscription(context, subscription);
  } catch (error) {
    context.log.error({ organisation_id, collection_id, error: String(error) }, 'subscription could not be refreshed');
  }
}
