/** The four reports on principals (RFC 3744 §9.2 to §9.5). */
import { textMatcher } from '../../base/collation.ts';
import { findPrincipal, listGroupsOf, listPrincipals } from '../../store/principals.ts';
import type { PrincipalKind } from '../../store/schema.ts';
import { attribute, child, childrenNamed, childrenOf, type Element, textOf } from '../../xml/element.ts';
import { caldav, calendarserver, dav, type Name } from '../../xml/names.ts';
import { element, hrefElement, xmlDocument } from '../../xml/write.ts';
import { requirePrivilege } from '../access.ts';
import { answerMultistatus, answerXml } from '../answer.ts';
import { DavError } from '../error.ts';
import { membersOf } from '../members.ts';
import { entriesOn } from '../properties/acl.ts';
import { liveProperty } from '../properties/registry.ts';
import { askedIn, deadPropertiesFor, hrefsOfDead, responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import { principalResource } from '../resolve.ts';
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
import { limitIn } from './found-objects.ts';
import { type Report, report } from './report.ts';

/** Properties that principals can be searched by, and what they are called for people. */
const SEARCHABLE: readonly { readonly name: Name; readonly description: string }[] = [
  { name: dav('displayname'), description: 'Name' },
  { name: calendarserver('email-address-set'), description: 'E-mail addresses' },
  { name: caldav('calendar-user-address-set'), description: 'Calendar user addresses' },
  { name: caldav('calendar-user-type'), description: 'Kind: INDIVIDUAL, GROUP, RESOURCE, ROOM' },
];

async function allPrincipals(request: DavRequest): Promise<PrincipalResource[]> {
  const principals = await listPrincipals(request.app.db, request.principal.organisation_id);
  return principals.filter((each) => !each.disabled_at).map((each) => principalResource(request, each));
}

/** These reports are asked of the resource itself: "Depth: 0" or none (§9.2 to §9.5). */
const atDepth0 =
  <R extends Resource>(run: Report<R>['run']): Report<R>['run'] =>
  async (request, resource, body, depth) => {
    if (depth !== '0') throw DavError.badRequest('This report is asked with Depth 0.');
    if (childrenNamed(body, dav('prop')).length > 1)
      throw DavError.badRequest('A report names its properties in one prop.');
    await run(request, resource, body, depth);
  };

async function respond(request: DavRequest, resources: readonly Resource[], body: Element): Promise<void> {
  await answerMultistatus(request.ctx, [
    await responsesFor(resources, askedIn(child(body, dav('prop')) ? body : noProp(body)), request),
  ]);
}

/** Without `prop` only the hrefs are wanted, and not the properties of allprop. */
function noProp(body: Element): Element {
  const prop: Element = { ...body, name: dav('prop'), local: 'prop', content: [] };
  return { ...body, content: [...body.content, prop] };
}

// ---- principal-property-search (§9.4) ----------------------------------------------------------------------------

const MOST_CRITERIA = 50;

interface Criterion {
  readonly names: readonly Name[];
  readonly matches: (text: string) => boolean;
}

function criteriaIn(body: Element): Criterion[] {
  return childrenNamed(body, dav('property-search')).map((search) => {
    const prop = child(search, dav('prop'));
    const match = child(search, dav('match'));
    if (!prop || !match) throw DavError.badRequest('A property-search holds prop and match.');
    // calendarserver's match-type; the RFC's own search is a caseless substring
    const type = attribute(match, 'match-type');
    const matchType = type === 'equals' || type === 'starts-with' || type === 'ends-with' ? type : 'contains';
    return {
      names: childrenOf(prop).map(({ name }) => name),
      matches: textMatcher('i;unicode-casemap', matchType, textOf(match).trim()),
    };
  });
}

/** A search for nothing in particular lists all, whom PROPFIND tells, too: so python-caldav asks who there is. */
async function search(request: DavRequest, _resource: Resource, body: Element): Promise<void> {
  const criteria = criteriaIn(body);
  if (criteria.length > MOST_CRITERIA)
    throw DavError.badRequest(`A search holds at most ${MOST_CRITERIA} property-search elements.`);
  const any = attribute(body, 'test') === 'anyof';
  const found: PrincipalResource[] = [];
  for (const principal of await allPrincipals(request)) {
    const verdicts: boolean[] = [];
    for (const criterion of criteria) verdicts.push(await meets(request, principal, criterion));
    if (any && verdicts.length > 0 ? verdicts.includes(true) : !verdicts.includes(false)) found.push(principal);
  }
  await respond(request, found, body);
}

/** All properties of one property-search must match (§9.4). */
async function meets(request: DavRequest, principal: PrincipalResource, criterion: Criterion): Promise<boolean> {
  for (const name of criterion.names) {
    if (!SEARCHABLE.some((each) => each.name === name)) return false;
    const value = (await liveProperty('principal', name)?.get(principal, request)) ?? '';
    const texts = value.split(/<[^>]*>/).filter((text) => text !== '');
    if (
      !texts.some((text) =>
        criterion.matches(text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')),
      )
    )
      return false;
  }
  return true;
}

// ---- calendarserver-principal-search -----------------------------------------------------------------------------

/** Which kinds of principals a context asks for; any other context means all. */
const CONTEXTS: Readonly<Record<string, readonly PrincipalKind[]>> = {
  user: ['user'],
  group: ['group'],
  attendee: ['user', 'group', 'resource', 'location'],
  resource: ['resource'],
  location: ['location'],
};
const MOST_TOKENS = 20;

/** Apple's search for people and rooms: every word must stand in the name or an address (calendarserver). */
async function searchByTokens(request: DavRequest, _resource: Resource, body: Element): Promise<void> {
  const tokens = childrenNamed(body, calendarserver('search-token')).map((token) => textOf(token).trim());
  if (tokens.length === 0 || tokens.length > MOST_TOKENS)
    throw DavError.badRequest(`A search holds 1 to ${MOST_TOKENS} search-token elements.`);
  const matchers = tokens.map((token) => textMatcher('i;unicode-casemap', 'contains', token));
  const kinds = CONTEXTS[attribute(body, 'context') ?? ''];
  const found = (await allPrincipals(request)).filter(({ principal }) => {
    const texts = [principal.name, principal.display_name, ...principal.emails];
    return (!kinds || kinds.includes(principal.kind)) && matchers.every((matches) => texts.some(matches));
  });
  const limit = limitIn(body, calendarserver) ?? found.length;
  await respond(request, found.slice(0, limit), body);
}

// ---- principal-search-property-set (§9.5) --------------------------------------------------------------------------

async function searchProperties({ ctx }: DavRequest): Promise<void> {
  const rows = SEARCHABLE.map(({ name, description }) =>
    element(
      dav('principal-search-property'),
      `${element(dav('prop'), element(name))}<D:description xml:lang="en">${description}</D:description>`,
    ),
  );
  await answerXml(
    ctx,
    200,
    (async function* () {
      yield xmlDocument(dav('principal-search-property-set'), rows.join(''));
    })(),
  );
}

// ---- principal-match (§9.3) ----------------------------------------------------------------------------------------

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
      const value = (await liveProperty(member.kind, name)?.get(member, request)) ?? '';
      const kept = dead?.get(idOf(member) ?? '')?.get(name);
      const named = kept === undefined ? [] : hrefsOfDead(kept);
      if (mine.some(({ href }) => value.includes(hrefElement(href)) || named.includes(href))) found.push(member);
    }
  }
  await respond(request, found, body);
}

