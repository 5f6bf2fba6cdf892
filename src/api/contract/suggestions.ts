/** Ranked clusters that await a decision. */
import { z } from 'zod';
import { CardDetail, CardSummary } from './cards.ts';
import { FieldRow } from './field-rows.ts';
import { Run } from './runs.ts';
import { Evidence, Id, Moment, TierName } from './words.ts';

/** The cards that hold a cluster together least, and how likely they are one person. */
export const WeakestLink = z.object({ a: Id, b: Id, probability: z.number() }).meta({ id: 'WeakestLink' });
export type WeakestLink = z.infer<typeof WeakestLink>;

/** A book of somebody else in the organisation that holds cards of a cluster. */
export const SharedBookView = z
  .object({
    id: Id,
    displayName: z.string(),
    /** Whose it is. */
    ownerName: z.string(),
    /** False: its cards are shown but cannot be merged (403 `read-only-book`), since the caller may only read it. */
    mayMerge: z.boolean(),
  })
  .meta({ id: 'SharedBook' });
export type SharedBookView = z.infer<typeof SharedBookView>;

export const SuggestionSummary = z
  .object({
    id: Id,
    /** Place in the list it was asked for with, from 1. */
    rank: z.int(),
    tier: TierName,
    probability: z.number(),
    members: z.array(CardSummary),
    collectionIds: z.array(Id),
    /** Those of the books that belong to somebody else. */
    sharedBooks: z.array(SharedBookView),
    /** True when two or more of the cards stand in books whose cards the caller may merge. */
    mergeable: z.boolean(),
    /** The reference card that is proposed. */
    referenceId: Id,
    /** The strongest evidence, for a one-line reason. */
    reasons: z.array(Evidence),
    weakest: WeakestLink.nullable(),
    /** True when all members hold the same but for UID, REV and PRODID. */
    exact: z.boolean(),
    /** Cards that hold what another card of the cluster holds: as many go away when exact copies are merged. */
    copies: z.int(),
    /** True: more cards than one person usually has. Nothing merges them unattended; each should be looked at. */
    confirm: z.boolean(),
    /** True: it was hidden once, and shown again because the cards share a new strong identifier. */
    reopened: z.boolean(),
    createdAt: Moment,
  })
  .meta({ id: 'SuggestionSummary' });
export type SuggestionSummary = z.infer<typeof SuggestionSummary>;

export const SuggestionQuery = z.object({
  /** Only clusters with a card in this book, an own or a shared one. */
  collectionId: Id.optional(),
  /** Left out: the certain and the likely ones. Those that are only possible (two people of one name, say) are listed when asked for. */
  tier: TierName.optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
});
export type SuggestionQuery = z.input<typeof SuggestionQuery>;

export const SuggestionPage = z
  .object({
    items: z.array(SuggestionSummary),
    nextCursor: z.string().nullable(),
    /** Clusters per tier under the same book filter. */
    counts: z.object({ certain: z.int(), likely: z.int(), possible: z.int() }),
    /** Books of others that are searched, too: each may be asked for as `collectionId`. */
    sharedBooks: z.array(SharedBookView),
    /** Books of others that the caller may read but that are not searched: together they hold too many cards. */
    leftOutBooks: z.array(SharedBookView),
    /** Clusters that the filters leave. */
    total: z.int(),
    /** The newest run of the engine, or null when none was ever made. */
    lastRun: Run.nullable(),
  })
  .meta({ id: 'SuggestionPage' });
export type SuggestionPage = z.infer<typeof SuggestionPage>;

export const PairEvidence = z
  .object({ a: Id, b: Id, score: z.number(), probability: z.number(), evidence: z.array(Evidence) })
  .meta({ id: 'PairEvidence' });
export type PairEvidence = z.infer<typeof PairEvidence>;

export const SuggestionDetail = SuggestionSummary.extend({
  /** The members, the proposed reference first. */
  cards: z.array(CardDetail),
  rows: z.array(FieldRow),
  pairs: z.array(PairEvidence),
}).meta({ id: 'SuggestionDetail' });
export type SuggestionDetail = z.infer<typeof SuggestionDetail>;
