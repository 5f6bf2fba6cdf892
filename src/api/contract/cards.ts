/** Cards as text and as fields, and cards that are like one. */
import { z } from 'zod';
import { Evidence, Id, Moment, TierName } from './words.ts';

export const CardSummary = z
  .object({
    id: Id,
    collectionId: Id,
    /** Last segment of its URL. */
    name: z.string(),
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

/** One line of a card as people read it. `components` are the parts of N, ADR and ORG. */
export const CardField = z
  .object({
    /** Upper case: `TEL`, `X-SPOUSE`. */
    property: z.string(),
    /** `item1` of `item1.TEL`, or the empty string. */
    group: z.string(),
    /** The Apple label of its group, or null. */
    label: z.string().nullable(),
    /** TYPE words in lower case. */
    types: z.array(z.string()),
    text: z.string(),
    components: z.array(z.string()).nullable(),
  })
  .meta({ id: 'CardField' });
export type CardField = z.infer<typeof CardField>;

export const CardDetail = CardSummary.extend({
  fields: z.array(CardField),
  /** The stored octets as text. */
  vcard: z.string(),
}).meta({ id: 'CardDetail' });
export type CardDetail = z.infer<typeof CardDetail>;

export const CardQuery = z.object({
  collectionId: Id.optional(),
  /** Words that name, e-mail, phone or organisation must hold. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(500).optional(),
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
    /** Last segment of its URL; made from the UID or an identifier when absent. */
    name: z.string().min(1).max(200).optional(),
    vcard: z.string().min(1),
  })
  .meta({ id: 'NewCardRequest' });
export type NewCardRequest = z.infer<typeof NewCardRequest>;

export const CardChangeRequest = z
  .object({ vcard: z.string().min(1), /** The version that was edited. */ etag: z.string() })
  .meta({ id: 'CardChangeRequest' });
export type CardChangeRequest = z.infer<typeof CardChangeRequest>;

export const MoveCardRequest = z.object({ collectionId: Id, etag: z.string() }).meta({ id: 'MoveCardRequest' });
export type MoveCardRequest = z.infer<typeof MoveCardRequest>;

/** How a card and the group cards of its book name each other. */
export const CardGroups = z
  .object({
    /** Group cards that name this card. */
    groups: z.array(CardSummary),
    /** For a group card: the cards it names. */
    members: z.array(CardSummary),
    /** How many cards it names that are not in its book. */
    missing: z.int(),
  })
  .meta({ id: 'CardGroups' });
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
