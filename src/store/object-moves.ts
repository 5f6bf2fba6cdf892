/** Objects under other names, in other collections, or shown to devices once more; their octets stay. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';
import { noteLeaving } from './leaving-cards.ts';
import { archive, type CollectionScope } from './object-writes.ts';

/**
 * Moves one object to another name or collection, keeping its id, bytes and engine state; the old name gets a tombstone
 * when the object leaves it. Both collections must be locked and the new name free.
 */
export async function moveObjectRow(
  tx: Tx,
  object: { readonly objectId: string; readonly name: string },
  from: CollectionScope,
  to: CollectionScope & { readonly name: string },
  now: Date,
): Promise<void> {
  const { organisationId } = from;
  const sameCollection = from.collectionId === to.collectionId;
  const left = await nextSeq(tx, from, now);
  const arrived = sameCollection ? await nextSeq(tx, from, now) : await nextSeq(tx, to, now);
  await sql`delete from tombstone where organisation_id = ${organisationId} and collection_id = ${to.collectionId} and name = ${to.name}`.execute(
    tx,
  );
  await archive(organisationId, [object.objectId], 'moved', now).execute(tx);
  await sql`update object set collection_id = ${to.collectionId}, name = ${to.name}, seq = ${arrived}, modified_at = ${now}
    where organisation_id = ${organisationId} and object_id = ${object.objectId}`.execute(tx);
  await sql`insert into tombstone (organisation_id, collection_id, name, seq, deleted_at)
    values (${organisationId}, ${from.collectionId}, ${object.name}, ${left}, ${now})
    on conflict (organisation_id, collection_id, name) do update set seq = excluded.seq, deleted_at = excluded.deleted_at`.execute(
    tx,
  );
  await rehomeRecord(tx, object.objectId, from, to);
}

/**
 * Gives objects the next numbers of the collection's change count without changing them: devices that believe them gone receive
 * them again. The collection must be locked.
 */
export async function touchObjects(
  tx: Tx,
  { organisationId, collectionId }: CollectionScope,
  objectIds: readonly string[],
  now: Date,
): Promise<void> {
  const ids = [...objectIds];
  await sql`
    with bumped as (
      update collection set sync_token = sync_token + ${ids.length}, modified_at = ${now}
      where organisation_id = ${organisationId} and collection_id = ${collectionId}
      returning sync_token
    )
    update object set seq = bumped.sync_token - ${ids.length} + t.position
    from bumped cross join unnest(${ids}::uuid[]) with ordinality as t(object_id, position)
    where object.organisation_id = ${organisationId} and object.collection_id = ${collectionId}
      and object.object_id = t.object_id`.execute(tx);
}

/** Reports a name under which nothing is stored as deleted, as a new change. The collection must be locked. */
export async function buryName(tx: Tx, scope: CollectionScope, name: string, now: Date): Promise<void> {
  const seq = await nextSeq(tx, scope, now);
  await sql`insert into tombstone (organisation_id, collection_id, name, seq, deleted_at)
    values (${scope.organisationId}, ${scope.collectionId}, ${name}, ${seq}, ${now})
    on conflict (organisation_id, collection_id, name) do update set seq = excluded.seq, deleted_at = excluded.deleted_at`.execute(
    tx,
  );
}

async function nextSeq(tx: Tx, scope: CollectionScope, now: Date): Promise<number> {
  const { rows } = await sql<{ sync_token: number }>`
    update collection set sync_token = sync_token + 1, modified_at = ${now}
    where organisation_id = ${scope.organisationId} and collection_id = ${scope.collectionId} returning sync_token`.execute(
    tx,
  );
  return rows[0]!.sync_token;
}

/** Those who see the book that a card leaves, but perhaps not where it goes, no longer compare with it. */
async function noteOutOfSight(tx: Tx, organisationId: string, objectId: string, collectionId: string): Promise<void> {
  await sql`
    update scored_record set gone = true
    where organisation_id = ${organisationId} and object_id = ${objectId} and owner_id = any(array(
      select viewer_id from shared_book where organisation_id = ${organisationId} and collection_id = ${collectionId}))`.execute(
    tx,
  );
}

/** Under another owner a card is compared with other cards: its old pairs go, its keys move, and it awaits scoring. */
async function rehomeRecord(tx: Tx, objectId: string, from: CollectionScope, to: CollectionScope): Promise<void> {
  const { organisationId } = from;
  if (from.ownerId !== to.ownerId) await noteLeaving(tx, organisationId, [objectId]);
  else if (from.collectionId !== to.collectionId) await noteOutOfSight(tx, organisationId, objectId, from.collectionId);
  await sql`update record set collection_id = ${to.collectionId}, owner_id = ${to.ownerId}, stale = true
    where organisation_id = ${organisationId} and object_id = ${objectId}`.execute(tx);
  if (from.ownerId === to.ownerId) return;
  await sql`update blocking_key set owner_id = ${to.ownerId}
    where organisation_id = ${organisationId} and object_id = ${objectId}`.execute(tx);
  await sql`delete from pair where organisation_id = ${organisationId} and (object_a = ${objectId} or object_b = ${objectId})`.execute(
    tx,
  );
}
