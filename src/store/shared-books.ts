/** Address books of others that a user may read: what was granted, and what the engine compares with the user's own. */
import { type RawBuilder, sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { Row } from './schema.ts';
import { statement } from './statement.ts';

export type SharedBook = Row<'shared_book'>;

/** The books of others that the engine compares with the viewer's own, and those too large for it; by id. */
export function listSharedBooks(db: Db, organisationId: string, viewerId: string): Promise<SharedBook[]> {
  return LIST(db, organisationId, viewerId);
}

const LIST = statement<SharedBook>(`
  select * from shared_book where organisation_id = $1 and viewer_id = $2 order by collection_id`);

/** Makes these the viewer's books of others; none of their cards count as scored, so that a full run must follow. */
export async function replaceSharedBooks(
  tx: Tx,
  organisationId: string,
  viewerId: string,
  books: readonly Pick<SharedBook, 'collection_id' | 'owner_id' | 'writable' | 'compared'>[],
): Promise<void> {
  await tx
    .deleteFrom('shared_book')
    .where('organisation_id', '=', organisationId)
    .where('viewer_id', '=', viewerId)
    .execute();
  const key = { organisation_id: organisationId, viewer_id: viewerId };
  for (const book of books)
    await tx
      .insertInto('shared_book')
      .values({ ...key, ...book, seen_seq: 0 })
      .execute();
  await tx
    .updateTable('dedup_state')
    .set({ counts: null })
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', viewerId)
    .execute();
}

/** How far a book has been scored for a viewer. */
export interface SeenBook {
  readonly collectionId: string;
  readonly seq: number;
}

/** The newest change of each compared book: to be noted as seen once everything up to it has been scored. */
export async function newestChanges(db: Db, organisationId: string, viewerId: string): Promise<SeenBook[]> {
  const { rows } = await sql<SeenBook>`
    select s.collection_id as "collectionId", c.sync_token as seq from shared_book s
    join collection c on c.organisation_id = s.organisation_id and c.collection_id = s.collection_id
    where s.organisation_id = ${organisationId} and s.viewer_id = ${viewerId} and s.compared`.execute(db);
  return rows;
}

/** Notes how far the books have been scored. */
export async function noteSeen(
  tx: Tx,
  organisationId: string,
  viewerId: string,
  seen: readonly SeenBook[],
): Promise<void> {
  if (seen.length === 0) return;
  await sql`
    update shared_book s set seen_seq = n.seq
    from unnest(${seen.map((book) => book.collectionId)}::uuid[], ${seen.map((book) => book.seq)}::bigint[]) as n(collection_id, seq)
    where s.organisation_id = ${organisationId} and s.viewer_id = ${viewerId} and s.collection_id = n.collection_id
      and s.seen_seq < n.seq`.execute(tx);
}

/** Books whose cards are compared with those of `viewerId` beside its own, as an array that a statement computes once. */
const comparedBooks = (organisationId: string, viewerId: string): RawBuilder<unknown> => sql`array(
  select collection_id from shared_book
  where organisation_id = ${organisationId} and viewer_id = ${viewerId} and compared)`;

/** A condition on `record` (under the alias): the card is the viewer's own or stands in a compared book. */
export function inSight(alias: 'r' | 'record', organisationId: string, viewerId: string): RawBuilder<boolean> {
  const record = sql.id(alias);
  return sql<boolean>`(${record}.owner_id = ${viewerId}
    or ${record}.collection_id = any(${comparedBooks(organisationId, viewerId)}))`;
}

/** As text, for statements whose first two values are the organisation and the viewer. */
const COMPARED_BOOKS = `array(
  select collection_id from shared_book where organisation_id = $1 and viewer_id = $2 and compared)`;
export const IN_SIGHT = `(r.owner_id = $2 or r.collection_id = any(${COMPARED_BOOKS}))`;
/** The viewer and the owners of the compared books: with them a statement keeps to an index. */
export const OWNERS_IN_SIGHT = `array(
  select $2::uuid union select owner_id from shared_book
  where organisation_id = $1 and viewer_id = $2 and compared)`;

/** Cards in compared books that changed since they were scored for the viewer: as above. */
export const CHANGED_FOR_VIEWER = `
  select o.object_id from shared_book s
  join object o on o.organisation_id = s.organisation_id and o.collection_id = s.collection_id and o.seq > s.seen_seq
  where s.organisation_id = $1 and s.viewer_id = $2 and s.compared`;

/**
 * Notes that rights on a book have changed: its viewers, and those who are granted something by name or by their group, look
 * at what they may read at their next scoring, soon. Who sees it as one of all learns of it in the next night.
 */
export async function noteRightsChanged(tx: Tx, organisationId: string, collectionId: string): Promise<void> {
  await sql`
    update shared_book set seen_seq = ${RIGHTS_CHANGED}
    where organisation_id = ${organisationId} and collection_id = ${collectionId}`.execute(tx);
  await sql`
    insert into shared_book (organisation_id, viewer_id, collection_id, owner_id, writable, compared, seen_seq)
    select distinct p.organisation_id, p.principal_id, c.collection_id, c.owner_id, false, false, ${RIGHTS_CHANGED}::bigint
    from access_entry a
    join collection c on c.organisation_id = a.organisation_id and c.collection_id = a.collection_id
    left join group_member m on m.organisation_id = a.organisation_id and m.group_id = a.grantee_id
    join principal p on p.organisation_id = a.organisation_id and p.principal_id in (a.grantee_id, m.member_id)
    where a.organisation_id = ${organisationId} and a.collection_id = ${collectionId} and c.kind = 'addressbook'
      and p.kind = 'user' and p.principal_id <> c.owner_id
    on conflict do nothing`.execute(tx);
}

/** As `seen_seq`: what the viewer may do with the book must be looked at anew. */
export const RIGHTS_CHANGED = -1;

/** Viewers with a compared book, or a right on one, that has changed since, of every organisation: for the background queue. */
export const viewersBehind: RawBuilder<unknown> = sql`
  select s.organisation_id, s.viewer_id as owner_id from shared_book s
  join collection c on c.organisation_id = s.organisation_id and c.collection_id = s.collection_id
  where (s.compared and c.sync_token > s.seen_seq) or s.seen_seq = ${sql.lit(RIGHTS_CHANGED)}`;
