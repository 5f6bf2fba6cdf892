/** Earlier versions, the bin, and taking a collection back to a moment. */
import { z } from 'zod';
import { CardField } from './cards.ts';
import { Id, Moment } from './words.ts';

export const ObjectVersion = z
  .object({
    seq: z.int().describe('Names the version within its collection.'),
    collectionId: Id,
    objectId: Id,
    name: z.string(),
    displayName: z.string(),
    size: z.int(),
    writtenAt: Moment,
    endedAt: Moment.describe('When it was replaced, deleted or moved away.'),
    reason: z.enum(['replaced', 'deleted', 'moved']),
  })
  .meta({ id: 'ObjectVersion', description: 'An earlier state of a card or calendar object.' });
export type ObjectVersion = z.infer<typeof ObjectVersion>;

export const ObjectVersionPage = z
  .object({ items: z.array(ObjectVersion), nextCursor: z.string().nullable() })
  .meta({ id: 'ObjectVersionPage' });
export type ObjectVersionPage = z.infer<typeof ObjectVersionPage>;

export const ObjectVersionDetail = ObjectVersion.extend({
  text: z.string().describe('The octets as text.'),
  fields: z.array(CardField).describe('For cards.'),
}).meta({ id: 'ObjectVersionDetail' });
export type ObjectVersionDetail = z.infer<typeof ObjectVersionDetail>;

export const RestoredObject = z.object({ name: z.string(), etag: z.string() }).meta({ id: 'RestoredObject' });
export type RestoredObject = z.infer<typeof RestoredObject>;

export const RestoreRequest = z
  .object({
    moment: Moment.describe('A past moment; the collection becomes what it held then.'),
    dryRun: z.boolean().default(true).describe('True: only say what would change.'),
  })
  .meta({ id: 'RestoreRequest' });
export type RestoreRequest = z.input<typeof RestoreRequest>;

const NameList = z.object({
  count: z.int(),
  names: z.array(z.string()).describe('The first 1,000.'),
  titles: z.array(z.string()).describe('With `dryRun`: what the first 100 are called.'),
});

export const RestorePlan = z
  .object({
    dryRun: z.boolean(),
    brought: NameList.describe('Hold again what they held.'),
    removed: NameList.describe('Were not there; they go to the bin.'),
    lost: NameList.describe('Were there, but what they held is no longer kept: they stay as they are.'),
    locked: NameList.describe('A WebDAV lock holds on them, or on what bears their UID now: they stay as they are.'),
    unchanged: z.int(),
  })
  .meta({
    id: 'RestorePlan',
    description:
      'What taking a collection back changes, or with `dryRun` would change; names are last segments of URLs.',
  });
export type RestorePlan = z.infer<typeof RestorePlan>;
