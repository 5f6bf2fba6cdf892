/** Live properties of access control: RFC 3744, RFC 5397. */
import { listAccess } from '../../store/access.ts';
import { findPrincipal, listGroupsOf, listMembersOf } from '../../store/principals.ts';
import { caldav, calendarserver, dav } from '../../xml/names.ts';
import { element, escapeXml, hrefElement, textElement } from '../../xml/write.ts';
import { PRIVILEGE_TREE, PRIVILEGES, type Privilege } from '../privileges.ts';
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

/** `<D:privilege>` around the privilege's own element. */
export function privilegeElement(name: string): string {
  const namespace = PRIVILEGES.get(name)?.namespace === 'caldav' ? caldav : dav;
  return element(dav('privilege'), element(namespace(name)));
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

/** The access control list: the owner's entry, which nobody can change, then what was granted (RFC 3744 §5.5). */
async function acl(resource: Resource, request: DavRequest): Promise<string | undefined> {
  if (!resource.privileges.has('read-acl')) return undefined;
  if (!('owner' in resource)) {
    return ace(element(dav('authenticated')), ['read'], PROTECTED);
  }
  const owner = ace(element(dav('property'), element(dav('owner'))), ['all'], PROTECTED);
  if (!('collection' in resource)) return owner;
  const { organisation_id, collection_id } = resource.collection;
  const inherited = 'object' in resource ? element(dav('inherited'), hrefElement(parentHref(resource))) : '';
  let granted = '';
  for (const entry of await listAccess(request.app.db, organisation_id, collection_id)) {
    const grantee = entry.grantee_id && (await findPrincipal(request.app.db, organisation_id, entry.grantee_id));
    granted += ace(
      grantee ? hrefElement(principalHref(grantee)) : element(dav('authenticated')),
      entry.privileges,
      inherited,
    );
  }
  return owner + granted;
}

function parentHref({ href }: ObjectResource): string {
  return href.slice(0, href.lastIndexOf('/') + 1);
}

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
  property<Resource>({ name: dav('inherited-acl-set'), rfc: '3744 §5.7', on: EVERYWHERE, get: () => '' }),
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
    name: dav('group-member-set'),
    rfc: '3744 §4.3',
    on: ['principal'],
    get: async ({ principal }, { app }) => {
      if (principal.kind !== 'group') return '';
      const members = await listMembersOf(app.db, principal.organisation_id, principal.principal_id);
      return hrefs(...members.map(principalHref));
    },
  }),
  property<PrincipalResource>({
    name: dav('group-membership'),
    rfc: '3744 §4.4',
    on: ['principal'],
    get: async ({ principal }, { app }) => {
      const groups = await listGroupsOf(app.db, principal.organisation_id, principal.principal_id);
      return hrefs(...groups.map(principalHref));
    },
  }),
  property<PrincipalResource>({
    name: calendarserver('email-address-set'),
    rfc: 'calendarserver',
    on: ['principal'],
    get: ({ principal }) =>
      principal.emails.map((email) => textElement(calendarserver('email-address'), email)).join(''),
  }),
];
