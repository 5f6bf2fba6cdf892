/** Ranked clusters awaiting a decision: kept, found by id or by their cards, and shown. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Tier } from './schema/duplicates.ts';
import type { Row } from './schema.ts';
import { statement } from './statement.ts';

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
  readonly copies: number;
  readonly reopened: boolean;
  readonly reasons: readonly unknown[];
  /** Orders suggestions of one tier, most useful first. */
  readonly benefit: number;
  /** Postponed: not shown before this moment. */
  readonly hiddenUntil: Date | null;
  /** True: not shown until a night releases it; one that is shown already stays so. */
  readonly held: boolean;
}

/** Removes suggestions by id. */
export async function deleteSuggestions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  suggestionIds: readonly string[],
): Promise<void> {
  if (suggestionIds.length === 0) return;
  await sql`
    delete from suggestion where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and suggestion_id = any(${[...suggestionIds]}::uuid[])`.execute(tx);
}

const BATCH = 500;

/** The order of the tiers. */
const RANKS: Readonly<Record<Tier, number>> = { certain: 0, likely: 1, possible: 2 };

/**
 * Adds suggestions; one with a known fingerprint keeps its id and its date, has the members it had, and takes the rest anew
 * where that is another.
 */
export async function saveSuggestions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  suggestions: readonly NewSuggestion[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < suggestions.length; from += BATCH) {
    const rows = suggestions.slice(from, from + BATCH).map((s) => ({
      suggestion_id: s.suggestionId,
      fingerprint: s.fingerprint,
      rank: RANKS[s.tier],
      tier: s.tier,
      probability: s.probability,
      reference_id: s.referenceId,
      weakest: s.weakest,
      members: s.members,
      collections: s.collections,
      exact: s.exact,
      copies: s.copies,
      reopened: s.reopened,
      reasons: s.reasons,
      benefit: s.benefit,
      hidden_until: s.hiddenUntil,
      held: s.held,
    }));
    await SAVE(tx, organisationId, ownerId, now, JSON.stringify(rows));
  }
}

const TAKEN =
  'rank tier probability reference_id weakest collections exact copies reopened reasons benefit hidden_until'.split(
    ' ',
  );
const taken = (from: string) => TAKEN.map((column) => `${from}.${column}`).join(', ');

const SAVE = statement(`
  with saved as (
    insert into suggestion as known (organisation_id, suggestion_id, owner_id, fingerprint, rank, tier, probability,
      reference_id, weakest, members, collections, created_at, exact, copies, reopened, reasons, benefit, hidden_until, held)
    select $1::uuid, s.suggestion_id, $2::uuid, s.fingerprint, s.rank, s.tier, s.probability,
      s.reference_id, s.weakest, s.members, s.collections, $3::timestamptz, s.exact, s.copies, s.reopened, s.reasons, s.benefit,
      s.hidden_until, s.held
    from json_to_recordset($4::json) as s(suggestion_id uuid, fingerprint text, rank int, tier text,
      probability double precision, reference_id uuid, weakest jsonb, members uuid[], collections uuid[], exact boolean, copies int,
      reopened boolean, reasons jsonb, benefit double precision, hidden_until timestamptz, held boolean)
    on conflict (organisation_id, owner_id, fingerprint) do update set
      (${TAKEN.join(', ')}, held) = row(${taken('excluded')}, known.held and excluded.held)
      where (${taken('known')}, known.held) is distinct from (${taken('excluded')}, known.held and excluded.held)
    returning suggestion_id, members
  )
  insert into suggestion_member (organisation_id, object_id, suggestion_id)
  select $1::uuid, unnest(members), suggestion_id from saved
  on conflict do nothing`);

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

/** Shows the best `most` of those that wait, as new at `now`; returns how many. The rest wait on. */
export async function releaseSuggestions(
  db: Db,
  organisationId: string,
  ownerId: string,
  most: number,
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ suggestion_id: string }>`
    update suggestion set held = false, created_at = ${now}
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and suggestion_id in (
      select suggestion_id from suggestion
      where organisation_id = ${organisationId} and owner_id = ${ownerId} and held
        and (hidden_until is null or hidden_until <= ${now})
      order by rank, benefit desc, members[1] limit ${most})
    returning suggestion_id`.execute(db);
  return rows.length;
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

/** What clusters are told apart by. */
export type StoredCluster = Pick<SuggestionRow, 'suggestion_id' | 'fingerprint' | 'members'>;

/** Suggestions that hold any of the given cards. */
export function suggestionsHolding(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredCluster[]> {
  return HOLDING(db, organisationId, ownerId, objectIds);
}

const HOLDING = statement<StoredCluster>(`
  select suggestion_id, fingerprint, members from suggestion
  where organisation_id = $1 and owner_id = $2 and suggestion_id in (
    select suggestion_id from suggestion_member where organisation_id = $1 and object_id = any($3::uuid[]))`);
