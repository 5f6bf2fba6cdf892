/** Collections of others on which a principal was granted something: what is shared with it. */
import { grantsTo } from './access.ts';
import type { Collection } from './collections.ts';
import type { Db } from './database.ts';
import type { CollectionKind } from './schema/collections.ts';
import type { Row } from './schema.ts';

/** A collection of somebody else with what was granted on it, and who owns it. */
export interface GrantedCollection {
  readonly collection: Collection;
  readonly owner: Pick<Row<'principal'>, 'name' | 'kind'> & { readonly displayName: string };
  readonly privileges: readonly string[];
}

/**
 * The collections of these kinds of others in the organisation on which something was granted to the principal, to a group of its or to
 * all; without those of disabled owners, which nobody can reach. By id.
 */
export async function listGranted(
  db: Db,
  organisationId: string,
  principalId: string,
  kinds: readonly CollectionKind[],
): Promise<GrantedCollection[]> {
  return byCollection(await granted(db, organisationId, principalId).where('collection.kind', 'in', kinds).execute());
}

/** One of them by id, of any kind; undefined when nothing was granted on it. */
export async function findGranted(
  db: Db,
  organisationId: string,
  principalId: string,
  collectionId: string,
): Promise<GrantedCollection | undefined> {
  const rows = await granted(db, organisationId, principalId)
    .where('access_entry.collection_id', '=', collectionId)
    .execute();
  return byCollection(rows)[0];
}

/** An entry for each grant, those on one collection behind each other. */
const granted = (db: Db, organisationId: string, principalId: string) =>
  db
    .selectFrom('access_entry')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'access_entry.organisation_id')
        .onRef('collection.collection_id', '=', 'access_entry.collection_id'),
    )
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'collection.organisation_id')
        .onRef('principal.principal_id', '=', 'collection.owner_id'),
    )
    .selectAll('collection')
    .select(['principal.display_name as owner_display_name', 'principal.name as owner_name'])
    .select(['principal.kind as owner_kind', 'access_entry.privileges'])
    .where('access_entry.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('principal.organisation_id', '=', organisationId)
    .where('principal.disabled_at', 'is', null)
    .where('collection.owner_id', '<>', principalId)
    .where(grantsTo(organisationId, principalId))
    .orderBy('collection.collection_id');

type Granted = Awaited<ReturnType<ReturnType<typeof granted>['execute']>>[number];

function byCollection(rows: readonly Granted[]): GrantedCollection[] {
  return [...Map.groupBy(rows, (row) => row.collection_id).values()].map((group) => {
    const { owner_display_name, owner_name, owner_kind, privileges: _, ...collection } = group[0]!;
    return {
      collection,
      owner: { name: owner_name, kind: owner_kind, displayName: owner_display_name || owner_name },
      privileges: group.flatMap((row) => row.privileges),
    };
  });
}
