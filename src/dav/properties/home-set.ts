/** Where a principal's collections lie (RFC 6352 §7.1.1, RFC 4791 §6.2.1): its own home first, then those of who shares something with it. */
import { listGranted } from '../../store/granted-collections.ts';
import type { Name } from '../../xml/names.ts';
import { HOMES, type Home, homeHref, type PrincipalResource } from '../resource.ts';
import { type AnyProperty, hrefs, property } from './property.ts';

/** The property that names the homes of a kind. What is shared with somebody is for them alone to know. */
export function homeSetProperty(name: Name, rfc: string, holds: Home['holds']): AnyProperty {
  const home = homeFor(holds);
  return property<PrincipalResource>({
    name,
    rfc,
    on: ['principal'],
    get: async ({ principal }, request) => {
      if (principal.kind === 'group') return undefined;
      const { organisation_id, principal_id } = request.principal;
      const isOwn = principal.principal_id === principal_id;
      const shared = isOwn ? await listGranted(request.app.db, organisation_id, principal_id, holds) : [];
      const owners = new Set([principal.name, ...shared.map(({ owner }) => owner.name)]);
      return hrefs(...[...owners].map((owner) => homeHref(home, owner)));
    },
  });
}

/** The home in which collections of a kind lie. */
export const homeFor = (holds: Home['holds']): Home => HOMES.find((home) => home.holds === holds)!;
