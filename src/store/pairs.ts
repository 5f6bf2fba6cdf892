/** Scored pairs of cards, and the lock that makes writers of one owner's pairs take turns. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Tier } from './schema.ts';

export interface StoredPair {
  /** a < b. */
  readonly a: string;
  readonly b: string;
  /** Log-odds. */
  readonly weight: number;
  readonly probability: number;
  readonly tier: Tier | 'none';
  /** The two must never share a cluster. */
  readonly never: boolean;
}

/** A pair with the engine's evidence lines as plain JSON. */
export interface ExplainedPair extends StoredPair {
  readonly evidence: readonly unknown[];
}

/**
 * Locks the owner's pairs and suggestions for writing until the transaction ends. Reads of records that the writing
 * rests on must come after it.
 */
export async function lockDuplicates(tx: Tx, organisationId: string, ownerId: string): Promise<void> {
  await sql`
    insert into dedup_state (organisation_id, owner_id) values (${organisationId}, ${ownerId})
    on conflict do nothing`.execute(tx);
  await sql`
    select 1 from dedup_state where organisation_id = ${organisationId} and owner_id = ${ownerId} for update`.execute(
    tx,
  );
}

const FOREIGN_KEY_VIOLATION = '23503';
const ATTEMPTS = 5;

/**
 * Runs `work`, a transaction that adds pairs, again when a card left between the statement that saw it and its commit.
 * `work` must have no effect outside the transaction.
 */
export async function whileCardsLeave<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if ((error as { code?: string }).code !== FOREIGN_KEY_VIOLATION || attempt >= ATTEMPTS) throw error;
    }
  }
}

/** Removes all pairs of an owner, or those that touch the given cards; returns the cards of those removed with `touching`. */
export async function deletePairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  touching?: readonly string[],
): Promise<string[]> {
  if (touching === undefined) {
    await sql`delete from pair where organisation_id = ${organisationId} and owner_id = ${ownerId}`.execute(tx);
    return [];
  }
  const ids = [...touching];
  const { rows } = await sql<{ object_a: string; object_b: string }>`
    delete from pair where organisation_id = ${organisationId} and owner_id = ${ownerId}
      and (object_a = any(${ids}::uuid[]) or object_b = any(${ids}::uuid[]))
    returning object_a, object_b`.execute(tx);
  return [...new Set(rows.flatMap((row) => [row.object_a, row.object_b]))];
}

const BATCH = 2000;

/** Adds pairs, in bounded statements; pairs of cards that are gone meanwhile are left out. */
export async function insertPairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  pairs: readonly ExplainedPair[],
  engineVersion: number,
): Promise<void> {
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    await sql`
      insert into pair (organisation_id, owner_id, object_a, object_b, score, probability, evidence, tier, never, engine_version)
      select ${organisationId}::uuid, ${ownerId}::uuid, p.a, p.b, p.score, p.probability, p.evidence::jsonb, p.tier, p.never,
        ${engineVersion}
      from unnest(${batch.map((p) => p.a)}::uuid[], ${batch.map((p) => p.b)}::uuid[],
        ${batch.map((p) => p.weight)}::double precision[], ${batch.map((p) => p.probability)}::double precision[],
        ${batch.map((p) => JSON.stringify(p.evidence))}::text[], ${batch.map((p) => p.tier)}::text[],
        ${batch.map((p) => p.never)}::boolean[]) as p(a, b, score, probability, evidence, tier, never)
      join record ra on ra.organisation_id = ${organisationId} and ra.object_id = p.a
      join record rb on rb.organisation_id = ${organisationId} and rb.object_id = p.b
      on conflict (organisation_id, owner_id, object_a, object_b) do update set score = excluded.score,
        probability = excluded.probability, evidence = excluded.evidence, tier = excluded.tier, never = excluded.never,
        engine_version = excluded.engine_version`.execute(tx);
  }
}

const LIGHT = ['object_a as a', 'object_b as b', 'score as weight', 'probability', 'tier', 'never'] as const;

function pairs(db: Db, organisationId: string, ownerId: string) {
  return db.selectFrom('pair').where('organisation_id', '=', organisationId).where('owner_id', '=', ownerId);
}

