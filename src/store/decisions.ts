/** What users said about pairs of cards. Pairs are named by UID, so that a verdict outlives edits, imports and merges. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Row } from './schema.ts';
import { inSight } from './shared-books.ts';

export type DecisionRow = Row<'decision'>;

export interface NewDecision {
  /** a < b. */
  readonly uidA: string;
  readonly uidB: string;
  readonly verdict: 'different' | 'later';
  readonly groupId: string;
  /** What strong identifiers the pair shared then, as text. */
  readonly evidenceHash: string;
  readonly until: Date | null;
}

const BATCH = 5000;

/** Stores verdicts; a newer one on the same pair takes the older one's place. */
export async function saveDecisions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  decisions: readonly NewDecision[],
  now: Date,
): Promise<void> {
  for (let from = 0; from < decisions.length; from += BATCH) {
    const batch = decisions.slice(from, from + BATCH);
    await sql`
      insert into decision (organisation_id, owner_id, uid_a, uid_b, verdict, group_id, evidence_hash, until_at, decided_at)
      select ${organisationId}::uuid, ${ownerId}::uuid, d.a, d.b, d.verdict, d.group_id, d.evidence_hash, d.until_at, ${now}
      from unnest(${batch.map((d) => d.uidA)}::text[], ${batch.map((d) => d.uidB)}::text[],
        ${batch.map((d) => d.verdict)}::text[], ${batch.map((d) => d.groupId)}::uuid[],
        ${batch.map((d) => d.evidenceHash)}::text[], ${batch.map((d) => d.until?.toISOString() ?? null)}::timestamptz[])
        as d(a, b, verdict, group_id, evidence_hash, until_at)
      on conflict (organisation_id, owner_id, uid_a, uid_b) do update set verdict = excluded.verdict,
        group_id = excluded.group_id, evidence_hash = excluded.evidence_hash, until_at = excluded.until_at,
        decided_at = excluded.decided_at`.execute(tx);
  }
}

/** Verdicts in force at `now`: a "later" whose time has come is none any more. */
export function listDecisions(db: Db, organisationId: string, ownerId: string, now: Date): Promise<DecisionRow[]> {
  return db
    .selectFrom('decision')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where((e) => e.or([e('until_at', 'is', null), e('until_at', '>', now)]))
    .orderBy('decided_at', 'desc')
    .orderBy('group_id')
    .execute();
}

/** The verdicts of one decision of the user, taken away; returns them. */
export function deleteDecision(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  groupId: string,
): Promise<DecisionRow[]> {
  return tx
    .deleteFrom('decision')
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('group_id', '=', groupId)
    .returningAll()
    .execute();
}

/** Cards with any of the UIDs, of the owner's address books and of those compared with them. */
export function findCardsByUid(
  db: Db,
  organisationId: string,
  ownerId: string,
  uids: readonly string[],
): Promise<{ object_id: string; uid: string | null; collection_id: string }[]> {
  return db
    .selectFrom('record')
    .innerJoin('object', (join) =>
      join
        .onRef('object.organisation_id', '=', 'record.organisation_id')
        .onRef('object.object_id', '=', 'record.object_id'),
    )
    .select(['object.object_id', 'object.uid', 'object.collection_id'])
    .where('record.organisation_id', '=', organisationId)
    .where('object.organisation_id', '=', organisationId)
    .where(inSight('record', organisationId, ownerId))
    .where((e) => e('object.uid', '=', e.fn.any(e.val([...uids]))))
    .execute();
}