/** The requester and the groups it is in. */
async function ownPrincipals(request: DavRequest): Promise<PrincipalResource[]> {
  const { organisation_id, principal_id } = request.principal;
  const self = await findPrincipal(request.app.db, organisation_id, principal_id);
  const groups = await listGroupsOf(request.app.db, organisation_id, principal_id);
  return [...(self ? [self] : []), ...groups].map((each) => principalResource(request, each));
}

// ---- acl-principal-prop-set (§9.2) ---------------------------------------------------------------------------------

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
  report<Resource>({ name: dav('principal-property-search'), rfc: '3744 §9.4', on: EVERYWHERE, run: atDepth0(search) }),
  report<Resource>({
    name: dav('principal-search-property-set'),
    rfc: '3744 §9.5',
    on: ['root', 'principalSet'],
    run: atDepth0(searchProperties),
  }),
  report<Resource>({
    name: calendarserver('calendarserver-principal-search'),
    rfc: 'calendarserver principal-search',
    on: EVERYWHERE,
    run: searchByTokens,
  }),
  report<Resource>({ name: dav('principal-match'), rfc: '3744 §9.3', on: EVERYWHERE, run: atDepth0(match) }),
  report<Owned>({
    name: dav('acl-principal-prop-set'),
    rfc: '3744 §9.2',
    on: [...HOME_KINDS, ...COLLECTIONS, ...OBJECTS],
    run: atDepth0(aclPrincipals),
  }),
];
