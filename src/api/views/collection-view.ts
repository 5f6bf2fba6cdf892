/** Collections and accounts as the API shows them. */
import { sharedFor } from '../../commands/grant-access.ts';
import { expandPrivileges, seesPublicForm } from '../../commands/privileges.ts';
import { collectionPath } from '../../commands/resource-paths.ts';
import { countHidden } from '../../store/classified-entries.ts';
import { type Collection, countObjects, listCollections } from '../../store/collections.ts';
import type { Db } from '../../store/database.ts';
import { type GrantedCollection, listGranted } from '../../store/granted-collections.ts';
import type { Principal } from '../../store/principals.ts';
import type { Account } from '../contract/account.ts';
import type { CollectionView } from '../contract/collections.ts';
import type { SharedCollection } from '../contract/shares.ts';

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
  return inOrder(
    collections.flatMap((collection) =>
      collectionView(collection, owner.name, counts.get(collection.collection_id) ?? 0),
    ),
  );
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

/** Address books and calendars that others share with a user, by kind and display name. */
export async function sharedViews(
  db: Db,
  { organisationId, principalId }: { readonly organisationId: string; readonly principalId: string },
): Promise<SharedCollection[]> {
  const granted = await listGranted(db, organisationId, principalId, ['addressbook', 'calendar']);
  const readable = granted.filter(isReadable);
  const [counts, hidden] = await Promise.all([
    countObjects(db, organisationId, readable.map(idOf)),
    countHidden(db, organisationId, readable.filter(isPublicOnly).map(idOf)),
  ]);
  const countOf = (id: string) => (counts.get(id) ?? 0) - (hidden.get(id) ?? 0);
  return inOrder(granted.flatMap((each) => sharedView(each, countOf(idOf(each)))));
}

const idOf = ({ collection }: GrantedCollection): string => collection.collection_id;

const isPublicOnly = ({ collection, privileges }: GrantedCollection): boolean =>
  seesPublicForm(collection.kind, expandPrivileges(privileges));

const isReadable = ({ privileges }: GrantedCollection): boolean => expandPrivileges(privileges).has('read');

function sharedView(granted: GrantedCollection, count: number): SharedCollection[] {
  const { collection, owner, privileges } = granted;
  const may = sharedFor(privileges) ?? 'other';
  return collectionView(collection, owner.name, count).map(({ id, kind, displayName, color, fedBy, path }) => ({
    ...{ id, kind, displayName, color, count, path },
    ownerName: owner.displayName,
    may: fedBy !== null && may === 'write' ? 'read' : may,
    readable: isReadable(granted),
  }));
}

type Named = Pick<CollectionView, 'kind' | 'displayName'>;

const inOrder = <Each extends Named>(views: Each[]): Each[] =>
  views.sort((a, b) => a.kind.localeCompare(b.kind) || a.displayName.localeCompare(b.displayName));

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
