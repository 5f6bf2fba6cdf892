/** Secret links to collections, by a digest of each link's secret. */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type Publication = Row<'publication'>;

export async function insertPublication(db: Db, row: NewRow<'publication'>): Promise<void> {
  await db.insertInto('publication').values(row).execute();
}

/** The links of a collection, oldest first. */
export function listPublications(db: Db, organisationId: string, collectionId: string): Promise<Publication[]> {
  return db
    .selectFrom('publication')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .orderBy('publication_id')
    .execute();
}

/** The collection a link leads to; undefined when there is no such link, or its owner may no longer sign in. */
export async function findPublishedCollection(
  db: Db,
  organisationId: string,
  digest: string,
): Promise<string | undefined> {
  const row = await db
    .selectFrom('publication')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'publication.organisation_id')
        .onRef('collection.collection_id', '=', 'publication.collection_id'),
    )
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'collection.organisation_id')
        .onRef('principal.principal_id', '=', 'collection.owner_id'),
    )
    .select('publication.collection_id')
    .where('publication.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('principal.organisation_id', '=', organisationId)
    .where('publication.token_digest', '=', digest)
    .where('principal.disabled_at', 'is', null)
    .executeTakeFirst();
  return row?.collection_id;
}

/** Removes a link to a collection of this owner; false when there is none. */
export async function deletePublication(
  db: Db,
  organisationId: string,
  ownerId: string,
  publicationId: string,
): Promise<boolean> {
  const result = await db
    .deleteFrom('publication')
    .where('organisation_id', '=', organisationId)
    .where('publication_id', '=', publicationId)
    .where('collection_id', 'in', (e) =>
      e
        .selectFrom('collection')
        .select('collection.collection_id')
        .where('collection.organisation_id', '=', organisationId)
        .where('owner_id', '=', ownerId),
    )
    .executeTakeFirst();
  return result.numDeletedRows === 1n;
}
