/** Who may do what on a collection: its owner everything, others what was granted to them (RFC 3744). */
import { grantsWithin } from '../store/access.ts';
import type { Collection } from '../store/collections.ts';
import { DavError } from './error.ts';
import { expandPrivileges, NOTHING, OWNER, type Privileges } from './privileges.ts';
import type { Requester } from './resolve.ts';
import type { Owner, Resource } from './resource.ts';

/** The requester's privileges on each collection of another owner that shares some; by collection id. */
export async function accessWithin(requester: Requester, owner: Owner): Promise<ReadonlyMap<string, Privileges>> {
  const { app, principal } = requester;
  const granted = await grantsWithin(app.db, owner.organisation_id, owner.principal_id, principal.principal_id);
  const access = new Map<string, Privileges>();
  for (const [collectionId, names] of granted) {
    // whoever holds anything may ask what it is
    access.set(collectionId, expandPrivileges([...names, 'read-current-user-privilege-set']));
  }
  return access;
}

/** The requester's privileges on a collection; `NOTHING` when none: the collection then looks missing. */
export async function accessTo(requester: Requester, owner: Owner, collection: Collection): Promise<Privileges> {
  if (ownedBy(requester, owner)) return OWNER;
  return (await accessWithin(requester, owner)).get(collection.collection_id) ?? NOTHING;
}

/** May the requester see that this home exists? Its owner, and whoever was granted something in it. */
export async function mayEnterHome(requester: Requester, owner: Owner): Promise<boolean> {
  return ownedBy(requester, owner) || (await accessWithin(requester, owner)).size > 0;
}

export function ownedBy({ principal }: Requester, owner: Owner): boolean {
  return owner.organisation_id === principal.organisation_id && owner.principal_id === principal.principal_id;
}

/** Throws 403 `need-privileges` unless the requester holds the privilege on the resource (RFC 3744 §7.1.1). */
export function requirePrivilege(resource: Resource, privilege: string): void {
  if (!resource.privileges.has(privilege)) throw DavError.needPrivileges(resource.href, privilege);
}
