/** Collections of others on which a principal was granted something: what is shared with it. */
import { grantsTo } from './access.ts';
import type { Collection } from './collections.ts';
import type { Db } from './database.ts';
import type { CollectionKind } from './schema.ts';

/** A collection of somebody else with what was granted on it, and who owns it. */
export interface GrantedCollection {
  readonly collection: Collection;
  readonly owner: { readonly name: string; readonly displayName: string };
  readonly privileges: readonly string[];
}

/**
 * The collections of a kind of others in the organisation on which something was granted to the principal, to a group of its or to
 * all; without those of disabled owners, which nobody can reach. By id.
 */
export async function listGranted(
  db: Db,
  organisationId: string,
  principalId: string,
  kind: CollectionKind,
): Promise<GrantedCollection[]> {
  const rows = await db
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
    .select(['principal.display_name as owner_display_name', 'principal.name as owner_name', 'access_entry.privileges'])
    .where('access_entry.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('principal.organisation_id', '=', organisationId)
    .where('principal.disabled_at', 'is', null)
    .where('collection.kind', '=', kind)
    .where('collection.owner_id', '<>', principalId)
    .where(grantsTo(organisationId, principalId))
    .orderBy('collection.collection_id')
    .execute();
  return [...Map.groupBy(rows, (row) => row.collection_id).values()].map((group) => {
    const { owner_display_name, owner_name, privileges: _, ...collection } = group[0]!;
    return {
      collection,
      owner: { name: owner_name, displayName: owner_display_name || owner_name },
      privileges: group.flatMap((row) => row.privileges),
    };
  });
}
