/** Privileges granted on collections (RFC 3744 §5.5). */
import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { CollectionKind } from './schema/collections.ts';
import type { Row } from './schema.ts';

export type AccessEntry = Row<'access_entry'>;

/** The grants on a collection, in order. */
export function listAccess(db: Db, organisationId: string, collectionId: string): Promise<AccessEntry[]> {
  return db
    .selectFrom('access_entry')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .orderBy('position')
    .execute();
}

/** The grants on the plain collections of an owner with these paths, each with its collection's path, in order. */
export function listPlainAccess(
  db: Db,
  organisationId: string,
  ownerId: string,
  names: readonly string[],
): Promise<(AccessEntry & { readonly name: string })[]> {
  return db
    .selectFrom('access_entry')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'access_entry.organisation_id')
        .onRef('collection.collection_id', '=', 'access_entry.collection_id'),
    )
    .selectAll('access_entry')
    .select('collection.name')
    .where('access_entry.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('collection.owner_id', '=', ownerId)
    .where('collection.kind', '=', 'plain')
    .where((e) => e('collection.name', '=', e.fn.any(e.val([...names]))))
    .orderBy('collection.name', 'desc')
    .orderBy('access_entry.position')
    .execute();
}

/** The same with whom each is for; nobody's name where it is for all. */
export function listGrantees(db: Db, organisationId: string, collectionId: string) {
  return db
    .selectFrom('access_entry')
    .leftJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'access_entry.organisation_id')
        .onRef('principal.principal_id', '=', 'access_entry.grantee_id'),
    )
    .select(['access_entry.grantee_id', 'access_entry.privileges'])
    .select(['principal.name', 'principal.display_name', 'principal.kind'])
    .where('access_entry.organisation_id', '=', organisationId)
    .where('access_entry.collection_id', '=', collectionId)
    .orderBy('access_entry.position')
    .execute();
}

/** What was granted on one collection by one entry. */
export interface Granted {
  readonly collection_id: string;
  readonly kind: CollectionKind;
  readonly name: string;
  readonly privileges: readonly string[];
}

/** Holds of an access entry that grants to the principal: itself, through a group of its, or as one of all. */
export function grantsTo(organisationId: string, principalId: string) {
  return sql<boolean>`(access_entry.grantee_id is null or access_entry.grantee_id = ${principalId}
    or access_entry.grantee_id in (select group_id from group_member
      where organisation_id = ${organisationId} and member_id = ${principalId}))`;
}

/** What a principal was granted, itself, through its groups or as one of all, on collections of `ownerId`. */
export function grantsWithin(db: Db, organisationId: string, ownerId: string, principalId: string): Promise<Granted[]> {
  return db
    .selectFrom('access_entry')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'access_entry.organisation_id')
        .onRef('collection.collection_id', '=', 'access_entry.collection_id'),
    )
    .select(['access_entry.collection_id', 'collection.kind', 'collection.name', 'access_entry.privileges'])
    .where('access_entry.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('collection.owner_id', '=', ownerId)
    .where(grantsTo(organisationId, principalId))
    .execute();
}

export interface Grant {
  /** Null: every signed-in principal of the organisation. */
  readonly granteeId: string | null;
  readonly privileges: readonly string[];
}

/** Replaces all grants on a collection. Call inside a transaction. */
export async function replaceAccess(
  db: Db,
  organisationId: string,
  collectionId: string,
  grants: readonly Grant[],
): Promise<void> {
  await db
    .deleteFrom('access_entry')
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .execute();
  if (grants.length === 0) return;
  await db
    .insertInto('access_entry')
    .values(
      grants.map(({ granteeId, privileges }, position) => ({
        organisation_id: organisationId,
        collection_id: collectionId,
        position,
        grantee_id: granteeId,
        privileges: [...privileges],
      })),
    )
    .execute();
}