/** Pairs with both cards among the given ones, strongest first, with their evidence. */
export async function explainPairs(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<ExplainedPair[]> {
  const rows = await pairs(db, organisationId, ownerId)
    .select([...LIGHT, 'evidence'])
    .where((e) => e('object_a', '=', e.fn.any(e.val([...objectIds]))))
    .where((e) => e('object_b', '=', e.fn.any(e.val([...objectIds]))))
    .orderBy('score', 'desc')
    .orderBy('object_a')
    .orderBy('object_b')
    .execute();
  return rows.map((row) => ({ ...row, evidence: Array.isArray(row.evidence) ? row.evidence : [] }));
}

/** Pairs that touch any of the given cards. */
export function pairsTouching(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredPair[]> {
  return pairs(db, organisationId, ownerId)
    .select(LIGHT)
    .where((e) =>
      e.or([e('object_a', '=', e.fn.any(e.val([...objectIds]))), e('object_b', '=', e.fn.any(e.val([...objectIds])))]),
    )
    .execute();
}

/** Every pair of an owner, by its cards. */
export function listPairs(db: Db, organisationId: string, ownerId: string): Promise<StoredPair[]> {
  return pairs(db, organisationId, ownerId).select(LIGHT).orderBy('object_a').orderBy('object_b').execute();
}

/** How many cards the owner's pairs are among, and how many pairs there are. */
export async function countCompared(
  db: Db,
  organisationId: string,
  ownerId: string,
): Promise<{ cards: number; pairs: number }> {
  const { rows } = await sql<{ cards: number; pairs: number }>`
    select
      (select count(*) from scored_record where organisation_id = ${organisationId} and owner_id = ${ownerId}) as cards,
      (select count(*) from pair where organisation_id = ${organisationId} and owner_id = ${ownerId}) as pairs`.execute(
    db,
  );
  return rows[0]!;
}

/**
 * Notes that cards leave: for everybody who compares with them, those paired with them are to be scored again, and what they
 * held is to be accounted for. To be called before they leave: afterwards their pairs are gone, and nobody knows any more
 * whose clusters they held together.
 */
export async function noteLeaving(tx: Tx, organisationId: string, objectIds: readonly string[]): Promise<void> {
  if (objectIds.length === 0) return;
  const ids = [...objectIds];
  // one statement for all of it would tempt the planner, which knows nothing of its parts, to walk whole tables
  await sql`
    update scored_record set gone = true
    where organisation_id = ${organisationId} and object_id = any(${ids}::uuid[]) and owner_id = any(array(
      select owner_id from record where organisation_id = ${organisationId} and object_id = any(${ids}::uuid[])
      union select s.viewer_id from record r
      join shared_book s on s.organisation_id = r.organisation_id and s.collection_id = r.collection_id
      where r.organisation_id = ${organisationId} and r.object_id = any(${ids}::uuid[])))`.execute(tx);
  const { rows } = await sql<{ owner_id: string; object_id: string }>`
    select owner_id, object_b as object_id from pair
    where organisation_id = ${organisationId} and object_a = any(${ids}::uuid[])
    union select owner_id, object_a from pair
    where organisation_id = ${organisationId} and object_b = any(${ids}::uuid[])`.execute(tx);
  const partners = rows.filter((row) => !objectIds.includes(row.object_id));
  for (const [ownerId, group] of Map.groupBy(partners, (row) => row.owner_id))
    await scoreAgain(
      tx,
      organisationId,
      ownerId,
      group.map((row) => row.object_id),
    );
}

/** Marks cards to be scored again for an owner: own ones by their record, those of others in what was noted of them. */
async function scoreAgain(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<void> {
  const { rows: own } = await sql<{ object_id: string }>`
    update record set stale = true
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and object_id = any(${[...objectIds]}::uuid[])
    returning object_id`.execute(tx);
  const known = new Set(own.map((row) => row.object_id));
  const ofOthers = objectIds.filter((id) => !known.has(id));
  if (ofOthers.length === 0) return;
  await sql`
    update scored_record set again = true
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and object_id = any(${ofOthers}::uuid[])`.execute(
    tx,
  );
}
