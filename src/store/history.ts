/** Earlier versions of objects, and what was deleted. */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Row } from './schema.ts';

export type ObjectVersion = Row<'object_version'>;
/** A version without its octets, but with their beginning. */
export type VersionEntry = Omit<ObjectVersion, 'body' | 'deletion_id'> & { readonly head: Buffer };

const ENTRY = [
  'organisation_id',
  'collection_id',
  'seq',
  'object_id',
  'name',
  'uid',
  'component',
  'media_type',
  'size',
  'etag',
  'written_at',
  'ended_at',
  'reason',
] as const;

/** Octets of a body that tell what it is called: a name or title stands before them, and no photo is read for a list. */
export const HEAD_OCTETS = 65_536;

/** Versions of one answer where nobody says how many. */
const MOST_LISTED = 200;

/** A place in a list of versions that has the newest first. */
export interface VersionPosition {
  readonly endedAt: Date;
  readonly seq: number;
}

const listed = (db: Db) =>
  db
    .selectFrom('object_version as version')
    .select(ENTRY.map((column) => `version.${column}` as const))
    .select(sql<Buffer>`substring(version.body from 1 for ${sql.lit(HEAD_OCTETS)})`.as('head'))
    .orderBy('version.ended_at', 'desc')
    .orderBy('version.seq', 'desc');

const behind = ({ endedAt, seq }: VersionPosition) =>
  sql<boolean>`(version.ended_at, version.seq) < (${endedAt}::timestamptz, ${seq}::bigint)`;

/**
 * Earlier versions of one object that lay in collections of this owner, newest first; with `after` those behind that place. An object that
 * was moved from somebody else's keeps its id, but what it was there is not the new owner's to read.
 */
export function listVersions(
  db: Db,
  organisationId: string,
  ownerId: string,
  objectId: string,
  limit = MOST_LISTED,
  after?: VersionPosition,
): Promise<VersionEntry[]> {
  const query = listed(db)
    .where('version.organisation_id', '=', organisationId)
    .where('version.object_id', '=', objectId)
    .where('version.collection_id', 'in', (e) =>
      e
        .selectFrom('collection')
        .select('collection.collection_id')
        .where('collection.organisation_id', '=', organisationId)
        .where('collection.owner_id', '=', ownerId),
    )
    .limit(limit);
  return (after ? query.where(behind(after)) : query).execute();
}

/** Earlier versions under one name of a collection, newest first. */
export function listVersionsOfName(
  db: Db,
  organisationId: string,
  collectionId: string,
  name: string,
): Promise<VersionEntry[]> {
  return listed(db)
    .where('version.organisation_id', '=', organisationId)
    .where('version.collection_id', '=', collectionId)
    .where('version.name', '=', name)
    .limit(MOST_LISTED)
    .execute();
}

/** One version with its octets. */
export function findVersion(
  db: Db,
  organisationId: string,
  collectionId: string,
  seq: number,
): Promise<ObjectVersion | undefined> {
  return db
    .selectFrom('object_version')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .where('seq', '=', seq)
    .executeTakeFirst();
}

/**
 * The bin of a collection: the last version of each object that was deleted and is not there again, newest first; with `after`
 * those behind that place.
 */
export function listDeleted(
  db: Db,
  organisationId: string,
  collectionId: string,
  limit = MOST_LISTED,
  after?: VersionPosition,
): Promise<VersionEntry[]> {
  const query = listed(db)
    .where('version.organisation_id', '=', organisationId)
    .where('version.collection_id', '=', collectionId)
    .where('version.reason', '=', 'deleted')
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('object')
            .select('object.name')
            .where('object.organisation_id', '=', organisationId)
            .where('object.collection_id', '=', collectionId)
            .whereRef('object.name', '=', 'version.name'),
        ),
      ),
    )
    .where((e) =>
      e.not(
        e.exists(
          e
            .selectFrom('object_version as later')
            .select('later.name')
            .where('later.organisation_id', '=', organisationId)
            .where('later.collection_id', '=', collectionId)
            .whereRef('later.name', '=', 'version.name')
            .whereRef('later.seq', '>', 'version.seq'),
        ),
      ),
    )
    .limit(limit);
  return (after ? query.where(behind(after)) : query).execute();
}
