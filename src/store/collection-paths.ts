/** Collections found by the path of a URL: address books and calendars by name, plain collections by their whole path. */
import type { Collection } from './collections.ts';
import type { Db } from './database.ts';
import type { ObjectEntry } from './objects.ts';
import type { CollectionKind } from './schema.ts';

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
  return (await rowsAlong(db, path)).map(alongOf);
}

function rowsAlong(db: Db, path: PathBelowHome) {
  return db
    .selectFrom('collection')
    .leftJoin('object', (join) =>
      join
        .onRef('object.organisation_id', '=', 'collection.organisation_id')
        .onRef('object.collection_id', '=', 'collection.collection_id')
        .on('object.name', '=', path.member),
    )
    .selectAll('collection')
    .select([
      'object.object_id as member_id',
      'object.name as member_name',
      'object.uid as member_uid',
      'object.component as member_component',
      'object.media_type as member_media_type',
      'object.size as member_size',
      'object.etag as member_etag',
      'object.seq as member_seq',
      'object.created_at as member_created_at',
      'object.modified_at as member_modified_at',
    ])
    .select((e) =>
      e
        .exists(e.selectFrom('lock').select('lock_id').where('lock.organisation_id', '=', path.organisationId))
        .as('locks_held'),
    )
    .$if(path.body, (query) => query.select('object.body as member_body'))
    .where('collection.organisation_id', '=', path.organisationId)
    .where('collection.owner_id', '=', path.ownerId)
    .where((e) =>
      e.or([
        e.and([e('collection.kind', '=', path.kind), e('collection.name', '=', path.name)]),
        e.and([e('collection.kind', '=', 'plain'), e('collection.name', '=', e.fn.any(e.val([...path.plainNames])))]),
      ]),
    )
    .execute();
}

function alongOf(row: Awaited<ReturnType<typeof rowsAlong>>[number]): CollectionAlong {
  const {
    member_id,
    member_name,
    member_uid,
    member_component,
    member_media_type,
    member_size,
    member_etag,
    member_seq,
    member_created_at,
    member_modified_at,
    member_body,
    locks_held,
    ...collection
  } = row;
  const locksHeld = locks_held === true;
  if (member_id === null) return { collection, member: undefined, locksHeld };
  const member = {
    object_id: member_id,
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
