/** Calendars fetched from elsewhere. */
import { AppError } from '../../base/errors.ts';
import { deleteCollection } from '../../commands/collections.ts';
import { changeSubscription, refreshSubscription, subscribe } from '../../commands/refresh-subscription.ts';
import {
  findSubscription,
  listSubscriptions,
  type Subscription as SubscriptionRow,
} from '../../store/subscriptions.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { CollectionView } from '../contract/collections.ts';
import type { Subscription } from '../contract/subscriptions.ts';
import { collectionViews } from '../views/collection-view.ts';
import { requireCollection } from './collections.ts';

type SubscriptionOperations =
  | 'listSubscriptions'
  | 'createSubscription'
  | 'changeSubscription'
  | 'deleteSubscription'
  | 'refreshSubscription';

function view(row: SubscriptionRow, collection: CollectionView): Subscription {
  return {
    id: row.collection_id,
    url: row.url,
    refreshMinutes: row.refresh_minutes,
    refreshedAt: row.refreshed_at?.toISOString() ?? null,
    nextAt: row.next_at.toISOString(),
    error: row.error,
    skipped: row.skipped,
    collection,
  };
}

async function all(api: ApiContext, caller: Caller): Promise<Subscription[]> {
  const rows = await listSubscriptions(api.db, caller.organisationId, caller.principalId);
  const collections = new Map((await collectionViews(api.db, caller)).map((each) => [each.id, each]));
  return rows.flatMap((row) => {
    const collection = collections.get(row.collection_id);
    return collection ? [view(row, collection)] : [];
  });
}

async function shown(api: ApiContext, caller: Caller, id: string): Promise<Subscription> {
  const found = (await all(api, caller)).find((each) => each.id === id);
  if (!found) throw noSuchSubscription();
  return found;
}

async function required(api: ApiContext, caller: Caller, id: string): Promise<SubscriptionRow> {
  await requireCollection(api, caller, id);
  const row = await findSubscription(api.db, caller.organisationId, id);
  if (!row) throw noSuchSubscription();
  return row;
}

const noSuchSubscription = () => new AppError('notFound', 'no-such-subscription', 'There is no such subscription.');

export const subscriptionHandlers: Handlers<SubscriptionOperations> = {
  listSubscriptions: async ({ api, caller }) => ({ items: await all(api, caller) }),

  createSubscription: async ({ api, caller, body }) => {
    const { url, displayName, color, refreshMinutes } = body;
    const { collection_id } = await subscribe(api, caller, { url, displayName, color, refreshMinutes });
    return shown(api, caller, collection_id);
  },

  changeSubscription: async ({ api, caller, parameters, body }) => {
    await changeSubscription(api, await required(api, caller, parameters.id), body);
    return shown(api, caller, parameters.id);
  },

  deleteSubscription: async ({ api, caller, parameters }) => {
    await required(api, caller, parameters.id);
    await deleteCollection(api, await requireCollection(api, caller, parameters.id));
    return { done: true };
  },

  refreshSubscription: async ({ api, caller, parameters }) => {
    await refreshSubscription(api, await required(api, caller, parameters.id));
    return shown(api, caller, parameters.id);
  },
};
