/** Collections that were deleted and can be brought back: a row each, with what they held in the history of objects. */
import { sql } from 'kysely';
import type { Grant } from './access.ts';
import type { Collection } from './collections.ts';
import type { Db, Tx } from './database.ts';
import type { ObjectVersion } from './history.ts';
import { VERSION_COLUMNS, VERSION_OF_OBJECT } from './object-writes.ts';
import type { Row } from './schema.ts';

export type DeletedCollection = Row<'deleted_collection'>;

/**
 * Keeps what is needed to bring a collection back: its row, its grants, and each object as a version that ends now. The
 * collection must be locked and is to be removed in the same transaction; dead properties stay where they are.
 */
export async function keepDeleted(tx: Tx, collection: Collection, deletionId: string, now: Date): Promise<void> {
  const { organisation_id, collection_id } = collection;
  await sql`
    with kept as (
      insert into object_version (${sql.raw(VERSION_COLUMNS)}, deletion_id)
      select ${sql.raw(VERSION_OF_OBJECT)}, ${now}::timestamptz, 'deleted', ${deletionId}::uuid
      from object o where o.organisation_id = ${organisation_id} and o.collection_id = ${collection_id}
      returning size
    )
    insert into deleted_collection (organisation_id, collection_id, owner_id, deletion_id, kind, name, properties, grants, objects,
      octets, deleted_at)
    select organisation_id, collection_id, owner_id, ${deletionId}::uuid, kind, name, to_jsonb(collection),
      (select coalesce(jsonb_agg(jsonb_build_object('granteeId', grantee_id, 'privileges', privileges) order by position), '[]')
        from access_entry where organisation_id = ${organisation_id} and collection_id = ${collection_id}),
      (select count(*) from kept), (select coalesce(sum(size), 0) from kept), ${now}::timestamptz
    from collection where organisation_id = ${organisation_id} and collection_id = ${collection_id}`.execute(tx);
}

