/** Cards as text and as fields, and cards that are like one. */
import { z } from 'zod';
import { Cursor, Evidence, Id, Moment, TierName } from './words.ts';

export const CardSummary = z
  .object({
    id: Id,
    collectionId: Id,
    name: z.string().describe('Last segment of its URL.'),
    uid: z.string().nullable(),
    kind: z.enum(['individual', 'group', 'organization', 'other']),
    displayName: z.string(),
    organisation: z.string().nullable(),
    emails: z.array(z.string()),
    phones: z.array(z.string()),
    hasPhoto: z.boolean(),
    etag: z.string(),
    modifiedAt: Moment,
  })
  .meta({ id: 'CardSummary' });
export type CardSummary = z.infer<typeof CardSummary>;

export const CardField = z
  .object({
    property: z.string().describe('Upper case: `TEL`, `X-SPOUSE`.'),
    group: z.string().describe('`item1` of `item1.TEL`, or the empty string.'),
    label: z.string().nullable().describe('The Apple label of its group, or null.'),
    types: z.array(z.string()).describe('TYPE words in lower case.'),
    text: z.string(),
    components: z.array(z.string()).nullable(),
  })
  .meta({
    id: 'CardField',
    description: 'One line of a card as people read it. `components` are the parts of N, ADR and ORG.',
  });
export type CardField = z.infer<typeof CardField>;

export const CardDetail = CardSummary.extend({
  fields: z.array(CardField),
  vcard: z.string().describe('The stored octets as text.'),
}).meta({ id: 'CardDetail' });
export type CardDetail = z.infer<typeof CardDetail>;

export const CardQuery = z.object({
  collectionId: Id.optional().describe('Only cards of this book, an own one or one that others share.'),
  search: z
    .string()
    .max(200)
    .optional()
    .describe(
      'Words that name, e-mail, phone, address, organisation or note must hold; or a phone number, however the card writes it.',
    ),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type CardQuery = z.input<typeof CardQuery>;

export const CardPage = z
  .object({ items: z.array(CardSummary), nextCursor: z.string().nullable(), total: z.int() })
  .meta({ id: 'CardPage' });
export type CardPage = z.infer<typeof CardPage>;

export const NewCardRequest = z
  .object({
    collectionId: Id,
    name: z
      .string()
      .min(1)
      .max(200)
      .optional()
      .describe('Last segment of its URL; made from the UID or an identifier when absent.'),
    vcard: z.string().min(1),
  })
  .meta({ id: 'NewCardRequest' });
export type NewCardRequest = z.infer<typeof NewCardRequest>;

export const CardChangeRequest = z
  .object({ vcard: z.string().min(1), etag: z.string().describe('The version that was edited.') })
  .meta({ id: 'CardChangeRequest' });
export type CardChangeRequest = z.infer<typeof CardChangeRequest>;

export const MoveCardRequest = z.object({ collectionId: Id, etag: z.string() }).meta({ id: 'MoveCardRequest' });
export type MoveCardRequest = z.infer<typeof MoveCardRequest>;

export const CardGroups = z
  .object({
    groups: z.array(CardSummary).describe('Group cards that name this card.'),
    members: z.array(CardSummary).describe('For a group card: the cards it names.'),
    missing: z.int().describe('How many cards it names that are not in its book.'),
  })
  .meta({ id: 'CardGroups', description: 'How a card and the group cards of its book name each other.' });
export type CardGroups = z.infer<typeof CardGroups>;

export const SimilarRequest = z.object({ vcard: z.string().min(1) }).meta({ id: 'SimilarRequest' });
export type SimilarRequest = z.infer<typeof SimilarRequest>;

export const SimilarCards = z
  .object({
    items: z.array(
      z.object({
        card: CardSummary,
        score: z.number(),
        probability: z.number(),
        tier: TierName.nullable(),
        evidence: z.array(Evidence),
      }),
    ),
  })
  .meta({ id: 'SimilarCards' });
export type SimilarCards = z.infer<typeof SimilarCards>;
