/** Mass deletions by one device that are held, and when deletions are. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const HeldDeletions = z
  .object({
    id: Id,
    collectionId: Id,
    device: z.string().describe("Name of the device's app password, or of the account when it uses no such."),
    beganAt: Moment.describe('When the device began to delete.'),
    count: z.int().describe('Cards or events whose deletion is held.'),
    deletedBefore: z.int().describe('Deleted by the same device before that: discarding brings them back, too.'),
    names: z.array(z.string()).describe('Last segments of their URLs, the first twenty.'),
  })
  .meta({ id: 'HeldDeletions' });
export type HeldDeletions = z.infer<typeof HeldDeletions>;

export const HeldDeletionsList = z.object({ items: z.array(HeldDeletions) }).meta({ id: 'HeldDeletionsList' });
export type HeldDeletionsList = z.infer<typeof HeldDeletionsList>;

export const ConfirmedDeletions = z.object({ deleted: z.int() }).meta({ id: 'ConfirmedDeletions' });
export type ConfirmedDeletions = z.infer<typeof ConfirmedDeletions>;

export const DiscardedDeletions = z
  .object({ kept: z.int().describe('Had not been deleted yet.'), restored: z.int().describe('Had been deleted.') })
  .meta({ id: 'DiscardedDeletions' });
export type DiscardedDeletions = z.infer<typeof DiscardedDeletions>;

export const DeletionSettings = z.object({ objects: z.int(), percent: z.int(), minutes: z.int() }).meta({
  id: 'DeletionSettings',
  description:
    'One device may delete so many objects, or if that is more so many per cent of a collection, within so many minutes.',
});
export type DeletionSettings = z.infer<typeof DeletionSettings>;

export const DeletionSettingsRequest = z
  .object({
    objects: z.int().min(0).max(100_000).nullable().describe('0: nothing is ever held. Null: as the server has it.'),
    percent: z.int().min(0).max(100).nullable(),
    minutes: z.int().min(1).max(10_080).nullable(),
  })
  .partial()
  .meta({ id: 'DeletionSettingsRequest' });
export type DeletionSettingsRequest = z.infer<typeof DeletionSettingsRequest>;
