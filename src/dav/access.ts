/** Who may do what on a collection: its owner everything, others what was granted to them (RFC 3744). */
import type { Actor } from '../commands/context.ts';
import { expandPrivileges, NOTHING, OWNER, type Privileges } from '../commands/privileges.ts';
import { type Granted, grantsWithin } from '../store/access.ts';
import type { Collection } from '../store/collections.ts';
import { DavError } from './error.ts';
import type { DavContext } from './request.ts';
import type { Owner, Resource } from './resource.ts';

/** Who asks. */
export interface Requester {
  readonly app: DavContext;
  readonly principal: Owner;
  readonly actor: Actor;
}

/** Privileges out of granted names: whoever holds anything may ask what it is. */
export function heldBy(names: readonly string[]): Privileges {
  return names.length === 0 ? NOTHING : expandPrivileges([...names, 'read-current-user-privilege-set']);
}

function grantedBy({ app, principal }: Requester, owner: Owner): Promise<Granted[]> {
  return grantsWithin(app.db, owner.organisation_id, owner.principal_id, principal.principal_id);
}

/** The requester's privileges on each collection of another owner on which some were granted; by collection id. */
export async function accessWithin(requester: Requester, owner: Owner): Promise<ReadonlyMap<string, Privileges>> {
  const byCollection = Map.groupBy(await grantedBy(requester, owner), (grant) => grant.collection_id);
  return new Map([...byCollection].map(([id, grants]) => [id, heldBy(grants.flatMap((grant) => grant.privileges))]));
}

/**
 * The requester's privileges on a collection, those inherited from the plain collections above it included; `NOTHING` when
 * none: the collection then looks missing.
 */
export async function accessTo(requester: Requester, owner: Owner, collection: Collection): Promise<Privileges> {
  if (ownedBy(requester, owner)) return OWNER;
  const reaching = (await grantedBy(requester, owner)).filter((grant) => reaches(grant, collection));
  return heldBy(reaching.flatMap(({ privileges }) => privileges));
}

/** What is granted on a plain collection holds for all below it, too (RFC 3744 §5.5.4: inherited entries). */
function reaches(grant: Granted, { collection_id, kind, name }: Collection): boolean {
  if (grant.collection_id === collection_id) return true;
  return grant.kind === 'plain' && kind === 'plain' && name.startsWith(`${grant.name}/`);
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
