/** Answers kept under the keys that clients gave their requests. */
import { sql } from 'kysely';
import type { Db } from './database.ts';

export interface KeyClaim {
  readonly organisationId: string;
  readonly principalId: string;
  readonly key: string;
  /** Digest of the request. */
  readonly hash: string;
}

/**
 * Claims a key for a request: undefined when the claim is ours, otherwise what the key already stands for (`answer` null
 * while the first request still runs). A claim without answer from before `abandoned` is taken over.
 */
export async function claimKey(
  db: Db,
  claim: KeyClaim,
  now: Date,
  abandoned: Date,
): Promise<{ request_hash: string; answer: unknown } | undefined> {
  const { rows } = await sql<{ key: string }>`
    insert into idempotency as known (organisation_id, principal_id, key, request_hash, created_at)
    values (${claim.organisationId}, ${claim.principalId}, ${claim.key}, ${claim.hash}, ${now})
    on conflict (organisation_id, principal_id, key) do update set created_at = ${now}, request_hash = ${claim.hash}
      where known.answer is null and known.created_at < ${abandoned}
    returning key`.execute(db);
  if (rows.length > 0) return undefined;
  return db
    .selectFrom('idempotency')
    .select(['request_hash', 'answer'])
    .where('organisation_id', '=', claim.organisationId)
    .where('principal_id', '=', claim.principalId)
    .where('key', '=', claim.key)
    .executeTakeFirst();
}

export async function storeAnswer(db: Db, claim: KeyClaim, answer: unknown): Promise<void> {
  await db
    .updateTable('idempotency')
    .set({ answer: JSON.stringify(answer) })
    .where('organisation_id', '=', claim.organisationId)
    .where('principal_id', '=', claim.principalId)
    .where('key', '=', claim.key)
    .execute();
}

/** Frees a key whose request failed. */
export async function releaseKey(db: Db, claim: KeyClaim): Promise<void> {
  await db
    .deleteFrom('idempotency')
    .where('organisation_id', '=', claim.organisationId)
    .where('principal_id', '=', claim.principalId)
    .where('key', '=', claim.key)
    .where('answer', 'is', null)
    .execute();
}

/** Forgets keys from before `before`, at most `limit`; returns how many. */
export async function pruneKeys(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ key: string }>`
    delete from idempotency where organisation_id = ${organisationId} and (principal_id, key) in (
      select principal_id, key from idempotency
      where organisation_id = ${organisationId} and created_at < ${before} limit ${limit})
    returning key`.execute(db);
  return rows.length;
}
