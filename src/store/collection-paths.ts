/** Collections found by the path of a URL: address books and calendars by name, plain collections by their whole path. */
import type { Collection } from './collections.ts';
import type { Db } from './database.ts';
import { ENTRY, type ObjectEntry, type StoredObject } from './objects.ts';
import type { CollectionKind } from './schema/collections.ts';
import { quickStatement } from './statement.ts';

/** A collection on the way of a path, and the object in it that bears the path's last name, if any. */
export interface CollectionAlong {
  readonly collection: Collection;
  readonly member: (ObjectEntry & { readonly body?: Buffer }) | undefined;
  /** Somebody of the organisation holds a lock, or did lately: whoever writes must look for those in the way. */
  readonly locksHeld: boolean;
}

export interface PathBelowHome {
  readonly organisationId: string;
  readonly ownerId: string;
  /** Kind and name of the collection that the first segment may be. */
  readonly kind: CollectionKind;
  readonly name: string;
  /** Paths of the plain collections that the path may run through. */
  readonly plainNames: readonly string[];
  /** Name of the object at the end of the path. */
  readonly member: string;
  /** Read the octets of that object, too. */
  readonly body: boolean;
}

/**
 * The collections that a path may run through, each with its object of the last name, in one statement: most requests
 * need nothing else of the database to know what they are about.
 */
export async function findAlong(db: Db, path: PathBelowHome): Promise<CollectionAlong[]> {
  const { organisationId, ownerId, kind, name, plainNames, member } = path;
  const along = path.body ? ALONG_WITH_BODY : ALONG;
  return (await along(db, organisationId, ownerId, kind, name, plainNames, member)).map(alongOf);
}

type RowAlong = Collection & { readonly locks_held: boolean } & {
  readonly [Column in keyof StoredObject as `member_${Column}`]: StoredObject[Column] | null;
};

const alongText = (columns: readonly string[]): string => `
  select collection.*, ${columns.map((column) => `object.${column} as member_${column}`).join(', ')},
    exists (select 1 from lock where lock.organisation_id = $1) as locks_held
  from collection
  left join object on object.organisation_id = collection.organisation_id
    and object.collection_id = collection.collection_id and object.name = $6
  where collection.organisation_id = $1 and collection.owner_id = $2
    and ((collection.kind = $3 and collection.name = $4) or (collection.kind = 'plain' and collection.name = any($5::text[])))`;

const ALONG = quickStatement<RowAlong>(alongText(ENTRY));
const ALONG_WITH_BODY = quickStatement<RowAlong>(alongText([...ENTRY, 'body']));

function alongOf(row: RowAlong): CollectionAlong {
  const {
    member_object_id,
    member_name,
    member_uid,
    member_component,
    member_media_type,
    member_size,
    member_etag,
    member_seq,
    member_created_at,
    member_modified_at,
    member_collection_id: _,
    member_body,
    locks_held: locksHeld,
    ...collection
  } = row;
  if (member_object_id === null) return { collection, member: undefined, locksHeld };
  const member = {
    object_id: member_object_id,
    collection_id: collection.collection_id,
    name: member_name!,
    uid: member_uid,
    component: member_component!,
    media_type: member_media_type,
    size: member_size!,
    etag: member_etag!,
    seq: member_seq!,
    created_at: member_created_at!,
    modified_at: member_modified_at!,
    ...(member_body ? { body: member_body } : {}),
  };
  return { collection, member, locksHeld };
}

/** The plain collections whose path begins with `prefix`, by path. */
export function listPlainBelow(db: Db, organisationId: string, ownerId: string, prefix: string): Promise<Collection[]> {
  return db
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where('kind', '=', 'plain')
    .where((e) => e(e.fn<boolean>('starts_with', ['name', e.val(prefix)]), '=', true))
    .orderBy('name')
    .execute();
}
