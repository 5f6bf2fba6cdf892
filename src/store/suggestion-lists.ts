/** Lists of ranked clusters and their numbers. The rank is stored, so that the first page is one index scan. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Tier } from './schema/duplicates.ts';
import type { SuggestionRow } from './suggestions.ts';

/** What the engine believes; what is only possible is listed where somebody asks for it. */
export const BELIEVED: readonly Tier[] = ['certain', 'likely'];

/** Which suggestions: of some tiers, with a card in a collection, not postponed, shown already. */
export interface SuggestionFilter {
  readonly tiers?: readonly Tier[] | undefined;
  readonly collectionId?: string | undefined;
  /** Only those whose cards all stand in these books. */
  readonly within?: readonly string[] | undefined;
  /** True: only those that hold exact copies. */
  readonly copied?: boolean;
  /** True: those that wait for a later night, too. */
  readonly alsoHeld?: boolean;
  /** Only those first shown after this moment. */
  readonly since?: Date | undefined;
  /** Postponed ones are left out. */
  readonly now: Date;
}

function filtered(db: Db, organisationId: string, ownerId: string, filter: SuggestionFilter) {
  let query = db.selectFrom('suggestion').where('organisation_id', '=', organisationId).where('owner_id', '=', ownerId);
  const { collectionId, now } = filter;
  query = query.where((e) => e.or([e('hidden_until', 'is', null), e('hidden_until', '<=', now)]));
  if (filter.tiers) query = query.where('tier', 'in', filter.tiers);
  if (collectionId) query = query.where(sql<boolean>`${collectionId}::uuid = any(collections)`);
  if (filter.within) query = query.where(sql<boolean>`collections <@ ${[...filter.within]}::uuid[]`);
  if (!filter.alsoHeld) query = query.where('held', '=', false);
  if (filter.since) query = query.where('created_at', '>', filter.since);
  if (filter.copied) query = query.where('copies', '>', 0);
  return query;
}

/** Where a suggestion stands in the list. */
export interface Place {
  readonly rank: number;
  readonly benefit: number;
  readonly firstMember: string;
}

export const placeOf = ({ rank, benefit, members }: SuggestionRow): Place => ({
  rank,
  benefit,
  firstMember: members[0]!,
});

/** Suggestions behind the place `after`, best first, at most `limit`. */
export function listSuggestions(
  db: Db,
  organisationId: string,
  ownerId: string,
  filter: SuggestionFilter,
  limit: number,
  after?: Place,
): Promise<SuggestionRow[]> {
  let query = filtered(db, organisationId, ownerId, filter)
    .selectAll()
    .orderBy('rank')
    .orderBy('benefit', 'desc')
    .orderBy(sql`members[1]`)
    .limit(limit);
  if (after) {
    const { rank, benefit, firstMember } = after;
    query = query.where(
      sql<boolean>`(rank > ${rank} or rank = ${rank} and (benefit < ${benefit}
        or benefit = ${benefit} and members[1] > ${firstMember}::uuid))`,
    );
  }
  return query.execute();
}

/** Number of suggestions per tier under the filter. */
export async function countSuggestions(
  db: Db,
  organisationId: string,
  ownerId: string,
  filter: SuggestionFilter,
): Promise<Record<Tier, number>> {
  const rows = await filtered(db, organisationId, ownerId, filter)
    .select((e) => ['tier', e.fn.countAll<number>().as('count')])
    .groupBy('tier')
    .execute();
  const counts: Record<Tier, number> = { certain: 0, likely: 0, possible: 0 };
  for (const row of rows) counts[row.tier] = row.count;
  return counts;
}

/** How many clusters the filter leaves, and how many exact copies they hold. */
export async function sumCopies(
  db: Db,
  organisationId: string,
  ownerId: string,
  filter: SuggestionFilter,
): Promise<{ clusters: number; copies: number }> {
  return filtered(db, organisationId, ownerId, filter)
    .select((e) => e.fn.countAll<number>().as('clusters'))
    .select(sql<number>`coalesce(sum(copies), 0)::int`.as('copies'))
    .executeTakeFirstOrThrow();
}
