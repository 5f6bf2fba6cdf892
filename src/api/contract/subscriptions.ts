/** Calendars that are fetched from elsewhere. */
import { z } from 'zod';
import { CollectionView, Color } from './collections.ts';
import { Id, Moment } from './words.ts';

const RefreshMinutes = z.int().min(5).max(43_200);

export const Subscription = z
  .object({
    id: Id.describe("The collection's id."),
    url: z.string(),
    refreshMinutes: z.int(),
    refreshedAt: Moment.nullable().describe('When it was last fetched without an error; the content is of then.'),
    nextAt: Moment,
    error: z.string().nullable().describe('Why the last attempt failed; null when it did not.'),
    skipped: z.int().describe('Objects of the file that cannot be stored here.'),
    collection: CollectionView,
  })
  .meta({ id: 'Subscription', description: 'A calendar fetched from a URL again and again.' });
export type Subscription = z.infer<typeof Subscription>;

export const SubscriptionList = z.object({ items: z.array(Subscription) }).meta({ id: 'SubscriptionList' });
export type SubscriptionList = z.infer<typeof SubscriptionList>;

export const NewSubscriptionRequest = z
  .object({
    url: z.string().trim().min(1).max(4000).describe('http, https or webcal.'),
    displayName: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .describe('The name the calendar gives itself when absent.'),
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
