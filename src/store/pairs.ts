/** Scored pairs of cards, and the lock that makes writers of one owner's pairs take turns. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';

export interface StoredPair {
  /** a < b. */
  readonly a: string;
  readonly b: string;
  /** Log-odds. */
  readonly score: number;
  readonly probability: number;
  /** The engine's pair as plain JSON. */
  readonly evidence: unknown;
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

/** Removes all pairs of an owner, or those that touch the given cards. */
export async function deletePairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  touching?: readonly string[],
): Promise<void> {
  const only = touching
    ? sql`and (object_a = any(${[...touching]}::uuid[]) or object_b = any(${[...touching]}::uuid[]))`
    : sql``;
  await sql`delete from pair where organisation_id = ${organisationId} and owner_id = ${ownerId} ${only}`.execute(tx);
}

const BATCH = 2000;

/** Adds pairs, in bounded statements; pairs of cards that are gone meanwhile are left out. */
export async function insertPairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  pairs: readonly StoredPair[],
  engineVersion: number,
): Promise<void> {
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    await sql`
      insert into pair (organisation_id, owner_id, object_a, object_b, score, probability, evidence, engine_version)
      select ${organisationId}::uuid, ${ownerId}::uuid, p.a, p.b, p.score, p.probability, p.evidence::jsonb, ${engineVersion}
      from unnest(${batch.map((p) => p.a)}::uuid[], ${batch.map((p) => p.b)}::uuid[], ${batch.map((p) => p.score)}::real[],
        ${batch.map((p) => p.probability)}::real[], ${batch.map((p) => JSON.stringify(p.evidence))}::text[])
        as p(a, b, score, probability, evidence)
      join record ra on ra.organisation_id = ${organisationId} and ra.object_id = p.a
      join record rb on rb.organisation_id = ${organisationId} and rb.object_id = p.b
      on conflict (organisation_id, owner_id, object_a, object_b) do update set score = excluded.score,
        probability = excluded.probability, evidence = excluded.evidence, engine_version = excluded.engine_version`.execute(
      tx,
    );
  }
}

function pairs(db: Db, organisationId: string, ownerId: string) {
  return db
    .selectFrom('pair')
    .select(['object_a as a', 'object_b as b', 'score', 'probability', 'evidence'])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId);
}

/** Pairs with both cards among the given ones, strongest first. */
export function pairsWithin(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredPair[]> {
  return pairs(db, organisationId, ownerId)
    .where((e) => e('object_a', '=', e.fn.any(e.val([...objectIds]))))
    .where((e) => e('object_b', '=', e.fn.any(e.val([...objectIds]))))
    .orderBy('score', 'desc')
    .execute();
}

/** Pairs that touch any of the given cards. */
export function pairsTouching(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredPair[]> {
  return pairs(db, organisationId, ownerId)
    .where((e) =>
      e.or([e('object_a', '=', e.fn.any(e.val([...objectIds]))), e('object_b', '=', e.fn.any(e.val([...objectIds])))]),
    )
    .execute();
}

/** Every pair of an owner, by its cards. */
export function listPairs(db: Db, organisationId: string, ownerId: string): Promise<StoredPair[]> {
  return pairs(db, organisationId, ownerId).orderBy('object_a').orderBy('object_b').execute();
}
