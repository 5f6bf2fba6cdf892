/** ACL (RFC 3744 §8.1): privileges on a collection granted to principals of the organisation. Other resources follow their collection. */
import { note } from '../../commands/audit.ts';
import { MOST_GRANTS, replaceGrants } from '../../commands/grant-access.ts';
import type { Grant } from '../../store/access.ts';
import { child, childrenNamed, childrenOf, type Element, textOf } from '../../xml/element.ts';
import { dav } from '../../xml/names.ts';
import { requirePrivilege } from '../access.ts';
import { DavError } from '../error.ts';
import { pathOfHref } from '../href.ts';
import { guardWrite } from '../locks.ts';
import { privilegeName } from '../properties/acl.ts';
import { type DavRequest, hostsOf, xmlBodyNamed } from '../request.ts';
import { resolvePath } from '../resolve.ts';
import { COLLECTIONS, HOME_KINDS, isCollection, OBJECTS } from '../resource.ts';
import type { Method } from './method.ts';

async function acl(request: DavRequest): Promise<void> {
  const { ctx, app, resource, path } = request;
  const body = await xmlBodyNamed(request, dav('acl'));
  if (!resource) throw DavError.notFound();
  requirePrivilege(resource, 'write-acl');
  const guard = await guardWrite(request, [{ path, on: 'state' }]);
  const grants = await grantsIn(body, request);
  if (isCollection(resource)) {
    await replaceGrants(app, resource.collection, grants, guard);
    await noteSharing(request);
  } else if (grants.length > 0)
    throw DavError.unmet(403, dav('limited-number-of-aces'), 'Only collections have entries of their own.');
  ctx.status = 200;
  ctx.body = '';
}

/** Notes in the audit log that sharing of what the request names was changed. */
export function noteSharing({ app, actor, ctx }: DavRequest): Promise<void> {
  return note(app, {
    organisationId: actor.organisationId,
    action: 'sharing-changed',
    actorId: actor.principalId,
    actorName: actor.name,
    subject: ctx.path,
    address: ctx.ip,
  });
}

async function grantsIn(body: Element, request: DavRequest): Promise<Grant[]> {
  const grants: Grant[] = [];
  const aces = childrenNamed(body, dav('ace'));
  if (aces.length > MOST_GRANTS)
    throw DavError.unmet(403, dav('limited-number-of-aces'), `A list may have ${MOST_GRANTS} entries.`);
  for (const ace of aces) {
    const grant = await grantIn(ace, request);
    if (grant) grants.push(grant);
  }
  return grants;
}

/** One entry of the new list; undefined for those that hold anyway, which a client may send back as it read them. */
async function grantIn(ace: Element, request: DavRequest): Promise<Grant | undefined> {
  if (child(ace, dav('protected')) || child(ace, dav('inherited'))) return undefined;
  const grant = child(ace, dav('grant'));
  if (child(ace, dav('deny')) || !grant)
    throw DavError.unmet(403, dav('grant-only'), 'Privileges can be granted, not denied.');
  if (child(ace, dav('invert'))) throw DavError.unmet(403, dav('no-invert'), 'An entry cannot be inverted.');
  const principal = child(ace, dav('principal'));
  if (!principal) throw DavError.badRequest('An entry without a principal.');
  const named = childrenNamed(grant, dav('privilege')).flatMap(childrenOf);
  const unknown = named.find(({ local, name }) => name !== privilegeName(local));
  if (unknown)
    throw DavError.unmet(403, dav('not-supported-privilege'), `There is no privilege "${unknown.name.slice(0, 60)}".`);
  const privileges = named.map(({ local }) => local);
  const property = child(principal, dav('property'));
  if (property && child(property, dav('owner'))) return undefined;
  if (child(principal, dav('authenticated')) || child(principal, dav('all'))) return { granteeId: null, privileges };
  return { granteeId: await granteeOf(principal, request), privileges };
}

async function granteeOf(principal: Element, request: DavRequest): Promise<string> {
  const href = child(principal, dav('href'));
  if (!href) throw DavError.unmet(403, dav('allowed-principal'), 'A principal is named by its URL here.');
  const path = pathOfHref(textOf(href), hostsOf(request));
  const resolved = path && (await resolvePath(request, path));
  if (resolved?.resource?.kind !== 'principal') {
    throw DavError.unmet(403, dav('recognized-principal'), `${textOf(href).slice(0, 200)} is no principal.`);
  }
  return resolved.resource.principal.principal_id;
}

export const ACL_METHOD: Method = {
  name: 'ACL',
  rfc: '3744 §8.1',
  on: [...COLLECTIONS, ...OBJECTS, ...HOME_KINDS],
  handle: acl,
};
