/** Collections that a user can reach beside the own ones: those of others, as far as they let it (RFC 3744). */
import { AppError } from '../base/errors.ts';
import { type Collection, findCollectionById, listCollections } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { findGranted, type GrantedCollection, listGranted } from '../store/granted-collections.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import type { Actor } from './context.ts';
import { expandPrivileges, OWNER, type Privileges, seesPublicForm } from './privileges.ts';
import type { SeenCollection } from './seen-objects.ts';

export type Reader = Pick<Actor, 'organisationId' | 'principalId'>;

export interface ReachableCollection extends SeenCollection {
  /** Undefined: it is the reader's own. */
  readonly ownerName: string | undefined;
  readonly privileges: Privileges;
}

const own = (collection: Collection): ReachableCollection => ({
  collection,
  publicOnly: false,
  ownerName: undefined,
  privileges: OWNER,
});

function ofAnother({ collection, owner, privileges: granted }: GrantedCollection): ReachableCollection {
  const privileges = expandPrivileges(granted);
  const publicOnly = seesPublicForm(collection.kind, privileges);
  return { collection, publicOnly, ownerName: owner.displayName, privileges };
}

/** The reader's own collections of a kind, then those of others on which `read` was granted. */
export async function readableCollections(
  db: Db,
  reader: Reader,
  kind: CollectionKind,
): Promise<ReachableCollection[]> {
  const owned = await listCollections(db, reader.organisationId, reader.principalId, kind);
  return [...owned.map(own), ...(await readableOfOthers(db, reader, kind))];
}

/** The collections of a kind of others on which `read` was granted. */
export async function readableOfOthers(db: Db, reader: Reader, kind: CollectionKind): Promise<ReachableCollection[]> {
  const granted = await listGranted(db, reader.organisationId, reader.principalId, [kind]);
  return granted.map(ofAnother).filter(({ privileges }) => privileges.has('read'));
}

/** The collection when it is the reader's own, or one of somebody else that it may read; else undefined: it looks missing. */
export async function findReadable(db: Db, reader: Reader, id: string): Promise<ReachableCollection | undefined> {
  const { organisationId, principalId } = reader;
  const collection = await findCollectionById(db, organisationId, id);
  if (!collection || collection.owner_id === principalId) return collection && own(collection);
  const granted = await findGranted(db, organisationId, principalId, id);
  const reached = granted && ofAnother(granted);
  return reached?.privileges.has('read') ? reached : undefined;
}

/** Throws AppError `need-privileges` unless the reader holds all of them on the collection. */
export function requirePrivileges(
  { collection, ownerName, privileges }: ReachableCollection,
  needed: readonly string[],
): void {
  const missing = needed.filter((name) => !privileges.has(name));
  if (missing.length === 0) return;
  const label = collection.display_name ?? collection.name;
  const text = `"${label}" belongs to ${ownerName ?? 'you'}: you lack the privilege ${missing.join(', ')} on it.`;
  throw new AppError('forbidden', 'need-privileges', text, { label, owner: ownerName, privileges: missing });
}
