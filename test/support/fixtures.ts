/** Rows that store tests start from. */
import { randomUUID } from 'node:crypto';
import { insertCollection } from '../../src/store/collections.ts';
import type { Db } from '../../src/store/database.ts';
import type { CollectionScope, ObjectRowWrite } from '../../src/store/object-writes.ts';
import { insertOrganisation, insertPrincipal } from '../../src/store/principals.ts';
import type { CollectionKind } from '../../src/store/schema/collections.ts';

export const THEN = new Date('2026-03-01T12:00:00Z');

/** An organisation with one user and one collection. */
export async function aCollection(db: Db, kind: CollectionKind = 'addressbook'): Promise<CollectionScope> {
  const scope = { organisationId: randomUUID(), collectionId: randomUUID(), ownerId: randomUUID() };
  await insertOrganisation(db, {
    organisation_id: scope.organisationId,
    name: `org ${scope.organisationId}`,
    created_at: THEN,
  });
  await insertPrincipal(db, {
    organisation_id: scope.organisationId,
    principal_id: scope.ownerId,
    kind: 'user',
    name: 'ann',
    display_name: 'Ann',
    password_hash: null,
    language: null,
    time_zone: null,
    region: null,
    created_at: THEN,
    disabled_at: null,
  });
  await anotherCollection(db, scope, kind, 'first', scope.collectionId);
  return scope;
}

/** A further collection of the same owner. */
export async function anotherCollection(
  db: Db,
  scope: CollectionScope,
  kind: CollectionKind,
  name: string,
  collectionId: string = randomUUID(),
): Promise<CollectionScope> {
  await insertCollection(db, {
    organisation_id: scope.organisationId,
    collection_id: collectionId,
    owner_id: scope.ownerId,
    kind,
    name,
    display_name: null,
    description: null,
    color: null,
    sort_order: null,
    components: null,
    time_zone: null,
    time_zone_id: null,
    region: null,
    created_at: THEN,
    modified_at: THEN,
  });
  return { ...scope, collectionId };
}

/** An object's row with a record, of which only the name matters. */
export function anObject(name: string, parts: Partial<ObjectRowWrite> = {}): ObjectRowWrite {
  return {
    objectId: randomUUID(),
    name,
    uid: `uid-${name}`,
    component: 'VCARD',
    mediaType: undefined,
    body: Buffer.from(`body of ${name}`),
    etag: `etag-${name}`,
    startsAt: undefined,
    endsAt: undefined,
    indexData: { FN: [name] },
    record: { contentHash: `hash-${name}`, data: { name }, engineVersion: 1 },
    ...parts,
  };
}