/** The deleted collections of an owner, the last one first. */
export function listDeletedCollections(
  db: Db,
  organisationId: string,
  ownerId: string,
  limit = 500,
): Promise<DeletedCollection[]> {
  return db
    .selectFrom('deleted_collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .orderBy('deleted_at', 'desc')
    .orderBy('name')
    .limit(limit)
    .execute();
}

export function findDeletedCollection(
  db: Db,
  organisationId: string,
  collectionId: string,
): Promise<DeletedCollection | undefined> {
  return db
    .selectFrom('deleted_collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();
}

/** Locks what one request deleted, as far as it is still there; parents before what lay in them. */
export function lockDeletion(tx: Tx, organisationId: string, deletionId: string): Promise<DeletedCollection[]> {
  return tx
    .selectFrom('deleted_collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('deletion_id', '=', deletionId)
    .orderBy('name')
    .forUpdate()
    .execute();
}

/**
 * Makes the collection's row anew under `name`, empty, with its id and its count of changes. Tokens from before the deletion are
 * refused, since the deletions before them are no longer known; the one that it had at last still holds.
 */
export async function revive(tx: Tx, deleted: DeletedCollection, name: string, now: Date): Promise<void> {
  const { properties } = deleted;
  const row = { ...properties, name, pruned_seq: properties.sync_token, modified_at: now.toISOString() };
  // a column that came after the deletion takes its default
  const columns = sql.join(Object.keys(row).map((column) => sql.ref(column)));
  await sql`insert into collection (${columns}) select ${columns}
    from jsonb_populate_record(null::collection, ${JSON.stringify(row)}::jsonb)`.execute(tx);
}

/** What was brought back is an ordinary history from now on. Call after all of `heldBy` was put back. */
export async function releaseVersions(tx: Tx, deleted: DeletedCollection): Promise<void> {
  const { organisation_id } = deleted;
  await sql`update object_version set deletion_id = null where organisation_id = ${organisation_id}
    and collection_id = ${deleted.collection_id} and deletion_id is not null`.execute(tx);
  await sql`delete from deleted_collection
    where organisation_id = ${organisation_id} and collection_id = ${deleted.collection_id}`.execute(tx);
}

/** Those grants whose grantees are still there. */
export async function standingGrants(db: Db, { organisation_id, grants }: DeletedCollection): Promise<Grant[]> {
  const ids = grants.flatMap(({ granteeId }) => granteeId ?? []);
  if (ids.length === 0) return [...grants];
  const rows = await db
    .selectFrom('principal')
    .select('principal_id')
    .where('organisation_id', '=', organisation_id)
    .where('principal_id', 'in', ids)
    .execute();
  const standing = new Set<string | null>([null, ...rows.map((row) => row.principal_id)]);
  return grants.filter(({ granteeId }) => standing.has(granteeId));
}

const BATCH_OCTETS = 4 * 1024 * 1024;
const BATCH_OBJECTS = 500;

/** What a deleted collection held, in batches of bounded size. */
export async function* heldBy(db: Db, deleted: DeletedCollection): AsyncGenerator<ObjectVersion[]> {
  const { organisation_id, collection_id, deletion_id } = deleted;
  const versions = db
    .selectFrom('object_version')
    .where('organisation_id', '=', organisation_id)
    .where('collection_id', '=', collection_id);
  const entries = await versions
    .select(['seq', 'size'])
    .where('deletion_id', '=', deletion_id)
    .orderBy('seq')
    .execute();
  for (let from = 0; from < entries.length; ) {
    let to = from;
    for (let octets = 0; to < entries.length && to - from < BATCH_OBJECTS && octets < BATCH_OCTETS; to++)
      octets += entries[to]!.size;
    const seqs = entries.slice(from, to).map(({ seq }) => seq);
    yield await versions
      .selectAll()
      .where((e) => e('seq', '=', e.fn.any(e.val(seqs))))
      .orderBy('seq')
      .execute();
    from = to;
  }
}

/** Forgets deleted collections for good, with all that was kept of them. */
export async function forgetDeleted(db: Db, organisationId: string, collectionIds: readonly string[]): Promise<void> {
  const ids = [...collectionIds];
  await sql`
    with versions as (
      delete from object_version where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])
      returning object_id
    ), copies as (
      delete from conflict_copy where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])
    ), properties as (
      delete from dead_property where organisation_id = ${organisationId}
        and (resource_id = any(${ids}::uuid[]) or resource_id in (
          select object_id from versions
          except select object_id from object where organisation_id = ${organisationId}))
    )
    delete from deleted_collection
    where organisation_id = ${organisationId} and collection_id = any(${ids}::uuid[])`.execute(db);
}

/** Forgets collections of an organisation deleted before `before`, at most `limit`; returns how many. */
export function pruneDeletedCollections(db: Db, organisationId: string, before: Date, limit: number): Promise<number> {
  const old = deletedIn(db, organisationId).where('deleted_at', '<', before).limit(limit);
  return forgetFound(db, organisationId, old.execute());
}

/** The oldest deleted collections of an owner beyond `most`: a client that makes and deletes for ever must not fill the disk. */
export async function trimDeletedCollections(
  db: Db,
  organisationId: string,
  ownerId: string,
  most: number,
): Promise<void> {
  const beyond = deletedIn(db, organisationId)
    .where('owner_id', '=', ownerId)
    .orderBy('deleted_at', 'desc')
    .offset(most);
  await forgetFound(db, organisationId, beyond.execute());
}

const deletedIn = (db: Db, organisationId: string) =>
  db.selectFrom('deleted_collection').select('collection_id').where('organisation_id', '=', organisationId);

async function forgetFound(
  db: Db,
  organisationId: string,
  found: Promise<readonly { readonly collection_id: string }[]>,
): Promise<number> {
  const ids = (await found).map((row) => row.collection_id);
  if (ids.length > 0) await forgetDeleted(db, organisationId, ids);
  return ids.length;
}
