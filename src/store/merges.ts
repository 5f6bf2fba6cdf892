/** The record of merges: every object a merge touched with its octets before and after, and what it took away. */
import type { Db, Tx } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type MergeRow = Row<'merge'>;
export type MergeObject = Row<'merge_object'>;

/** Writes a merge with its objects and what is no longer there. Belongs to the transaction that merges. */
export async function insertMerge(
  tx: Tx,
  merge: NewRow<'merge'>,
  objects: readonly NewRow<'merge_object'>[],
  away: readonly NewRow<'merged_away'>[],
): Promise<void> {
  await tx.insertInto('merge').values(merge).execute();
  for (const row of objects) await tx.insertInto('merge_object').values(row).execute();
  for (const row of away) await tx.insertInto('merged_away').values(row).execute();
}

const mergeOf = (db: Db, organisationId: string, ownerId: string, mergeId: string) =>
  db
    .selectFrom('merge')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('merge_id', '=', mergeId)
    .where('forgotten_at', 'is', null);

export function findMerge(
  db: Db,
  organisationId: string,
  ownerId: string,
  mergeId: string,
): Promise<MergeRow | undefined> {
  return mergeOf(db, organisationId, ownerId, mergeId).executeTakeFirst();
}

/** The merge, locked until the transaction ends: two undos of one merge take turns. */
export function lockMerge(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  mergeId: string,
): Promise<MergeRow | undefined> {
  return mergeOf(tx, organisationId, ownerId, mergeId).forUpdate().executeTakeFirst();
}

/** Those that can be undone or redone, newest first, older than the merge `before` when given. */
export function listMerges(
  db: Db,
  organisationId: string,
  ownerId: string,
  limit: number,
  before?: { readonly mergedAt: Date; readonly mergeId: string },
): Promise<MergeRow[]> {
  let query = db
    .selectFrom('merge')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('forgotten_at', 'is', null)
    .orderBy('merged_at', 'desc')
    .orderBy('merge_id', 'desc')
    .limit(limit);
  if (before)
    query = query.where((e) =>
      e.or([
        e('merged_at', '<', before.mergedAt),
        e.and([e('merged_at', '=', before.mergedAt), e('merge_id', '<', before.mergeId)]),
      ]),
    );
  return query.execute();
}

/** What the merges touched, with octets. */
export function listMergeObjects(db: Db, organisationId: string, mergeIds: readonly string[]): Promise<MergeObject[]> {
  return db
    .selectFrom('merge_object')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where((e) => e('merge_id', '=', e.fn.any(e.val([...mergeIds]))))
    .orderBy('merge_id')
    .orderBy('role')
    .orderBy('object_id')
    .execute();
}

/** Later merges, not undone, that touched any of the objects: they must be undone first. */
export function laterMergesOf(
  db: Db,
  organisationId: string,
  merge: Pick<MergeRow, 'merge_id' | 'merged_at'>,
  objectIds: readonly string[],
): Promise<{ merge_id: string; merged_at: Date }[]> {
  return db
    .selectFrom('merge_object')
    .innerJoin('merge', (join) =>
      join
        .onRef('merge.organisation_id', '=', 'merge_object.organisation_id')
        .onRef('merge.merge_id', '=', 'merge_object.merge_id'),
    )
    .select(['merge.merge_id', 'merge.merged_at'])
    .distinct()
    .where('merge_object.organisation_id', '=', organisationId)
    .where('merge.organisation_id', '=', organisationId)
    .where((e) => e('merge_object.object_id', '=', e.fn.any(e.val([...objectIds]))))
    .where('merge_object.role', '!=', 'group')
    .where('merge.undone_at', 'is', null)
    .where('merge.merge_id', '!=', merge.merge_id)
    .where('merge.merged_at', '>=', merge.merged_at)
    .execute();
}

/** Marks a merge undone; what it took away may come back. */
export async function closeMerge(tx: Tx, organisationId: string, mergeId: string, undoneAt: Date): Promise<void> {
  await tx
    .updateTable('merge')
    .set({ undone_at: undoneAt })
    .where('organisation_id', '=', organisationId)
    .where('merge_id', '=', mergeId)
    .execute();
  await tx
    .deleteFrom('merged_away')
    .where('organisation_id', '=', organisationId)
    .where('merge_id', '=', mergeId)
    .execute();
}
