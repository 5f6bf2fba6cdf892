/** Live properties of groups and their members (RFC 3744 §4.3, §4.4). */
import type { PrincipalChange } from '../../commands/patch-properties.ts';
import { listGroupsOf, listMembersOf } from '../../store/group-members.ts';
import { childrenNamed, type Element, textOf } from '../../xml/element.ts';
import { dav } from '../../xml/names.ts';
import { DavError } from '../error.ts';
import { pathOfHref } from '../href.ts';
import { type DavRequest, hostsOf } from '../request.ts';
import { resolvePath } from '../resolve.ts';
import { type PrincipalResource, principalHref } from '../resource.ts';
import { type AnyProperty, hrefs, property } from './property.ts';

const MOST_MEMBERS = 10_000;

/** The principals named by hrefs, by id. A group in a group is refused: what is granted to a group reaches its own members only. */
async function membersNamed(
  value: Element | undefined,
  { principal }: PrincipalResource,
  request: DavRequest,
): Promise<PrincipalChange> {
  if (principal.kind !== 'group')
    throw DavError.unmet(403, dav('cannot-modify-protected-property'), `${principal.name} is no group.`);
  const named = value ? childrenNamed(value, dav('href')) : [];
  if (named.length > MOST_MEMBERS) throw new DavError(507, `A group may have ${MOST_MEMBERS} members.`);
  const members = new Set<string>();
  for (const href of named) members.add(await memberNamed(textOf(href), request));
  return { members: [...members] };
}

async function memberNamed(href: string, request: DavRequest): Promise<string> {
  const path = pathOfHref(href, hostsOf(request));
  const { resource } = path ? await resolvePath(request, path) : { resource: undefined };
  if (resource?.kind !== 'principal' || resource.principal.kind === 'group') {
    const text = `${href.slice(0, 200)} is no principal that can be a member.`;
    throw DavError.unmet(403, dav('recognized-principal'), text);
  }
  return resource.principal.principal_id;
}

export const GROUPS: readonly AnyProperty[] = [
  property<PrincipalResource>({
    name: dav('group-member-set'),
    rfc: '3744 §4.3',
    on: ['principal'],
    get: async ({ principal }, { app }) => {
      if (principal.kind !== 'group') return '';
      const members = await listMembersOf(app.db, principal.organisation_id, principal.principal_id);
      return hrefs(...members.map(principalHref));
    },
    patchPrincipal: membersNamed,
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
];
