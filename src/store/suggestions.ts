/** Ranked clusters awaiting a decision. The rank is stored, so that the first page is one index scan. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Row, Tier } from './schema.ts';

export type SuggestionRow = Row<'suggestion'>;

export interface NewSuggestion {
  readonly suggestionId: string;
  readonly fingerprint: string;
  readonly tier: Tier;
  readonly probability: number;
  readonly referenceId: string;
  readonly weakest: unknown;
  readonly members: readonly string[];
  readonly collections: readonly string[];
  readonly exact: boolean;
  readonly reopened: boolean;
  readonly reasons: readonly unknown[];
  /** Orders suggestions of one tier, most useful first. */
  readonly benefit: number;
  /** Postponed: not shown before this moment. */
  readonly hiddenUntil: Date | null;
}

/** Removes suggestions by id. */
export async function deleteSuggestions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  suggestionIds: readonly string[],
): Promise<void> {
  await sql`
    delete from suggestion where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and suggestion_id = any(${[...suggestionIds]}::uuid[])`.execute(tx);
}

const BATCH = 500;

/** Adds suggestions; one with a known fingerprint keeps its id and its date and takes the rest anew. Ranks follow by `rankSuggestions`. */
export async function saveSuggestions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  suggestions: readonly NewSuggestion[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < suggestions.length; from += BATCH) {
    const rows = suggestions.slice(from, from + BATCH).map((s) => ({
      organisation_id: organisationId,
      suggestion_id: s.suggestionId,
      owner_id: ownerId,
      fingerprint: s.fingerprint,
      rank: 0,
      tier: s.tier,
      probability: s.probability,
      reference_id: s.referenceId,
      weakest: JSON.stringify(s.weakest),
      members: [...s.members],
      collections: [...s.collections],
      created_at: now,
      exact: s.exact,
      reopened: s.reopened,
      reasons: JSON.stringify(s.reasons),
      benefit: s.benefit,
      hidden_until: s.hiddenUntil,
    }));
    await tx
      .insertInto('suggestion')
      .values(rows)
      .onConflict((conflict) =>
        conflict.columns(['organisation_id', 'owner_id', 'fingerprint']).doUpdateSet((e) => ({
          tier: e.ref('excluded.tier'),
          probability: e.ref('excluded.probability'),
          reference_id: e.ref('excluded.reference_id'),
          weakest: e.ref('excluded.weakest'),
          collections: e.ref('excluded.collections'),
          exact: e.ref('excluded.exact'),
          reopened: e.ref('excluded.reopened'),
          reasons: e.ref('excluded.reasons'),
          benefit: e.ref('excluded.benefit'),
          hidden_until: e.ref('excluded.hidden_until'),
        })),
      )
      .execute();
  }
}

/** Removes the suggestions of an owner whose fingerprints are not among the given ones. */
export async function deleteSuggestionsExcept(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  fingerprints: readonly string[],
): Promise<void> {
  await sql`
    delete from suggestion where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and not (fingerprint = any(${[...fingerprints]}::text[]))`.execute(tx);
}

/** Numbers the owner's suggestions anew by tier and benefit, writing only the rows whose rank moved. */
export async function rankSuggestions(tx: Tx, organisationId: string, ownerId: string): Promise<void> {
  await sql`
    update suggestion set rank = ranked.rank
    from (
      select suggestion_id, row_number() over (
        order by case tier when 'certain' then 0 when 'likely' then 1 else 2 end, benefit desc, members[1]
      )::integer as rank
      from suggestion where organisation_id = ${organisationId} and owner_id = ${ownerId}
    ) as ranked
    where suggestion.organisation_id = ${organisationId} and suggestion.suggestion_id = ranked.suggestion_id
      and suggestion.rank <> ranked.rank`.execute(tx);
}

/** Which suggestions: of a tier, with a card in a collection, not postponed. */
export interface SuggestionFilter {
  readonly tier?: Tier | undefined;
  readonly collectionId?: string | undefined;
  readonly exact?: boolean;
  /** Postponed ones are left out. */
  readonly now: Date;
}

function filtered(db: Db, organisationId: string, ownerId: string, filter: SuggestionFilter) {
  let query = db.selectFrom('suggestion').where('organisation_id', '=', organisationId).where('owner_id', '=', ownerId);
  const { collectionId, now } = filter;
  query = query.where((e) => e.or([e('hidden_until', 'is', null), e('hidden_until', '<=', now)]));
  if (filter.tier) query = query.where('tier', '=', filter.tier);
  if (collectionId) query = query.where(sql<boolean>`${collectionId}::uuid = any(collections)`);
  if (filter.exact !== undefined) query = query.where('exact', '=', filter.exact);
  return query;
}

/** Suggestions behind the rank `after`, best first, at most `limit`. */
export function listSuggestions(
  db: Db,
  organisationId: string,
  ownerId: string,
  filter: SuggestionFilter,
  after: number,
  limit: number,
): Promise<SuggestionRow[]> {
  return filtered(db, organisationId, ownerId, filter)
    .selectAll()
    .where('rank', '>', after)
    .orderBy('rank')
    .limit(limit)
    .execute();
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

export function findSuggestion(
  db: Db,
  organisationId: string,
  ownerId: string,
  suggestionId: string,
): Promise<SuggestionRow | undefined> {
  return db
    .selectFrom('suggestion')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('suggestion_id', '=', suggestionId)
    .executeTakeFirst();
}

/** Suggestions that hold any of the given cards. */
export function suggestionsHolding(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<SuggestionRow[]> {
  return db
    .selectFrom('suggestion')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where(sql<boolean>`members && ${[...objectIds]}::uuid[]`)
    .execute();
}
