/** Wrong passwords as all processes count them, by key. Keys are digests: what they stand for is `http/failed-sign-ins.ts`. */
import { type RawBuilder, sql } from 'kysely';
import type { Db } from './database.ts';

export interface Failures {
  readonly key: string;
  readonly count: number;
  readonly until: Date | null;
  /** A right password was given under this key before. */
  readonly known: boolean;
}

/** What is counted under the keys after `forgotten`; keys without anything are not in the answer. */
export async function findFailures(db: Db, keys: readonly string[], forgotten: Date): Promise<Failures[]> {
  const { rows } = await sql<Failures>`
    select key, known, case when last_at > ${forgotten} then count else 0 end as count,
      case when last_at > ${forgotten} and isfinite(until_at) then until_at end as until
    from failed_sign_in where key = any(${[...keys]}::text[])`.execute(db);
  return rows;
}

export interface Pauses {
  /** Failures before the first pause; undefined: there is never one. */
  readonly free: number | undefined;
  readonly firstMs: number;
  readonly longestMs: number;
}

/**
 * Counts one failure under the key; what is older than `forgotten` counts no more. The pause begins with the failure that
 * uses up the free ones and doubles with each further. Returns the new count.
 */
export async function countFailure(
  db: Db,
  key: string,
  { free = 2 ** 30, firstMs, longestMs }: Pauses,
  now: Date,
  forgotten: Date,
): Promise<number> {
  const pausedUntil = (count: RawBuilder<unknown>) => sql`case when ${count} >= ${free}::int then ${now}::timestamptz
    + least(${firstMs}::float8 * 2 ^ least(${count} - ${free}::int, 30), ${longestMs}::float8) * interval '1 millisecond'
    else '-infinity' end`;
  const counted = sql`(case when f.last_at > ${forgotten} then f.count else 0 end + 1)`;
  const { rows } = await sql<{ count: number }>`
    insert into failed_sign_in as f (key, count, until_at, last_at)
    values (${key}, 1, ${pausedUntil(sql`1`)}, ${now})
    on conflict (key) do update set count = ${counted}, until_at = ${pausedUntil(counted)}, last_at = excluded.last_at
    returning count`.execute(db);
  return rows[0]!.count;
}

/** Forgets the failures under a key after a right password, and keeps that there was one. */
export async function noteSuccess(db: Db, key: string, now: Date): Promise<void> {
  await sql`
    insert into failed_sign_in (key, known, last_at) values (${key}, true, ${now})
    on conflict (key) do update set known = true, count = 0, until_at = '-infinity', last_at = excluded.last_at`.execute(
    db,
  );
}

/** Keeps that a name is known at an address; failures that are not older than `forgotten` go on to count. */
export async function noteKnown(db: Db, key: string, now: Date, forgotten: Date): Promise<void> {
  await sql`
    insert into failed_sign_in as f (key, known, last_at) values (${key}, true, ${now})
    on conflict (key) do update set known = true,
      count = case when f.last_at > ${forgotten} then f.count else 0 end,
      last_at = case when f.last_at > ${forgotten} and f.count > 0 then f.last_at else excluded.last_at end`.execute(
    db,
  );
}

/** Removes what was last counted before `before`, and names known at an address since before `unseenSince`. */
export async function pruneFailures(db: Db, before: Date, unseenSince: Date): Promise<void> {
  await sql`delete from failed_sign_in
    where (last_at < ${before} and not known) or last_at < ${unseenSince}`.execute(db);
}
