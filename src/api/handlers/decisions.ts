/** Not the same, later, and taking either back. */
import { z } from 'zod';
import type { DecisionGroup } from '../../commands/decide.ts';
import { decide, listDecisionGroups, revokeDecision } from '../../commands/decide.ts';
import { readableBooks } from '../../commands/readable-books.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { Decision } from '../contract/decisions.ts';
import { cutPage, readCursor } from '../cursor.ts';
import { cardSummaries } from './stored-cards.ts';

async function decisionViews(api: ApiContext, caller: Caller, groups: readonly DecisionGroup[]): Promise<Decision[]> {
  const ids = groups.flatMap((group) => group.cards.flatMap((card) => card.objectId ?? []));
  const summaries = await cardSummaries(
    api,
    caller.organisationId,
    [...new Set(ids)],
    await readableBooks(api.db, caller),
  );
  return groups.map((group) => ({
    id: group.id,
    verdict: group.verdict,
    decidedAt: group.decidedAt.toISOString(),
    until: group.until?.toISOString() ?? null,
    cards: group.cards.map(({ uid, objectId }) => ({
      uid,
      card: (objectId === null ? undefined : summaries.get(objectId)) ?? null,
    })),
  }));
}

const Position = z.tuple([z.iso.datetime(), z.uuid()]);

type DecisionOperations = 'hideCards' | 'postponeCards' | 'listDecisions' | 'revokeDecision';

export const decisionHandlers: Handlers<DecisionOperations> = {
  hideCards: async ({ api, caller, body }) => {
    const group = await decide(api, caller, { verdict: 'different', cardIds: body.cardIds, apart: body.apart });
    return (await decisionViews(api, caller, [group]))[0]!;
  },

  postponeCards: async ({ api, caller, body }) => {
    const until = body.until === undefined ? undefined : new Date(body.until);
    const group = await decide(api, caller, { verdict: 'later', cardIds: body.cardIds, apart: body.apart, until });
    return (await decisionViews(api, caller, [group]))[0]!;
  },

  listDecisions: async ({ api, caller, query }) => {
    const at = readCursor(query.cursor, Position);
    const after = at && { decidedAt: new Date(at[0]), groupId: at[1] };
    const groups = await listDecisionGroups(api, caller, { limit: query.limit + 1, after });
    const { page, nextCursor } = cutPage(groups, query.limit, (last) => [last.decidedAt.toISOString(), last.id]);
    return { items: await decisionViews(api, caller, page), nextCursor };
  },

  revokeDecision: async ({ api, caller, parameters }) => {
    await revokeDecision(api, caller, parameters.id);
    return { done: true };
  },
};
