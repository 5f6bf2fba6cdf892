/** Reading and pruning earlier versions of objects. */
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

/** Earlier versions of one object, newest first; with `after` those behind that place. */
export function listVersions(
  db: Db,
  organisationId: string,
  objectId: string,
  limit = 200,
  after?: VersionPosition,
): Promise<VersionEntry[]> {
  const query = listed(db)
    .where('version.organisation_id', '=', organisationId)
    .where('version.object_id', '=', objectId)
    .limit(limit);
  return (after ? query.where(behind(after)) : query).execute();
}

/** Earlier versions under one name of a collection, newest first. */
export function listVersionsOfName(
  db: Db,
  organisationId: string,
  collectionId: string,
  name: string,
  limit = 200,
): Promise<VersionEntry[]> {
  return listed(db)
    .where('version.organisation_id', '=', organisationId)
    .where('version.collection_id', '=', collectionId)
    .where('version.name', '=', name)
    .limit(limit)
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
  limit = 200,
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

export interface StateEntry {
  readonly name: string;
  readonly uid: string | null;
  readonly etag: string;
  /** Undefined: the octets are those of the present object. */
  readonly seq: number | undefined;
}

/** What a collection held at a moment, by name: present objects written by then, and versions whose time covers it. */
export async function stateAt(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
): Promise<StateEntry[]> {
  const { rows } = await sql<{ name: string; uid: string | null; etag: string; seq: number | null }>`
    select name, uid, etag, null::bigint as seq from object
    where organisation_id = ${organisationId} and collection_id = ${collectionId} and modified_at <= ${moment}
    union all
    select name, uid, etag, seq from object_version
    where organisation_id = ${organisationId} and collection_id = ${collectionId}
      and written_at <= ${moment} and ended_at > ${moment}
    order by name`.execute(db);
  return rows.map(({ seq, ...row }) => ({ ...row, seq: seq ?? undefined }));
}

/** The beginnings of what the objects of these names held at a moment, by name. */
export async function headsAt(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
  names: readonly string[],
): Promise<Map<string, Buffer>> {
  const wanted = sql`organisation_id = ${organisationId} and collection_id = ${collectionId}
      and name = any(${[...names]}::text[])`;
  const { rows } = await sql<{ name: string; head: Buffer }>`
    select name, substring(body from 1 for ${sql.lit(HEAD_OCTETS)}) as head from object
    where ${wanted} and modified_at <= ${moment}
    union all
    select name, substring(body from 1 for ${sql.lit(HEAD_OCTETS)}) from object_version
    where ${wanted} and written_at <= ${moment} and ended_at > ${moment}`.execute(db);
  return new Map(rows.map((row) => [row.name, row.head]));
}

/** Names of objects that were there at a moment, but what they held then has been pruned since. */
export async function lostSince(
  db: Db,
  organisationId: string,
  collectionId: string,
  moment: Date,
): Promise<Set<string>> {
  const { rows } = await sql<{ name: string }>`
    select name from object
    where organisation_id = ${organisationId} and collection_id = ${collectionId}
      and created_at <= ${moment} and modified_at > ${moment} and not exists (
        select 1 from object_version v where v.organisation_id = ${organisationId}
          and v.object_id = object.object_id and v.ended_at > ${moment})`.execute(db);
  return new Set(rows.map((row) => row.name));
}

/**
 * Forgets the oldest versions, at most `limit`, of each owner in the organisation who has more octets of them than `most`;
 * returns how many. What went with its collection neither counts nor goes.
 */
export async function pruneVersionsBeyond(
  db: Db,
  organisationId: string,
  most: number,
  limit: number,
): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    with owned as (
      select c.owner_id, v.collection_id, v.seq, v.size, v.ended_at from object_version v
      join collection c on c.organisation_id = v.organisation_id and c.collection_id = v.collection_id
      where v.organisation_id = ${organisationId} and v.deletion_id is null
    ), ranked as (
      select collection_id, seq, sum(size::bigint) over (partition by owner_id order by ended_at desc, collection_id, seq desc) as octets
      from owned where owner_id in (select owner_id from owned group by owner_id having sum(size::bigint) > ${most})
    )
    delete from object_version where organisation_id = ${organisationId} and (collection_id, seq) in (
      select collection_id, seq from ranked where octets > ${most} limit ${limit})
    returning seq`.execute(db);
  return rows.length;
}

/**
 * Forgets versions of one organisation that ended before `before`, at most `limit`; returns how many. What went with its
 * collection goes with that (`pruneDeletedCollections`).
 */
export async function pruneVersions(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    delete from object_version where organisation_id = ${organisationId} and (collection_id, seq) in (
      select collection_id, seq from object_version
      where organisation_id = ${organisationId} and ended_at < ${before} and deletion_id is null limit ${limit})
    returning seq`.execute(db);
  return rows.length;
}
