/** Bodies that a precondition refused, kept for their owner. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { HEAD_OCTETS } from './history.ts';
import type { NewRow, Row } from './schema.ts';

export type ConflictCopy = Row<'conflict_copy'>;
/** A copy without its octets, but with their beginning. */
export type ConflictCopyEntry = Omit<ConflictCopy, 'body'> & { readonly head: Buffer };

/** Keeps a copy; the same octets refused again under the same name are one copy, the time is that of the last refusal. */
export async function insertConflictCopy(db: Db, row: NewRow<'conflict_copy'>): Promise<void> {
  await db
    .insertInto('conflict_copy')
    .values(row)
    .onConflict((conflict) =>
      conflict
        .columns(['organisation_id', 'collection_id', 'name', 'etag'])
        .doUpdateSet({ refused_at: row.refused_at }),
    )
    .execute();
}

/** Where a page of copies ends. */
export interface CopyPosition {
  readonly refusedAt: Date;
  readonly conflictId: string;
}

/** Copies of the given collections, newest first, of those behind `after` when given. */
export function listConflictCopies(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
  { limit, after }: { readonly limit: number; readonly after?: CopyPosition | undefined },
): Promise<ConflictCopyEntry[]> {
  const query = db
    .selectFrom('conflict_copy')
    .select(['organisation_id', 'conflict_id', 'collection_id', 'name', 'uid', 'size', 'etag', 'refused_at'])
    .select(sql<Buffer>`substring(body from 1 for ${sql.lit(HEAD_OCTETS)})`.as('head'))
    .where('organisation_id', '=', organisationId)
    .where((e) => e('collection_id', '=', e.fn.any(e.val([...collectionIds]))))
    .orderBy('refused_at', 'desc')
    .orderBy('conflict_id', 'desc')
    .limit(limit);
  const behind = after && sql<boolean>`(refused_at, conflict_id) < (${after.refusedAt}, ${after.conflictId}::uuid)`;
  return (behind ? query.where(behind) : query).execute();
}

export function findConflictCopy(
  db: Db,
  organisationId: string,
  conflictId: string,
): Promise<ConflictCopy | undefined> {
  return db
    .selectFrom('conflict_copy')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('conflict_id', '=', conflictId)
    .executeTakeFirst();
}

/** Removes one copy; false when it is not there. */
export async function deleteConflictCopy(db: Db, organisationId: string, conflictId: string): Promise<boolean> {
  const result = await db
    .deleteFrom('conflict_copy')
    .where('organisation_id', '=', organisationId)
    .where('conflict_id', '=', conflictId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}

/** Keeps the newest `most` copies of a collection: a client that retries for ever must not fill the disk. */
export async function trimConflictCopies(
  db: Db,
  organisationId: string,
  collectionId: string,
  most: number,
): Promise<void> {
  await sql`delete from conflict_copy where organisation_id = ${organisationId} and collection_id = ${collectionId}
    and conflict_id in (
      select conflict_id from conflict_copy where organisation_id = ${organisationId} and collection_id = ${collectionId}
      order by refused_at desc offset ${most}
    )`.execute(db);
}

/** Forgets copies of an organisation refused before `before`, at most `limit`; returns how many. */
export async function pruneConflictCopies(
  db: Db,
  organisationId: string,
  before: Date,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ conflict_id: string }>`
    delete from conflict_copy where organisation_id = ${organisationId} and conflict_id in (
      select conflict_id from conflict_copy
      where organisation_id = ${organisationId} and refused_at < ${before} limit ${limit})
    returning conflict_id`.execute(db);
  return rows.length;
}
