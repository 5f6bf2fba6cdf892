/** Properties that clients of several makers write and read back: colour and order of calendars, source of subscribed ones. */
import { findSubscription } from '../../store/subscriptions.ts';
import { calendarserver, ical } from '../../xml/names.ts';
import { hrefElement } from '../../xml/write.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource } from '../resource.ts';
import { type AnyProperty, patchedText, property, text } from './property.ts';

/** Where a subscribed calendar comes from; for its owner only, since such a URL is often a secret. */
async function sourceOf({ collection, owner }: CollectionResource, { app, principal }: DavRequest) {
  if (collection.fed_by !== 'subscription' || owner.principal_id !== principal.principal_id) return undefined;
  const subscription = await findSubscription(app.db, collection.organisation_id, collection.collection_id);
  return subscription && hrefElement(subscription.url);
}

export const VENDOR: readonly AnyProperty[] = [
  property<CollectionResource>({
    name: ical('calendar-color'),
    rfc: 'Apple calendar-color',
    on: ['calendar', 'addressbook'],
    get: ({ collection }) => text(collection.color),
    patch: (value) => ({ color: patchedText(value)?.trim() ?? null }),
  }),
  property<CollectionResource>({
    name: ical('calendar-order'),
    rfc: 'Apple calendar-order',
    on: ['calendar', 'addressbook'],
    get: ({ collection }) => text(collection.sort_order),
    patch: (value) => ({ sort_order: patchedText(value)?.trim() ?? null }),
  }),
  property<CollectionResource>({
    name: calendarserver('source'),
    rfc: 'calendarserver subscribed',
    on: ['calendar'],
    get: sourceOf,
  }),
];
