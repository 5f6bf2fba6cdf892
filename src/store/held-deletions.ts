/** Deletions counted by collection and device, and those that are held. Call the writing ones with the collection locked. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import type { CollectionScope } from './object-writes.ts';
import type { Row } from './schema.ts';

/** `held`: how many of its deletions are held, whose objects are still there as they were. */
export type DeletionWindow = Row<'deletion_window'> & { readonly held: number };
export type DeviceDeletion = Row<'device_deletion'>;

function windows(db: Db, organisationId: string) {
  return db
    .selectFrom('deletion_window as w')
    .selectAll('w')
    .select((e) =>
      e
        .selectFrom('device_deletion as d')
        .innerJoin('object as o', (join) =>
          join
            .onRef('o.organisation_id', '=', 'd.organisation_id')
            .onRef('o.object_id', '=', 'd.object_id')
            .onRef('o.etag', '=', 'd.etag'),
        )
        .whereRef('d.organisation_id', '=', 'w.organisation_id')
        .whereRef('d.window_id', '=', 'w.window_id')
        .where('d.held', '=', true)
        .select((f) => f.fn.countAll<number>().as('held'))
        .$asScalar()
        .$notNull()
        .as('held'),
    )
    .where('w.organisation_id', '=', organisationId);
}

export function findWindowOf(
  db: Db,
  { organisationId, collectionId }: CollectionScope,
  deviceId: string,
): Promise<DeletionWindow | undefined> {
  return windows(db, organisationId)
    .where('w.collection_id', '=', collectionId)
    .where('w.device_id', '=', deviceId)
    .executeTakeFirst();
}

export function findWindow(db: Db, organisationId: string, windowId: string): Promise<DeletionWindow | undefined> {
  return windows(db, organisationId).where('w.window_id', '=', windowId).executeTakeFirst();
}

/** The windows of some collections in which something is held, the newest first. */
export async function listHoldingWindows(
  db: Db,
  organisationId: string,
  collectionIds: readonly string[],
): Promise<DeletionWindow[]> {
  if (collectionIds.length === 0) return [];
  const rows = await windows(db, organisationId)
    .where('w.collection_id', 'in', [...collectionIds])
    .orderBy('w.began_at', 'desc')
    .execute();
  return rows.filter(({ held }) => held > 0);
}

export interface NewWindow {
  readonly windowId: string;
  readonly deviceId: string;
  readonly now: Date;
}

/** Begins to count anew: what was deleted before is out of this account. */
export async function beginWindow(tx: Tx, scope: CollectionScope, window: NewWindow): Promise<void> {
  const { organisationId, collectionId } = scope;
  await sql`delete from deletion_window where organisation_id = ${organisationId} and collection_id = ${collectionId}
    and device_id = ${window.deviceId}`.execute(tx);
  await sql`insert into deletion_window (organisation_id, window_id, collection_id, device_id, device_name, began_at, objects, deleted)
    select ${organisationId}::uuid, ${window.windowId}::uuid, ${collectionId}::uuid, ${window.deviceId}::uuid,
      coalesce((select name from app_password where organisation_id = ${organisationId} and app_password_id = ${window.deviceId}),
        (select name from principal where organisation_id = ${organisationId} and principal_id = ${window.deviceId}), ''), ${window.now}::timestamptz, count(*), 0
    from object where organisation_id = ${organisationId} and collection_id = ${collectionId}`.execute(tx);
}

export async function countDeletion(tx: Tx, organisationId: string, windowId: string): Promise<void> {
  await sql`update deletion_window set deleted = deleted + 1
    where organisation_id = ${organisationId} and window_id = ${windowId}`.execute(tx);
}

export async function noteDeletion(tx: Tx, row: DeviceDeletion): Promise<void> {
  const { object_id, seq, etag, held, asked_at } = row;
  await tx
    .insertInto('device_deletion')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['organisation_id', 'window_id', 'name']).doUpdateSet({ object_id, seq, etag, held, asked_at }),
    )
    .execute();
}

export function listDeletions(db: Db, organisationId: string, windowId: string): Promise<DeviceDeletion[]> {
  return db
    .selectFrom('device_deletion')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('window_id', '=', windowId)
    .orderBy('name')
    .execute();
}

/** Forgets what a window holds; with `allowedUntil` its device may delete what it likes until then. */
export async function settleWindow(
  tx: Tx,
  organisationId: string,
  windowId: string,
  allowedUntil: Date | null,
): Promise<void> {
  await sql`delete from device_deletion where organisation_id = ${organisationId} and window_id = ${windowId}`.execute(
    tx,
  );
  await sql`update deletion_window set allowed_until = ${allowedUntil}
    where organisation_id = ${organisationId} and window_id = ${windowId}`.execute(tx);
}

/** Windows of an organisation that began before a moment, at most `limit`. */
export function listOldWindows(db: Db, organisationId: string, before: Date, limit: number): Promise<DeletionWindow[]> {
  return windows(db, organisationId).where('w.began_at', '<', before).limit(limit).execute();
}

export async function deleteWindow(db: Db, organisationId: string, windowId: string): Promise<void> {
  await sql`delete from deletion_window where organisation_id = ${organisationId} and window_id = ${windowId}`.execute(
    db,
  );
}
