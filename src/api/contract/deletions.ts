/** Mass deletions by one device that are held, and when deletions are. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const HeldDeletions = z
  .object({
    id: Id,
    collectionId: Id,
    /** Name of the device's app password, or of the account when it uses no such. */
    device: z.string(),
    /** When the device began to delete. */
    beganAt: Moment,
    /** Cards or events whose deletion is held. */
    count: z.int(),
    /** Deleted by the same device before that: discarding brings them back, too. */
    deletedBefore: z.int(),
    /** Last segments of their URLs, the first twenty. */
    names: z.array(z.string()),
  })
  .meta({ id: 'HeldDeletions' });
export type HeldDeletions = z.infer<typeof HeldDeletions>;

export const HeldDeletionsList = z.object({ items: z.array(HeldDeletions) }).meta({ id: 'HeldDeletionsList' });
export type HeldDeletionsList = z.infer<typeof HeldDeletionsList>;

export const ConfirmedDeletions = z.object({ deleted: z.int() }).meta({ id: 'ConfirmedDeletions' });
export type ConfirmedDeletions = z.infer<typeof ConfirmedDeletions>;

export const DiscardedDeletions = z
  .object({ /** Had not been deleted yet. */ kept: z.int(), /** Had been deleted. */ restored: z.int() })
  .meta({ id: 'DiscardedDeletions' });
export type DiscardedDeletions = z.infer<typeof DiscardedDeletions>;

/** One device may delete so many objects, or if that is more so many per cent of a collection, within so many minutes. */
export const DeletionSettings = z
  .object({ objects: z.int(), percent: z.int(), minutes: z.int() })
  .meta({ id: 'DeletionSettings' });
export type DeletionSettings = z.infer<typeof DeletionSettings>;

export const DeletionSettingsRequest = z
  .object({
    /** 0: nothing is ever held. Null: as the server has it. */
    objects: z.int().min(0).max(100_000).nullable(),
    percent: z.int().min(0).max(100).nullable(),
    minutes: z.int().min(1).max(10_080).nullable(),
  })
  .partial()
  .meta({ id: 'DeletionSettingsRequest' });
export type DeletionSettingsRequest = z.infer<typeof DeletionSettingsRequest>;
