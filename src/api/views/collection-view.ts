/** Collections and accounts as the API shows them. */
import { collectionPath } from '../../commands/resource-paths.ts';
import { type Collection, countObjects, listCollections } from '../../store/collections.ts';
import type { Db } from '../../store/database.ts';
import type { Principal } from '../../store/principals.ts';
import type { Account } from '../contract/account.ts';
import type { CollectionView } from '../contract/collections.ts';

/** Address books and calendars of an owner, by kind and display name. */
export async function collectionViews(
  db: Db,
  owner: { readonly organisationId: string; readonly principalId: string; readonly name: string },
): Promise<CollectionView[]> {
  const collections = await listCollections(db, owner.organisationId, owner.principalId);
  const counts = await countObjects(
    db,
    owner.organisationId,
    collections.map((collection) => collection.collection_id),
  );
  return collections
    .flatMap((collection) => collectionView(collection, owner.name, counts.get(collection.collection_id) ?? 0))
    .sort((a, b) => a.kind.localeCompare(b.kind) || a.displayName.localeCompare(b.displayName));
}

/** One collection; a plain folder of files is nothing the page shows: an empty list. */
export function collectionView(collection: Collection, ownerName: string, count: number): CollectionView[] {
  const { kind, name } = collection;
  if (kind === 'plain') return [];
  return [
    {
      id: collection.collection_id,
      kind,
      name,
      displayName: collection.display_name ?? name,
      description: collection.description,
      color: collection.color,
      components: collection.components,
      fedBy: collection.fed_by,
      count,
      path: `/${collectionPath(ownerName, { kind, name }).map(encodeURIComponent).join('/')}/`,
      modifiedAt: collection.modified_at.toISOString(),
    },
  ];
}

export function accountView(principal: Principal, birthdayCalendar: boolean): Account {
  return {
    id: principal.principal_id,
    name: principal.name,
    displayName: principal.display_name,
    emails: principal.emails,
    role: principal.role,
    language: principal.language,
    timeZone: principal.time_zone,
    region: principal.region,
    passwordTemporary: principal.password_temporary,
    birthdayCalendar,
  };
}
