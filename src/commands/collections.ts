/** Making, changing and removing collections (RFC 4918 §9.3, RFC 5689, RFC 4791 §5.3.1). */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import {
  type Collection,
  type CollectionPatch,
  deleteCollectionRow,
  findCollection,
  insertCollection,
  updateCollection,
} from '../store/collections.ts';
import { type Db, inTransaction, type Tx } from '../store/database.ts';
import { removeAllDeadProperties, setDeadProperty } from '../store/dead-properties.ts';
import { keepDeleted, trimDeletedCollections } from '../store/deleted-collections.ts';
import { noteLeaving } from '../store/leaving-cards.ts';
import { listEntries } from '../store/objects.ts';
import { findPrincipal } from '../store/principals.ts';
import type { CollectionKind, FedBy } from '../store/schema/collections.ts';
import type { Context } from './context.ts';
import { lockOne } from './locking.ts';
import { refuseLocked } from './write-locks.ts';

/** Longest name of a collection or object, in octets of UTF-8. */
export const LONGEST_NAME = 1000;

/** Names that no URL leads to (`dav/href.ts`); those of plain collections are whole paths. */
const NO_SEGMENT = /[/\\\p{Cc}]|^\.\.?$/u;

export interface NewCollection {
  readonly organisationId: string;
  readonly ownerId: string;
  readonly kind: CollectionKind;
  /** Last path segment, decoded. */
  readonly name: string;
  readonly properties?: CollectionPatch;
  /** The server itself puts its content in. */
  readonly fedBy?: FedBy;
  readonly deadProperties?: readonly {
    readonly namespace: string;
    readonly local_name: string;
    readonly xml: string;
  }[];
}

/** National numbers in a new book are its owner's country's, as in the book the account began with. */
async function regionOfOwner(tx: Tx, { organisationId, ownerId }: NewCollection): Promise<string | null> {
  return (await findPrincipal(tx, organisationId, ownerId))?.region ?? null;
}

/**
 * Makes an empty collection with its properties, or nothing at all.
 * Throws AppError 'resource-must-be-null' (conflict) when the name is taken, 'name-too-long' when it is, 'invalid-collection-name' when
 * it could not stand in a URL.
 */
export function createCollection(context: Context, wanted: NewCollection): Promise<Collection> {
  if (wanted.name === '' || Buffer.byteLength(wanted.name) > LONGEST_NAME) {
    throw new AppError('invalid', 'name-too-long', `A collection's name has 1 to ${LONGEST_NAME} octets.`, {
      limit: LONGEST_NAME,
    });
  }
  if (wanted.kind !== 'plain' && NO_SEGMENT.test(wanted.name)) {
    const text = `"${wanted.name}" cannot be the name of a collection: it holds a slash, a backslash or a control character.`;
    throw new AppError('invalid', 'invalid-collection-name', text);
  }
  const now = new Date(context.clock.now());
  const collectionId = uuidv7(context.clock.now());
  return inTransaction(context.db, async (tx) => {
    const added = await insertCollection(tx, {
      display_name: null,
      description: null,
      color: null,
      sort_order: null,
      components: null,
      time_zone: null,
      time_zone_id: null,
      region: wanted.kind === 'addressbook' ? await regionOfOwner(tx, wanted) : null,
      fed_by: wanted.fedBy ?? null,
      ...wanted.properties,
      organisation_id: wanted.organisationId,
      collection_id: collectionId,
      owner_id: wanted.ownerId,
      kind: wanted.kind,
      name: wanted.name,
      created_at: now,
      modified_at: now,
    });
    if (!added)
      throw new AppError('conflict', 'resource-must-be-null', `There already is a collection called ${wanted.name}.`);
    for (const property of wanted.deadProperties ?? []) {
      await setDeadProperty(tx, wanted.organisationId, { resource_id: collectionId, ...property });
    }
    return requireCollection(tx, wanted);
  });
}

async function requireCollection(db: Db, key: NewCollection): Promise<Collection> {
  const found = await findCollection(db, key.organisationId, key.ownerId, key.kind, key.name);
  if (!found) throw new AppError('notFound', 'not-found', `There is no collection called ${key.name}.`);
  return found;
}

/** Changes what a collection is called and looks like. Throws AppError notFound, `locked`. */
export function changeCollection(context: Context, collection: Collection, patch: CollectionPatch): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    await refuseLocked({ ...context, db: tx }, [{ collection, on: 'state' }]);
    const { organisation_id, collection_id } = collection;
    await updateCollection(tx, organisation_id, collection_id, patch, new Date(context.clock.now()));
  });
}

/** Deleted collections of one owner that are kept. */
const MOST_DELETED = 200;

/**
 * Removes a collection with everything in it. It can be brought back (`restore-deleted.ts`), unless the server itself filled
 * it. `part` where one request deletes several at once, and has judged the WebDAV locks. Throws AppError notFound, `locked`.
 */
export function deleteCollection(
  context: Context,
  collection: Collection,
  part?: { readonly deletionId: string },
): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    if (!part) await refuseLocked({ ...context, db: tx }, [{ collection, on: 'tree' }]);
    const { organisation_id, collection_id, owner_id } = collection;
    const now = context.clock.now();
    const entries = await listEntries(tx, organisation_id, collection_id);
    const ids = entries.map((entry) => entry.object_id);
    if (collection.fed_by === null) await keepDeleted(tx, collection, part?.deletionId ?? uuidv7(now), new Date(now));
    else await removeAllDeadProperties(tx, organisation_id, [collection_id, ...ids]);
    await noteLeaving(tx, organisation_id, ids);
    await deleteCollectionRow(tx, organisation_id, collection_id);
    await trimDeletedCollections(tx, organisation_id, owner_id, MOST_DELETED);
  });
}
