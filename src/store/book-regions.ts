/** In which country's way the national phone numbers of a book are read. */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { RIGHTS_CHANGED } from './shared-books.ts';

/** A book whose country nobody has named. */
export interface UnnamedRegion {
  readonly collectionId: string;
  /** What was guessed from its cards before. */
  readonly guessed: string | null;
}

/** The owner's address books without a country, or with a guessed one. */
export async function listUnnamedRegions(db: Db, organisationId: string, ownerId: string): Promise<UnnamedRegion[]> {
  const { rows } = await sql<UnnamedRegion>`
    select collection_id as "collectionId", region as guessed from collection
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and kind = 'addressbook'
      and (region is null or region_guessed)`.execute(db);
  return rows;
}

/** The owner's address books that follow the owner's own country: those that have it, and those where nobody named one. */
export async function listFollowingRegions(
  db: Db,
  organisationId: string,
  ownerId: string,
  ownerRegion: string | null,
): Promise<string[]> {
  const { rows } = await sql<{ collection_id: string }>`
    select collection_id from collection
    where organisation_id = ${organisationId} and owner_id = ${ownerId} and kind = 'addressbook'
      and (region is null or region_guessed or region = ${ownerRegion})`.execute(db);
  return rows.map((row) => row.collection_id);
}

/** The octets of the oldest cards of a book, those of more than `largest` octets (photos) aside. */
export async function sampleCards(
  db: Db,
  organisationId: string,
  collectionId: string,
  { most, largest }: { readonly most: number; readonly largest: number },
): Promise<Buffer[]> {
  const { rows } = await sql<{ body: Buffer }>`
    select body from object
    where organisation_id = ${organisationId} and collection_id = ${collectionId} and size <= ${largest}
    order by object_id limit ${most}`.execute(db);
  return rows.map((row) => row.body);
}

/**
 * Gives books of an owner a country, named or guessed; locks the books before what is stored of their duplicates, as merges do.
 * What was read of their cards is old from then on: the next full run of the owner, and of everybody whom a book is shared with,
 * reads the cards anew, and what waits to be scored brings it about.
 */
export async function setRegions(
  tx: Tx,
  organisationId: string,
  ownerId: string,
  collectionIds: readonly string[],
  { region, guessed }: { readonly region: string | null; readonly guessed: boolean },
): Promise<void> {
  const ids = [...collectionIds];
  await sql`
    update collection set region = ${region}, region_guessed = ${guessed}
    where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])`.execute(tx);
  await sql`
    update record set engine_version = 0, stale = true
    where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])`.execute(tx);
  await sql`
    update dedup_state set engine_version = 0
    where organisation_id = ${organisationId} and (owner_id = ${ownerId} or owner_id = any(array(
      select viewer_id from shared_book
      where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[]))))`.execute(tx);
  await sql`
    update shared_book set seen_seq = ${RIGHTS_CHANGED}
    where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])`.execute(tx);
}
