/** Scored pairs of cards, and the lock that makes writers of one owner's pairs take turns. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Tier } from './schema.ts';
import { type BookCounts, bookCounts, COUNTS_COLUMNS, type CountsRow } from './scored-records.ts';
import { statement } from './statement.ts';

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

/**
 * Locks the owner's pairs and suggestions for writing until the transaction ends. Reads of records that the writing
 * rests on must come after it. Returns what scores rested on last, as `findCounts` does.
 */
export async function lockDuplicates(tx: Tx, organisationId: string, ownerId: string): Promise<BookCounts | undefined> {
  const [state] = await LOCK(tx, organisationId, ownerId);
  if (state) return bookCounts(state);
  await sql`
    insert into dedup_state (organisation_id, owner_id) values (${organisationId}, ${ownerId})
    on conflict do nothing`.execute(tx);
  return bookCounts((await LOCK(tx, organisationId, ownerId))[0]);
}

const LOCK = statement<CountsRow>(`
  select ${COUNTS_COLUMNS} from dedup_state where organisation_id = $1 and owner_id = $2 for update`);

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

/** Removes all pairs of an owner. */
export async function deletePairs(tx: Tx, organisationId: string, ownerId: string): Promise<void> {
  await sql`delete from pair where organisation_id = ${organisationId} and owner_id = ${ownerId}`.execute(tx);
}

/** Which pairs are scored anew. */
export interface PairsAnew {
  /** All pairs of these cards. */
  readonly touching: readonly string[];
  /** Further pairs, the smaller id first. */
  readonly between: readonly (readonly [string, string])[];
}

/**
 * Puts pairs in the place of those that were scored anew; only what is another than before is written. Returns the cards of
 * the pairs that went, came or changed.
 */
export async function replacePairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  { touching, between }: PairsAnew,
  pairs: readonly ExplainedPair[],
  engineVersion: number,
): Promise<string[]> {
  const kept = [pairs.map((pair) => pair.a), pairs.map((pair) => pair.b), pairs.map(isLatent)];
  const gone = await DROP_TOUCHING(tx, organisationId, ownerId, ...kept, touching);
  if (between.length > 0) {
    const [a, b] = [between.map((pair) => pair[0]), between.map((pair) => pair[1])];
    gone.push(...(await DROP_BETWEEN(tx, organisationId, ownerId, ...kept, a, b)));
  }
  const written = await insertPairs(tx, organisationId, ownerId, pairs, engineVersion);
  const told = [...gone, ...written].filter((pair) => !pair.latent);
  return [...new Set(told.flatMap((pair) => [pair.a, pair.b]))];
}

const isLatent = ({ latent = false }: ExplainedPair): boolean => latent;

type PairEnds = Pick<StoredPair, 'a' | 'b'> & { readonly latent: boolean };

/** One that becomes latent goes, too, so that it is told of. */
const dropping = (which: string) =>
  statement<PairEnds>(`
  delete from pair where organisation_id = $1 and owner_id = $2 and ${which}
    and (object_a, object_b, latent) not in (
      select a, b, latent from unnest($3::uuid[], $4::uuid[], $5::boolean[]) as kept(a, b, latent))
  returning object_a as a, object_b as b, latent`);

const DROP_TOUCHING = dropping('(object_a = any($6::uuid[]) or object_b = any($6::uuid[]))');
const DROP_BETWEEN = dropping(`object_a = any($6::uuid[])
    and (object_a, object_b) in (select a, b from unnest($6::uuid[], $7::uuid[]) as anew(a, b))`);

const BATCH = 2000;

/**
 * Adds pairs, in bounded statements; pairs of cards that are gone meanwhile are left out, and those that are there as they are.
 * Returns those that were written.
 */
export async function insertPairs(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  pairs: readonly ExplainedPair[],
  engineVersion: number,
): Promise<PairEnds[]> {
  const written: PairEnds[] = [];
  for (let from = 0; from < pairs.length; from += BATCH) {
    const batch = pairs.slice(from, from + BATCH);
    const rows = await INSERT(
      tx,
      organisationId,
      ownerId,
      engineVersion,
      batch.map((p) => p.a),
      batch.map((p) => p.b),
      batch.map((p) => p.weight),
      batch.map((p) => p.probability),
      batch.map((p) => JSON.stringify(p.evidence)),
      batch.map((p) => p.tier),
      batch.map((p) => p.never),
      batch.map(isLatent),
    );
    written.push(...rows);
  }
  return written;
}

const INSERT = statement<PairEnds>(`
  insert into pair (organisation_id, owner_id, object_a, object_b, score, probability, evidence, tier, never, latent,
    engine_version)
  select $1::uuid, $2::uuid, p.a, p.b, p.score, p.probability, p.evidence::jsonb, p.tier, p.never, p.latent, $3::int
  from unnest($4::uuid[], $5::uuid[], $6::double precision[], $7::double precision[], $8::text[], $9::text[], $10::boolean[],
    $11::boolean[]) as p(a, b, score, probability, evidence, tier, never, latent)
  join record ra on ra.organisation_id = $1 and ra.object_id = p.a
  join record rb on rb.organisation_id = $1 and rb.object_id = p.b
  on conflict (organisation_id, owner_id, object_a, object_b) do update set score = excluded.score,
    probability = excluded.probability, evidence = excluded.evidence, tier = excluded.tier, never = excluded.never,
    latent = excluded.latent, engine_version = excluded.engine_version
    where (pair.score, pair.probability, pair.evidence, pair.tier, pair.never, pair.latent, pair.engine_version)
      is distinct from (excluded.score, excluded.probability, excluded.evidence, excluded.tier, excluded.never,
        excluded.latent, excluded.engine_version)
  returning object_a as a, object_b as b, latent`);

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

/** Every pair of an owner, by its cards. */
export function listPairs(db: Db, organisationId: string, ownerId: string): Promise<StoredPair[]> {
  return LIST(db, organisationId, ownerId);
}

const LIST = statement<StoredPair>(`
  select ${LIGHT} from pair where ${OF_OWNER} order by object_a, object_b`);

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
    where organisation_id = ${organisationId} and object_a = any(${ids}::uuid[]) and not latent
    union select owner_id, object_a from pair
    where organisation_id = ${organisationId} and object_b = any(${ids}::uuid[]) and not latent`.execute(tx);
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
