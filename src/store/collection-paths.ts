/** Collections found by the path of a URL: address books and calendars by name, plain collections by their whole path. */
import type { Collection } from './collections.ts';
import type { Db } from './database.ts';
import type { CollectionKind } from './schema.ts';

/**
 * The collections of an owner that a path may run through, in one statement: the one of `kind` called `name`, and the
 * plain ones whose path is among `plainNames`.
 */
export function findCollectionsAlong(
  db: Db,
  organisationId: string,
  ownerId: string,
  kind: CollectionKind,
  name: string,
  plainNames: readonly string[],
): Promise<Collection[]> {
  return db
    .selectFrom('collection')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('owner_id', '=', ownerId)
    .where((e) =>
      e.or([
        e.and([e('kind', '=', kind), e('name', '=', name)]),
        e.and([e('kind', '=', 'plain'), e('name', '=', e.fn.any(e.val([...plainNames])))]),
      ]),
    )
    .execute();
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
