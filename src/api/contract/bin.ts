/** Deleted collections that can be brought back. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const DeletedCollection = z
  .object({
    id: Id,
    kind: z.enum(['addressbook', 'calendar']),
    name: z.string(),
    displayName: z.string(),
    count: z.int().describe('Cards or calendar objects it held.'),
    octets: z.int(),
    deletedAt: Moment,
  })
  .meta({ id: 'DeletedCollection', description: 'A deleted address book or calendar that can be brought back.' });
export type DeletedCollection = z.infer<typeof DeletedCollection>;

export const DeletedCollectionList = z
  .object({ items: z.array(DeletedCollection) })
  .meta({ id: 'DeletedCollectionList' });
export type DeletedCollectionList = z.infer<typeof DeletedCollectionList>;

export const CollectionRestoreRequest = z
  .object({
    dryRun: z.boolean().default(false).describe('True: only say what would come back.'),
  })
  .meta({ id: 'CollectionRestoreRequest' });
export type CollectionRestoreRequest = z.input<typeof CollectionRestoreRequest>;

export const RestoredCollection = z
  .object({
    dryRun: z.boolean(),
    id: Id,
    name: z.string().describe('Last segment of its URL; another one than before where that is taken meanwhile.'),
    count: z.int(),
    octets: z.int(),
  })
  .meta({ id: 'RestoredCollection' });
export type RestoredCollection = z.infer<typeof RestoredCollection>;
