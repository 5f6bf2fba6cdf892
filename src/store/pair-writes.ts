/** Pairs that are written: the lock that makes writers of one owner's pairs take turns, and what changes beneath it. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import type { ExplainedPair, PairEnds } from './pairs.ts';
import { type BookCounts, bookCounts, COUNTS_COLUMNS, type CountsRow } from './scored-records.ts';
import { statement } from './statement.ts';

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
