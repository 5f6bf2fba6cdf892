/** Which principals a resource has to do with: principal-match and acl-principal-prop-set (RFC 3744 §9.2, §9.3). */
import { listGroupsOf } from '../../store/group-members.ts';
import { findPrincipal } from '../../store/principals.ts';
import { child, childrenOf, type Element } from '../../xml/element.ts';
import { dav } from '../../xml/names.ts';
import { hrefElement } from '../../xml/write.ts';
import { requirePrivilege } from '../access.ts';
import { deadPropertiesFor, hrefsOfDead } from '../dead-values.ts';
import { DavError } from '../error.ts';
import { principalResource } from '../make-resource.ts';
import { membersOf } from '../members.ts';
import { entriesOn } from '../properties/acl.ts';
import { liveProperty } from '../properties/registry.ts';
import { readProperty } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import {
  COLLECTIONS,
  type CollectionResource,
  EVERYWHERE,
  HOME_KINDS,
  type HomeResource,
  idOf,
  OBJECTS,
  type ObjectResource,
  type PrincipalResource,
  type Resource,
} from '../resource.ts';
import { atDepth0, respond } from './principal-report.ts';
import { report } from './report.ts';

async function match(request: DavRequest, resource: Resource, body: Element): Promise<void> {
  const mine = await ownPrincipals(request);
  if (child(body, dav('self'))) {
    const below = mine.filter(({ href }) => href.startsWith(resource.href));
    return respond(request, below, body);
  }
  const property = child(body, dav('principal-property'));
  const name = property && childrenOf(property)[0]?.name;
  if (!name) throw DavError.badRequest('principal-match holds self or principal-property.');
  const found: Resource[] = [];
  for await (const page of membersOf(resource, request)) {
    const dead = await deadPropertiesFor(page, { mode: 'prop', names: [name] }, request);
    for (const member of page) {
      // where the property may not be read, who stands in it is not told
      const value = await readProperty(liveProperty(member.kind, name), member, request);
      const kept = dead?.get(idOf(member) ?? '')?.get(name);
      const named = kept === undefined ? [] : hrefsOfDead(kept);
      if (mine.some(({ href }) => holds(value, href) || named.includes(href))) found.push(member);
    }
  }
  await respond(request, found, body);
}

const holds = (value: string | undefined | DavError, href: string): boolean =>
  typeof value === 'string' && value.includes(hrefElement(href));

/** The requester and the groups it is in. */
async function ownPrincipals(request: DavRequest): Promise<PrincipalResource[]> {
  const { organisation_id, principal_id } = request.principal;
  const self = await findPrincipal(request.app.db, organisation_id, principal_id);
  const groups = await listGroupsOf(request.app.db, organisation_id, principal_id);
  return [...(self ? [self] : []), ...groups].map((each) => principalResource(request, each));
}

type Owned = HomeResource | CollectionResource | ObjectResource;

async function aclPrincipals(request: DavRequest, resource: Owned, body: Element): Promise<void> {
  requirePrivilege(resource, 'read-acl');
  const { organisation_id, principal_id } = resource.owner;
  const ids = new Set([principal_id]);
  if ('collection' in resource)
    for (const { entry } of await entriesOn(resource, request)) if (entry.grantee_id) ids.add(entry.grantee_id);
  const principals: PrincipalResource[] = [];
  for (const id of ids) {
    const principal = await findPrincipal(request.app.db, organisation_id, id);
    if (principal) principals.push(principalResource(request, principal));
  }
  await respond(request, principals, body);
}

export const PRINCIPAL_REPORTS = [
  report<Resource>({ name: dav('principal-match'), rfc: '3744 §9.3', on: EVERYWHERE, run: atDepth0(match) }),
  report<Owned>({
    name: dav('acl-principal-prop-set'),
    rfc: '3744 §9.2',
    on: [...HOME_KINDS, ...COLLECTIONS, ...OBJECTS],
    run: atDepth0(aclPrincipals),
  }),
];
