/** Calendars that are fetched from elsewhere. */
import { z } from 'zod';
import { CollectionView, Color } from './collections.ts';
import { Id, Moment } from './words.ts';

const RefreshMinutes = z.int().min(5).max(43_200);

/** A calendar fetched from a URL again and again. */
export const Subscription = z
  .object({
    /** The collection's id. */
    id: Id,
    url: z.string(),
    refreshMinutes: z.int(),
    /** When it was last fetched without an error; the content is of then. */
    refreshedAt: Moment.nullable(),
    nextAt: Moment,
    /** Why the last attempt failed; null when it did not. */
    error: z.string().nullable(),
    /** Objects of the file that cannot be stored here. */
    skipped: z.int(),
    collection: CollectionView,
  })
  .meta({ id: 'Subscription' });
export type Subscription = z.infer<typeof Subscription>;

export const SubscriptionList = z.object({ items: z.array(Subscription) }).meta({ id: 'SubscriptionList' });
export type SubscriptionList = z.infer<typeof SubscriptionList>;

export const NewSubscriptionRequest = z
  .object({
    /** http, https or webcal. */
    url: z.string().trim().min(1).max(4000),
    /** The name the calendar gives itself when absent. */
    displayName: z.string().trim().min(1).max(200).optional(),
    color: Color.nullable().optional(),
    refreshMinutes: RefreshMinutes.default(60),
  })
  .meta({ id: 'NewSubscriptionRequest' });
export type NewSubscriptionRequest = z.input<typeof NewSubscriptionRequest>;

export const SubscriptionChangeRequest = z
  .object({ url: z.string().trim().min(1).max(4000), refreshMinutes: RefreshMinutes })
  .partial()
  .meta({ id: 'SubscriptionChangeRequest' });
export type SubscriptionChangeRequest = z.infer<typeof SubscriptionChangeRequest>;
