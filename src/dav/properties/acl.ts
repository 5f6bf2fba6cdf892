/** Live properties of access control: RFC 3744, RFC 5397. */

import { PRIVILEGE_TREE, PRIVILEGES, type Privilege } from '../../commands/privileges.ts';
import { collectionPath } from '../../commands/resource-paths.ts';
import { type AccessEntry, listAccess, listPlainAccess } from '../../store/access.ts';
import { findPrincipal } from '../../store/principals.ts';
import { caldav, calendarserver, dav, type Name } from '../../xml/names.ts';
import { element, escapeXml, hrefElement, textElement } from '../../xml/write.ts';
import { requirePrivilege } from '../access.ts';
import { collectionHref } from '../href.ts';
import type { DavRequest } from '../request.ts';
import {
  COLLECTIONS,
  type CollectionResource,
  EVERYWHERE,
  HOME_KINDS,
  type HomeResource,
  OBJECTS,
  type ObjectResource,
  type PrincipalResource,
  principalHref,
  type Resource,
  ROOT_HREF,
} from '../resource.ts';
import { type AnyProperty, hrefs, property } from './property.ts';

type Owned = HomeResource | CollectionResource | ObjectResource;
const OWNED: readonly Owned['kind'][] = [...HOME_KINDS, ...COLLECTIONS, ...OBJECTS];

/** The element that stands for a privilege; undefined for a name that is none. */
export function privilegeName(name: string): Name | undefined {
  const privilege = PRIVILEGES.get(name);
  return privilege && (privilege.namespace === 'caldav' ? caldav : dav)(name);
}

/** `<D:privilege>` around the privilege's own element. */
function privilegeElement(name: string): string {
  return element(dav('privilege'), element(privilegeName(name) ?? dav(name)));
}

function supportedPrivilege(privilege: Privilege): string {
  const inner =
    privilegeElement(privilege.name) +
    (privilege.abstract ? element(dav('abstract')) : '') +
    `<D:description xml:lang="en">${escapeXml(privilege.description)}</D:description>` +
    privilege.contains.map(supportedPrivilege).join('');
  return element(dav('supported-privilege'), inner);
}

const SUPPORTED_PRIVILEGES = supportedPrivilege(PRIVILEGE_TREE);

const ace = (principal: string, privileges: readonly string[], extra = '') =>
  element(
    dav('ace'),
    element(dav('principal'), principal) + element(dav('grant'), privileges.map(privilegeElement).join('')) + extra,
  );

const PROTECTED = element(dav('protected'));

/** The access control list: the owner's entry, which nobody can change, then what was granted (RFC 3744 §5.5). Throws 403 without read-acl. */
async function acl(resource: Resource, request: DavRequest): Promise<string> {
  requirePrivilege(resource, 'read-acl');
  if (!('owner' in resource)) {
    return ace(element(dav('authenticated')), ['read'], PROTECTED);
  }
  const owner = ace(element(dav('property'), element(dav('owner'))), ['all'], PROTECTED);
  if (!('collection' in resource)) return owner;
  let granted = '';
  for (const { entry, source } of await entriesOn(resource, request)) {
    const { organisation_id, grantee_id } = entry;
    const grantee = grantee_id && (await findPrincipal(request.app.db, organisation_id, grantee_id));
    granted += ace(
      grantee ? hrefElement(principalHref(grantee)) : element(dav('authenticated')),
      entry.privileges,
      source ? element(dav('inherited'), hrefElement(source.href)) : '',
    );
  }
  return owner + granted;
}

/** A grant that holds on a resource, and the collection it comes from; undefined: it is the resource's own. */
export interface EffectiveEntry {
  readonly entry: AccessEntry;
  readonly source: Ancestor | undefined;
}

/** What was granted on a resource itself, then what it inherits, the nearest first. */
export async function entriesOn(
  resource: CollectionResource | ObjectResource,
  { app }: DavRequest,
): Promise<EffectiveEntry[]> {
  const { organisation_id, collection_id, owner_id } = resource.collection;
  const above = inheritedFrom(resource);
  const holder = 'object' in resource ? above[0] : undefined;
  const own = await listAccess(app.db, organisation_id, collection_id);
  const names = above.flatMap(({ plainName: name }) => (name === undefined ? [] : [name]));
  const inherited = names.length === 0 ? [] : await listPlainAccess(app.db, organisation_id, owner_id, names);
  return [
    ...own.map((entry) => ({ entry, source: holder })),
    ...inherited.map((entry) => ({ entry, source: above.find(({ plainName: name }) => name === entry.name) })),
  ];
}

