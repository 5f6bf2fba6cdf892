/** Resources from what the store tells of them, with what the requester may do. */
import { OWNER, type Privileges, READER, readOnly, SELF, seesPublicForm } from '../commands/privileges.ts';
import { collectionPath } from '../commands/resource-paths.ts';
import type { Collection } from '../store/collections.ts';
import type { Principal } from '../store/principals.ts';
import type { Requester } from './access.ts';
import { collectionHref, encodeSegment } from './href.ts';
import {
  type CollectionResource,
  type Home,
  type HomeResource,
  homePath,
  OBJECT_KIND,
  type ObjectResource,
  type Owner,
  type PrincipalResource,
  principalPath,
  type Resource,
} from './resource.ts';

/** A principal, with what the requester may do with its properties. */
export function principalResource(requester: Requester, principal: Principal): PrincipalResource {
  const path = principalPath(principal);
  return {
    kind: 'principal',
    principal,
    path,
    href: collectionHref(path),
    privileges: onPrincipal(requester, principal),
  };
}

/** Everybody keeps properties on their own principal; administrators keep the groups. */
function onPrincipal({ actor }: Requester, { principal_id, kind }: Principal): Privileges {
  if (principal_id === actor.principalId) return SELF;
  return kind === 'group' && actor.role === 'administrator' ? SELF : READER;
}

/** The home of an owner's calendars or address books. */
export function homeResource(requester: Requester, home: Home, owner: Owner): HomeResource {
  const path = homePath(home, owner.name);
  const privileges = owner.principal_id === requester.principal.principal_id ? OWNER : READER;
  return { kind: home.kind, home, owner, path, href: collectionHref(path), privileges };
}

/** A collection with the privileges granted to the requester; what a feed fills can be written by nobody. */
export function collectionResource(
  owner: Owner,
  collection: Collection,
  privileges: Resource['privileges'],
): CollectionResource {
  const path = collectionPath(owner.name, collection);
  const held = collection.fed_by ? readOnly(privileges) : privileges;
  const publicOnly = seesPublicForm(collection.kind, privileges);
  return { kind: collection.kind, owner, collection, publicOnly, path, href: collectionHref(path), privileges: held };
}

/** A member of a collection; carries the octets when the row does. */
export function objectResource(
  { owner, collection, publicOnly, path, href, privileges, kind }: CollectionResource,
  object: ObjectResource['object'] & { readonly body?: Buffer },
): ObjectResource {
  return {
    kind: OBJECT_KIND[kind],
    owner,
    collection,
    publicOnly,
    object,
    path: [...path, object.name],
    href: href + encodeSegment(object.name),
    privileges: collection.fed_by ? new Set([...privileges].filter((name) => name !== 'write-properties')) : privileges,
    ...(object.body ? { body: object.body } : {}),
  };
}
