/** Cards that leave a book: what was held together by them is to be looked at again. */
import { sql } from 'kysely';
import type { Tx } from './database.ts';

/**
 * Notes that cards leave: for everybody who compares with them, those paired with them are to be scored again, and what they
 * held is to be accounted for. To be called before they leave: afterwards their pairs are gone, and nobody knows any more
 * whose clusters they held together.
 */
export async function noteLeaving(tx: Tx, organisationId: string, objectIds: readonly string[]): Promise<void> {
  if (objectIds.length === 0) return;
  const ids = [...objectIds];
  // one statement for all of it would tempt the planner, which knows nothing of its parts, to walk whole tables
  await sql`
    update scored_record set gone = true
    where organisation_id = ${organisationId} and object_id = any(${ids}::uuid[]) and owner_id = any(array(
      select owner_id from record where organisation_id = ${organisationId} and object_id = any(${ids}::uuid[])
      union select s.viewer_id from record r
      join shared_book s on s.organisation_id = r.organisation_id and s.collection_id = r.collection_id
      where r.organisation_id = ${organisationId} and r.object_id = any(${ids}::uuid[])))`.execute(tx);
  const { rows } = await sql<{ owner_id: string; object_id: string }>`
    select owner_id, object_b as object_id from pair
    where organisation_id = ${organisationId} and object_a = any(${ids}::uuid[]) and not latent
    union select owner_id, object_a from pair
    where organisation_id = ${organisationId} and object_b = any(${ids}::uuid[]) and not latent`.execute(tx);
  const partners = rows.filter((row) => !objectIds.includes(row.object_id));
  for (const [ownerId, group] of Map.groupBy(partners, (row) => row.owner_id))
    await scoreAgain(
      tx,
      organisationId,
      ownerId,
      group.map((row) => row.object_id),
    );
}

/** Marks cards to be scored again for an owner: own ones by their record, those of others in what was noted of them. */
async function scoreAgain(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  objectIds: readonly string[],
): Promise<void> {
  const { rows: own } = await sql<{ object_id: string }>`
    update record set stale = true
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and object_id = any(${[...objectIds]}::uuid[])
    returning object_id`.execute(tx);
  const known = new Set(own.map((row) => row.object_id));
  const ofOthers = objectIds.filter((id) => !known.has(id));
  if (ofOthers.length === 0) return;
  await sql`
    update scored_record set again = true
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and object_id = any(${ofOthers}::uuid[])`.execute(
    tx,
  );
}