/** A collection whose grants hold here, too. */
interface Ancestor {
  readonly href: string;
  /** How a plain collection above the resource's own collection is stored; undefined for the collection of an object. */
  readonly plainName: string | undefined;
}

/** The collections whose lists also control access to the resource, the nearest first. */
function inheritedFrom(resource: CollectionResource | ObjectResource): Ancestor[] {
  const { collection, owner } = resource;
  const holder = collectionHref(collectionPath(owner.name, collection));
  const ancestors: Ancestor[] = 'object' in resource ? [{ href: holder, plainName: undefined }] : [];
  if (collection.kind !== 'plain') return ancestors;
  // the first segment is the home, whose list holds its owner only
  for (let name = parentName(collection.name); name.includes('/'); name = parentName(name))
    ancestors.push({ href: collectionHref(collectionPath(owner.name, { kind: 'plain', name })), plainName: name });
  return ancestors;
}

const parentName = (name: string): string => name.slice(0, Math.max(0, name.lastIndexOf('/')));

/** Addresses that mean this principal: its own URL, its identifier, its mail addresses. */
export function addressesOf({ principal, href }: PrincipalResource): string[] {
  return [...principal.emails.map((email) => `mailto:${email}`), href, `urn:uuid:${principal.principal_id}`];
}

export const ACL: readonly AnyProperty[] = [
  property<Resource>({
    name: dav('current-user-principal'),
    rfc: '5397 §3',
    on: EVERYWHERE,
    get: (_resource, { principal }) => hrefElement(principalHref(principal)),
  }),
  property<Owned>({
    name: dav('owner'),
    rfc: '3744 §5.1',
    on: OWNED,
    get: ({ owner }) => hrefElement(principalHref(owner)),
  }),
  property<Owned>({ name: dav('group'), rfc: '3744 §5.2', on: OWNED, get: () => '' }),
  property<Resource>({
    name: dav('supported-privilege-set'),
    rfc: '3744 §5.3',
    on: EVERYWHERE,
    get: () => SUPPORTED_PRIVILEGES,
  }),
  property<Resource>({
    name: dav('current-user-privilege-set'),
    rfc: '3744 §5.4',
    on: EVERYWHERE,
    get: ({ privileges }) => [...privileges].map(privilegeElement).join(''),
  }),
  property<Resource>({ name: dav('acl'), rfc: '3744 §5.5', on: EVERYWHERE, get: acl }),
  property<Resource>({
    name: dav('acl-restrictions'),
    rfc: '3744 §5.6',
    on: EVERYWHERE,
    get: () => element(dav('grant-only')) + element(dav('no-invert')),
  }),
  property<Resource>({
    name: dav('inherited-acl-set'),
    rfc: '3744 §5.7',
    on: EVERYWHERE,
    get: (resource) => ('collection' in resource ? hrefs(...inheritedFrom(resource).map(({ href }) => href)) : ''),
  }),
  property<Resource>({
    name: dav('principal-collection-set'),
    rfc: '3744 §5.8',
    on: EVERYWHERE,
    get: () => hrefElement(`${ROOT_HREF}principals/`),
  }),
  property<PrincipalResource>({
    name: dav('alternate-URI-set'),
    rfc: '3744 §4.1',
    on: ['principal'],
    get: (resource) => hrefs(...addressesOf(resource).filter((address) => address !== resource.href)),
  }),
  property<PrincipalResource>({
    name: dav('principal-URL'),
    rfc: '3744 §4.2',
    on: ['principal'],
    get: ({ href }) => hrefElement(href),
  }),
  property<PrincipalResource>({
    name: calendarserver('email-address-set'),
    rfc: 'calendarserver',
    on: ['principal'],
    get: ({ principal }) =>
      principal.emails.map((email) => textElement(calendarserver('email-address'), email)).join(''),
  }),
];
