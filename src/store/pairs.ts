/** Scored pairs of cards: what is read of them. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Tier } from './schema/duplicates.ts';
import { statement } from './statement.ts';

/** A pair as clustering needs it. */
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
  /** Stored only to be looked at when names become rarer: none but `storedPairsTouching` gives such pairs back. */
  readonly latent?: boolean;
}

/** The two cards of a pair. */
export type PairEnds = Pick<StoredPair, 'a' | 'b'> & { readonly latent: boolean };

const LIGHT = 'object_a as a, object_b as b, score as weight, probability, tier, never';
const OF_OWNER = 'organisation_id = $1 and owner_id = $2 and not latent';

/** Pairs with both cards among the given ones, strongest first, with their evidence. */
export async function explainPairs(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<ExplainedPair[]> {
  const rows = await EXPLAIN(db, organisationId, ownerId, objectIds);
  return rows.map((row) => ({ ...row, evidence: Array.isArray(row.evidence) ? row.evidence : [] }));
}

const EXPLAIN = statement<StoredPair & { readonly evidence: unknown }>(`
  select ${LIGHT}, evidence from pair
  where ${OF_OWNER} and object_a = any($3::uuid[]) and object_b = any($3::uuid[])
  order by score desc, object_a, object_b`);

/** Pairs that touch any of the given cards. */
export function pairsTouching(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<StoredPair[]> {
  return TOUCHING(db, organisationId, ownerId, objectIds);
}

const TOUCHED = '(object_a = any($3::uuid[]) or object_b = any($3::uuid[]))';
const TOUCHING = statement<StoredPair>(`select ${LIGHT} from pair where ${OF_OWNER} and ${TOUCHED}`);

/** The cards of all pairs that touch any of the given cards, latent ones, too. */
export function storedPairsTouching(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<PairEnds[]> {
  return STORED_TOUCHING(db, organisationId, ownerId, objectIds);
}

const STORED_TOUCHING = statement<PairEnds>(`
  select object_a as a, object_b as b, latent from pair
  where organisation_id = $1 and owner_id = $2 and ${TOUCHED} order by object_a, object_b`);

/** How many cards the owner's pairs are among, and how many pairs there are. */
export async function countCompared(
  db: Db,
  organisationId: string,
  ownerId: string,
): Promise<{ cards: number; pairs: number }> {
  const { rows } = await sql<{ cards: number; pairs: number }>`
    select
      (select count(*) from scored_record where organisation_id = ${organisationId} and owner_id = ${ownerId}) as cards,
      (select count(*) from pair where organisation_id = ${organisationId} and owner_id = ${ownerId} and not latent) as pairs`.execute(
    db,
  );
  return rows[0]!;
}
