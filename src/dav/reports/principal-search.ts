/** Searches for principals: by property (RFC 3744 §9.4, §9.5), and by words as Apple's programs do. */
import { textMatcher } from '../../base/collation.ts';
import { listPrincipals } from '../../store/principals.ts';
import type { PrincipalKind } from '../../store/schema/accounts.ts';
import { attribute, child, childrenNamed, childrenOf, type Element, textOf } from '../../xml/element.ts';
import { caldav, calendarserver, carddav, dav, type Name } from '../../xml/names.ts';
import { element, xmlDocument } from '../../xml/write.ts';
import { answerXml } from '../answer.ts';
import { DavError } from '../error.ts';
import { principalResource } from '../make-resource.ts';
import { homeFor } from '../properties/home-set.ts';
import { liveProperty } from '../properties/registry.ts';
import type { DavRequest } from '../request.ts';
import { EVERYWHERE, type Home, homeHref, type PrincipalResource, type Resource } from '../resource.ts';
import { limitIn } from './found-objects.ts';
import { atDepth0, respond } from './principal-report.ts';
import { report } from './report.ts';

interface Searchable {
  readonly name: Name;
  /** What it is called for people. */
  readonly description: string;
  /** What is searched, where that is not the property as it is told. */
  readonly textOf?: (principal: PrincipalResource) => string;
}

/** A principal's own home: others in its home set are not where its own things lie. */
const ownHome = (holds: Home['holds']) => (resource: PrincipalResource) =>
  resource.principal.kind === 'group' ? '' : homeHref(homeFor(holds), resource.principal.name);

/** Properties that principals can be searched by. */
const SEARCHABLE: readonly Searchable[] = [
  { name: dav('displayname'), description: 'Name' },
  { name: calendarserver('email-address-set'), description: 'E-mail addresses' },
  { name: caldav('calendar-user-address-set'), description: 'Calendar user addresses' },
  // Thunderbird and SOGo's tests look for whose calendars lie where
  { name: caldav('calendar-home-set'), description: 'Calendar home', textOf: ownHome('calendar') },
  { name: carddav('addressbook-home-set'), description: 'Address book home', textOf: ownHome('addressbook') },
  { name: caldav('calendar-user-type'), description: 'Kind: INDIVIDUAL, GROUP, RESOURCE, ROOM' },
];

async function allPrincipals(request: DavRequest): Promise<PrincipalResource[]> {
  const principals = await listPrincipals(request.app.db, request.principal.organisation_id);
  return principals.filter((each) => !each.disabled_at).map((each) => principalResource(request, each));
}

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
    for (const criterion of criteria) verdicts.push(await meets(request, principal, criterion, any));
    if (any && verdicts.length > 0 ? verdicts.includes(true) : !verdicts.includes(false)) found.push(principal);
  }
  await respond(request, found, body);
}

/** All properties of one property-search must match (§9.4), any with test="anyof" (calendarserver, SabreDAV). */
async function meets(
  request: DavRequest,
  principal: PrincipalResource,
  { names, matches }: Criterion,
  any: boolean,
): Promise<boolean> {
  for (const name of names) if ((await hasText(request, principal, name, matches)) === any) return any;
  return !any;
}

async function hasText(
  request: DavRequest,
  principal: PrincipalResource,
  name: Name,
  matches: Criterion['matches'],
): Promise<boolean> {
  const searched = SEARCHABLE.find((each) => each.name === name);
  if (!searched) return false;
  if (searched.textOf) return matches(searched.textOf(principal));
  const value = (await liveProperty('principal', name)?.get(principal, request)) ?? '';
  const texts = value.split(/<[^>]*>/).filter((text) => text !== '');
  return texts.some((text) => matches(text.replaceAll('&amp;', '&').replaceAll('&lt;', '<').replaceAll('&gt;', '>')));
}

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

export const PRINCIPAL_SEARCHES = [
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
];
