/** Bodies that a device sent too late. */
import { z } from 'zod';
import { CardField } from './cards.ts';
import { FieldRow } from './field-rows.ts';
import { Id, Moment } from './words.ts';

export const ConflictCopy = z
  .object({
    id: Id,
    collectionId: Id,
    name: z.string(),
    displayName: z.string(),
    uid: z.string().nullable(),
    size: z.int(),
    refusedAt: Moment,
  })
  .meta({
    id: 'ConflictCopy',
    description:
      'A body that a device sent too late: somebody else had changed the object. It is kept until it is taken back or dropped.',
  });
export type ConflictCopy = z.infer<typeof ConflictCopy>;

export const ConflictCopyList = z
  .object({ items: z.array(ConflictCopy), nextCursor: z.string().nullable() })
  .meta({ id: 'ConflictCopyList' });
export type ConflictCopyList = z.infer<typeof ConflictCopyList>;

export const ConflictCopyDetail = ConflictCopy.extend({
  text: z.string(),
  fields: z.array(CardField),
  current: z
    .object({ objectId: Id, text: z.string() })
    .nullable()
    .describe('What is stored under that name now; null when nothing is.'),
  rows: z
    .array(FieldRow)
    .describe('Of a card that is there: the stored one (its object id) and the copy (its own id) side by side.'),
}).meta({ id: 'ConflictCopyDetail' });
export type ConflictCopyDetail = z.infer<typeof ConflictCopyDetail>;
