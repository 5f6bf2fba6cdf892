/** Ranked clusters that await a decision. */
import { z } from 'zod';
import { CardDetail, CardSummary } from './cards.ts';
import { FieldRow } from './field-rows.ts';
import { Run } from './runs.ts';
import { Cursor, Evidence, Id, Moment, TierName } from './words.ts';

export const WeakestLink = z.object({ a: Id, b: Id, probability: z.number() }).meta({
  id: 'WeakestLink',
  description: 'The cards that hold a cluster together least, and how likely they are one person.',
});
export type WeakestLink = z.infer<typeof WeakestLink>;

export const SharedBookView = z
  .object({
    id: Id,
    displayName: z.string(),
    ownerName: z.string().describe('Whose it is.'),
    mayMerge: z
      .boolean()
      .describe(
        'False: its cards are shown but cannot be merged (403 `read-only-book`), since the caller may only read it.',
      ),
  })
  .meta({
    id: 'SharedBook',
    description: 'A book of somebody else in the organisation that holds cards of a cluster.',
  });
export type SharedBookView = z.infer<typeof SharedBookView>;

export const SuggestionSummary = z
  .object({
    id: Id,
    rank: z.int().describe('Place in the list it was asked for with, from 1.'),
    tier: TierName,
    probability: z.number(),
    members: z.array(CardSummary),
    collectionIds: z.array(Id),
    sharedBooks: z.array(SharedBookView).describe('Those of the books that belong to somebody else.'),
    mergeable: z
      .boolean()
      .describe('True when two or more of the cards stand in books whose cards the caller may merge.'),
    referenceId: Id.describe('The reference card that is proposed.'),
    reasons: z.array(Evidence).describe('The strongest evidence, for a one-line reason.'),
    weakest: WeakestLink.nullable(),
    exact: z.boolean().describe('True when all members hold the same but for UID, REV and PRODID.'),
    copies: z
      .int()
      .describe(
        'Cards that hold what another card of the cluster holds: as many go away when exact copies are merged.',
      ),
    confirm: z
      .boolean()
      .describe(
        'True: more cards than one person usually has. Nothing merges them unattended; each should be looked at.',
      ),
    reopened: z
      .boolean()
      .describe('True: it was hidden once, and shown again because the cards share a new strong identifier.'),
    createdAt: Moment,
  })
  .meta({ id: 'SuggestionSummary' });
export type SuggestionSummary = z.infer<typeof SuggestionSummary>;

export const SuggestionQuery = z.object({
  collectionId: Id.optional().describe('Only clusters with a card in this book, an own or a shared one.'),
  tier: TierName.optional().describe(
    'Left out: the certain and the likely ones. Those that are only possible (two people of one name, say) are listed when asked for.',
  ),
  cursor: Cursor,
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SuggestionQuery = z.input<typeof SuggestionQuery>;

export const SuggestionPage = z
  .object({
    items: z.array(SuggestionSummary),
    nextCursor: z.string().nullable(),
    counts: z
      .object({ certain: z.int(), likely: z.int(), possible: z.int() })
      .describe('Clusters per tier under the same book filter.'),
    sharedBooks: z
      .array(SharedBookView)
      .describe('Books of others that are searched, too: each may be asked for as `collectionId`.'),
    leftOutBooks: z
      .array(SharedBookView)
      .describe(
        'Books of others that the caller may read but that are not searched: together they hold too many cards.',
      ),
    total: z.int().describe('Clusters that the filters leave.'),
    lastRun: Run.nullable().describe('The newest run of the engine, or null when none was ever made.'),
  })
  .meta({ id: 'SuggestionPage' });
export type SuggestionPage = z.infer<typeof SuggestionPage>;

export const PairEvidence = z
  .object({ a: Id, b: Id, score: z.number(), probability: z.number(), evidence: z.array(Evidence) })
  .meta({ id: 'PairEvidence' });
export type PairEvidence = z.infer<typeof PairEvidence>;

export const SuggestionDetail = SuggestionSummary.extend({
  cards: z.array(CardDetail).describe('The members, the proposed reference first.'),
  rows: z.array(FieldRow),
  pairs: z.array(PairEvidence),
}).meta({ id: 'SuggestionDetail' });
export type SuggestionDetail = z.infer<typeof SuggestionDetail>;
