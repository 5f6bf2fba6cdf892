/** What merges took away, and which cards stand in for it today: so that what was merged stays merged. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import { uidKey } from './objects.ts';

/** A card that a merge took away, and the card that holds its content today. */
export interface ReturnedCard {
  readonly contentHash: string;
  readonly standsInId: string;
}

/**
 * Which of these contents merges took away from this collection and another card now stands in for: a device that stores one
 * again, under whatever name and UID, brings a duplicate back and nothing else. Contents whose stand-in is gone, or belongs to
 * somebody else, are not in it: whoever shares this collection may not see that card.
 */
export async function findMergedAway(
  db: Db,
  organisationId: string,
  collectionId: string,
  contentHashes: readonly string[],
): Promise<ReturnedCard[]> {
  const rows = await db
    .selectFrom('merged_away')
    .select(['content_hash', 'reference_id'])
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where((e) => e('content_hash', '=', e.fn.any(e.val([...contentHashes]))))
    .execute();
  if (rows.length === 0) return [];
  const standsIn = await followReferences(
    db,
    organisationId,
    rows.map((row) => row.reference_id),
  );
  const { rows: present } = await sql<{ object_id: string }>`
    select o.object_id from object o
    join collection c on c.organisation_id = o.organisation_id and c.collection_id = o.collection_id
    join collection here on here.organisation_id = c.organisation_id and here.owner_id = c.owner_id
    where o.organisation_id = ${organisationId} and o.object_id = any(${[...standsIn.values()]}::uuid[])
      and here.collection_id = ${collectionId}`.execute(db);
  const there = new Set(present.map((row) => row.object_id));
  return rows.flatMap((row) => {
    const standsInId = standsIn.get(row.reference_id)!;
    return there.has(standsInId) ? [{ contentHash: row.content_hash, standsInId }] : [];
  });
}

/** From cards that merges kept to the cards they were merged into in turn, as far as it goes. */
async function followReferences(
  db: Db,
  organisationId: string,
  referenceIds: readonly string[],
): Promise<Map<string, string>> {
  const next = new Map<string, string>();
  let frontier = [...new Set(referenceIds)];
  while (frontier.length > 0) {
    const rows = await db
      .selectFrom('merged_away')
      .select(['object_id', 'reference_id'])
      .where('organisation_id', '=', organisationId)
      .where((e) => e('object_id', '=', e.fn.any(e.val(frontier))))
      .execute();
    const further = rows.filter((row) => !next.has(row.object_id));
    for (const row of further) next.set(row.object_id, row.reference_id);
    frontier = [...new Set(further.map((row) => row.reference_id))];
  }
  return new Map(referenceIds.map((id) => [id, endOf(id, next)]));
}

/** A card brought back from the history and then kept by a merge the other way round closes a ring: it is left where it closes. */
function endOf(start: string, next: ReadonlyMap<string, string>): string {
  const passed = new Set<string>();
  let id = start;
  while (next.has(id) && !passed.has(id)) {
    passed.add(id);
    id = next.get(id)!;
  }
  return id;
}

/** Cards among the given ones that are back, changed, under the UID of a card that a merge took away from their book. */
export async function findReturned(db: Db, organisationId: string, objectIds: readonly string[]): Promise<Set<string>> {
  // materialized: joined freely, the planner walks whole books to find a few cards
  const { rows } = await sql<{ object_id: string }>`
    with card as materialized (
      select object_id, collection_id, uid_key from object
      where organisation_id = ${organisationId} and object_id = any(${[...objectIds]}::uuid[])
    )
    select object_id from card where exists (
      select 1 from merged_away m where m.organisation_id = ${organisationId}
        and m.collection_id = card.collection_id and m.uid_key = card.uid_key)`.execute(db);
  return new Set(rows.map((row) => row.object_id));
}

/**
 * For UIDs that merges took away from the owner's books or those compared with them, whoever merged, the cards that hold
 * their content today; UIDs of undone merges have none.
 */
export async function followMergedAway(
  db: Db,
  organisationId: string,
  ownerId: string,
  uids: readonly string[],
): Promise<Map<string, string[]>> {
  if (uids.length === 0) return new Map();
  const { rows } = await sql<{ uid_key: string | null; reference_id: string }>`
    select uid_key, reference_id from merged_away
    where organisation_id = ${organisationId} and uid_key = any(${uids.map(uidKey)}::text[])
      and collection_id = any(array(
        select collection_id from collection where organisation_id = ${organisationId} and owner_id = ${ownerId}
        union select collection_id from shared_book
        where organisation_id = ${organisationId} and viewer_id = ${ownerId} and compared))`.execute(db);
  const standsIn = await followReferences(
    db,
    organisationId,
    rows.map((row) => row.reference_id),
  );
  const byKey = Map.groupBy(rows, (row) => row.uid_key ?? '');
  return new Map(
    uids.map((uid) => [
      uid,
      [...new Set((byKey.get(uidKey(uid)) ?? []).map((row) => standsIn.get(row.reference_id)!))],
    ]),
  );
}
