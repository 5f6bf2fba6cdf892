/** Records that an older engine made of their cards: found, and replaced once their cards have been read anew. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { RecordWrite } from './engine-rows.ts';
import { inSight } from './shared-books.ts';

/** A card whose record is an older engine's. */
export interface OldRecord {
  readonly objectId: string;
  readonly contentHash: string;
  readonly body: Buffer;
  /** The region of the card's book. */
  readonly region: string | null;
}

/** The cards in sight of an owner whose record is not of this version, in order of their ids. */
export async function listOldRecords(
  db: Db,
  organisationId: string,
  ownerId: string,
  engineVersion: number,
): Promise<string[]> {
  const { rows } = await sql<{ object_id: string }>`
    select r.object_id from record r
    where r.organisation_id = ${organisationId} and ${inSight('r', organisationId, ownerId)}
      and r.engine_version <> ${engineVersion} order by r.object_id`.execute(db);
  return rows.map((row) => row.object_id);
}

/** What is stored of the cards, without those that went. */
export async function findOldRecords(
  db: Db,
  organisationId: string,
  objectIds: readonly string[],
): Promise<OldRecord[]> {
  const { rows } = await sql<OldRecord>`
    select r.object_id as "objectId", r.content_hash as "contentHash", o.body, c.region from record r
    join object o on o.organisation_id = r.organisation_id and o.object_id = r.object_id
    join collection c on c.organisation_id = r.organisation_id and c.collection_id = r.collection_id
    where r.organisation_id = ${organisationId} and r.object_id = any(${[...objectIds]}::uuid[])`.execute(db);
  return rows;
}

/** A record read anew, and the content of the one it replaces. */
export type NewRecord = RecordWrite & { readonly objectId: string; readonly oldHash: string };

/** Puts the new records in the place of old ones; a card that was written meanwhile has a newer one already and keeps it. */
export async function replaceOldRecords(db: Db, organisationId: string, records: readonly NewRecord[]): Promise<void> {
  await sql`
    update record set content_hash = n.content_hash, data = n.data, engine_version = n.engine_version
    from unnest(${records.map((r) => r.objectId)}::uuid[], ${records.map((r) => r.oldHash)}::text[],
      ${records.map((r) => r.contentHash)}::text[], ${records.map((r) => JSON.stringify(r.data))}::jsonb[],
      ${records.map((r) => r.engineVersion)}::int[]) as n(object_id, old_hash, content_hash, data, engine_version)
    where record.organisation_id = ${organisationId} and record.object_id = n.object_id
      and record.content_hash = n.old_hash and record.engine_version <> n.engine_version`.execute(db);
}

/** Owners whose pairs an older engine scored, of every organisation: for the background queue. */
export async function listOutdatedOwners(
  db: Db,
  engineVersion: number,
  limit: number,
): Promise<{ organisation_id: string; owner_id: string }[]> {
  return db
    .selectFrom('dedup_state')
    .select(['organisation_id', 'owner_id'])
    .where('engine_version', '<>', engineVersion)
    .limit(limit)
    .execute();
}
