/** Earlier versions, the bin, and taking a collection back to a moment. */
import { z } from 'zod';
import { CardField } from './cards.ts';
import { Id, Moment } from './words.ts';

/** An earlier state of a card or calendar object. */
export const ObjectVersion = z
  .object({
    /** Names the version within its collection. */
    seq: z.int(),
    collectionId: Id,
    objectId: Id,
    name: z.string(),
    displayName: z.string(),
    size: z.int(),
    writtenAt: Moment,
    /** When it was replaced, deleted or moved away. */
    endedAt: Moment,
    reason: z.enum(['replaced', 'deleted', 'moved']),
  })
  .meta({ id: 'ObjectVersion' });
export type ObjectVersion = z.infer<typeof ObjectVersion>;

export const ObjectVersionPage = z
  .object({ items: z.array(ObjectVersion), nextCursor: z.string().nullable() })
  .meta({ id: 'ObjectVersionPage' });
export type ObjectVersionPage = z.infer<typeof ObjectVersionPage>;

export const ObjectVersionDetail = ObjectVersion.extend({
  /** The octets as text. */
  text: z.string(),
  /** For cards. */
  fields: z.array(CardField),
}).meta({ id: 'ObjectVersionDetail' });
export type ObjectVersionDetail = z.infer<typeof ObjectVersionDetail>;

export const RestoredObject = z.object({ name: z.string(), etag: z.string() }).meta({ id: 'RestoredObject' });
export type RestoredObject = z.infer<typeof RestoredObject>;

export const RestoreRequest = z
  .object({
    /** A past moment; the collection becomes what it held then. */
    moment: Moment,
    /** True: only say what would change. */
    dryRun: z.boolean().default(true),
  })
  .meta({ id: 'RestoreRequest' });
export type RestoreRequest = z.input<typeof RestoreRequest>;

const NameList = z.object({
  count: z.int(),
  /** The first 1,000. */
  names: z.array(z.string()),
  /** With `dryRun`: what the first 100 are called. */
  titles: z.array(z.string()),
});

/** What taking a collection back changes, or with `dryRun` would change; names are last segments of URLs. */
export const RestorePlan = z
  .object({
    dryRun: z.boolean(),
    /** Hold again what they held. */
    brought: NameList,
    /** Were not there; they go to the bin. */
    removed: NameList,
    /** Were there, but what they held is no longer kept: they stay as they are. */
    lost: NameList,
    /** A WebDAV lock holds on them, or on what bears their UID now: they stay as they are. */
    locked: NameList,
    unchanged: z.int(),
  })
  .meta({ id: 'RestorePlan' });
export type RestorePlan = z.infer<typeof RestorePlan>;
