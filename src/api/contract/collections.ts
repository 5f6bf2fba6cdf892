/** Address books and calendars, and importing into them. */
import { z } from 'zod';
import { Id, Moment } from './words.ts';

export const CollectionView = z
  .object({
    id: Id,
    kind: z.enum(['addressbook', 'calendar']),
    name: z.string().describe('Last segment of its URL.'),
    displayName: z.string(),
    description: z.string().nullable(),
    color: z.string().nullable().describe('`#RRGGBB` or `#RRGGBBAA`, as clients wrote it.'),
    components: z
      .array(z.string())
      .nullable()
      .describe('iCalendar components that a calendar takes; null for address books.'),
    fedBy: z
      .enum(['subscription', 'birthdays'])
      .nullable()
      .describe(
        'Where the server itself takes the content from, which clients may then only read; null: people write it.',
      ),
    count: z.int().describe('Cards or calendar objects in it.'),
    path: z.string().describe('Path of the collection for DAV clients.'),
    modifiedAt: Moment,
  })
  .meta({ id: 'Collection' });
export type CollectionView = z.infer<typeof CollectionView>;

export const CollectionList = z.object({ items: z.array(CollectionView) }).meta({ id: 'CollectionList' });
export type CollectionList = z.infer<typeof CollectionList>;

export const Color = z.string().regex(/^#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?$/);

export const NewCollectionRequest = z
  .object({
    kind: z.enum(['addressbook', 'calendar']),
    displayName: z.string().trim().min(1).max(200),
    name: z
      .string()
      .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/)
      .max(100)
      .optional()
      .describe('Last segment of its URL; made from an identifier when absent.'),
    description: z.string().max(2000).nullable().optional(),
    color: Color.nullable().optional(),
  })
  .meta({ id: 'NewCollectionRequest' });
export type NewCollectionRequest = z.infer<typeof NewCollectionRequest>;

export const CollectionChangeRequest = z
  .object({
    displayName: z.string().trim().min(1).max(200),
    description: z.string().max(2000).nullable(),
    color: Color.nullable(),
  })
  .partial()
  .meta({ id: 'CollectionChangeRequest' });
export type CollectionChangeRequest = z.infer<typeof CollectionChangeRequest>;

export const ImportQuery = z.object({ policy: z.enum(['skip', 'replace', 'keep-both']).default('skip') });
export type ImportQuery = z.input<typeof ImportQuery>;

export const ImportReport = z
  .object({
    finished: z.boolean(),
    octets: z.int(),
    read: z.int(),
    created: z.int(),
    replaced: z.int(),
    skipped: z.int(),
    refused: z
      .array(
        z.object({
          index: z.int().describe('1-based position in the file.'),
          line: z.int().describe('1-based line of the file on which it starts.'),
          uid: z.string().nullable(),
          code: z.string(),
          detail: z.string(),
        }),
      )
      .describe('Objects that could not be stored (the first 1,000; `refusedCount` counts all).'),
    refusedCount: z.int(),
    known: z
      .array(
        z.object({
          index: z.int(),
          line: z.int(),
          uid: z.string(),
          reason: z.enum(['same-uid', 'merged-before', 'same-content']),
          objectId: Id,
          displayName: z.string(),
          importedId: Id.nullable(),
        }),
      )
      .describe(
        'What is there already, as which object (the first 1,000). `same-uid`: left out, its UID is there. `merged-before`: left out, a merge took this card away and the other holds all of it. `same-content`: stored as `importedId`, but a card with the same content is there: merging the two loses nothing.',
      ),
    copies: z.int().describe('How many of the stored ones hold the same as a card that was there.'),
  })
  .meta({
    id: 'ImportReport',
    description:
      'What became of a file. With `Accept: application/x-ndjson` one such line per batch is sent while it goes on, the last with `finished`.',
  });
export type ImportReport = z.infer<typeof ImportReport>;
