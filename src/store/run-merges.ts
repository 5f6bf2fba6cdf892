/** The merges of one run: a night, or a batch that a user asked for. */
import type { Db } from './database.ts';
import type { MergeRow } from './merges.ts';

/** The merges of one run that are not undone, newest first. */
export function mergesOfRun(db: Db, organisationId: string, ownerId: string, runId: string): Promise<MergeRow[]> {
  return db
    .selectFrom('merge')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('run_id', '=', runId)
    .where('undone_at', 'is', null)
    .where('forgotten_at', 'is', null)
    .orderBy('merged_at', 'desc')
    .orderBy('merge_id', 'desc')
    .execute();
}

/** How many merges of each run are not undone; a run without any is left out. */
export async function countStandingMerges(
  db: Db,
  organisationId: string,
  ownerId: string,
  runIds: readonly string[],
): Promise<Map<string, number>> {
  if (runIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('merge')
    .select((e) => ['run_id', e.fn.countAll<string>().as('standing')])
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where((e) => e('run_id', '=', e.fn.any(e.val([...runIds]))))
    .where('undone_at', 'is', null)
    .where('forgotten_at', 'is', null)
    .groupBy('run_id')
    .execute();
  return new Map(rows.flatMap((row) => (row.run_id === null ? [] : [[row.run_id, Number(row.standing)] as const])));
}

/** How many cards the merges of a run that are not undone took away or changed. */
export async function changesOfRun(db: Db, organisationId: string, ownerId: string, runId: string): Promise<number> {
  const { count } = await db
    .selectFrom('merge_object')
    .innerJoin('merge', (join) =>
      join
        .onRef('merge.organisation_id', '=', 'merge_object.organisation_id')
        .onRef('merge.merge_id', '=', 'merge_object.merge_id'),
    )
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('merge_object.organisation_id', '=', organisationId)
    .where('merge.organisation_id', '=', organisationId)
    .where('merge.owner_id', '=', ownerId)
    .where('merge.run_id', '=', runId)
    .where('merge.undone_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}
