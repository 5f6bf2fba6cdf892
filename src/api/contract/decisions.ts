/** What a user decided on a cluster. */
import { z } from 'zod';
import { CardSummary } from './cards.ts';
import { Id, Moment } from './words.ts';

export const DecisionRequest = z
  .object({
    cardIds: z.array(Id).min(1).max(500),
    apart: z.array(Id).max(500).optional(),
    until: Moment.optional().describe('Only for "later": ask again at this moment; default in 30 days.'),
  })
  .meta({
    id: 'DecisionRequest',
    description:
      'The cards that are not one person: every pair among them is decided. With `apart`, only pairs between `cardIds` and `apart`.',
  });
export type DecisionRequest = z.infer<typeof DecisionRequest>;

export const Decision = z
  .object({
    id: Id.describe('One decision of the user, whatever number of pairs it holds for.'),
    verdict: z.enum(['different', 'later']),
    decidedAt: Moment,
    until: Moment.nullable(),
    cards: z
      .array(z.object({ uid: z.string(), card: CardSummary.nullable() }))
      .describe('The cards it names; `card` is null when it is gone.'),
  })
  .meta({ id: 'Decision' });
export type Decision = z.infer<typeof Decision>;

export const DecisionList = z
  .object({ items: z.array(Decision), nextCursor: z.string().nullable() })
  .meta({ id: 'DecisionList' });
export type DecisionList = z.infer<typeof DecisionList>;
