/** Where a principal's collections lie (RFC 6352 §7.1.1, RFC 4791 §6.2.1): its own home first, then those of who shares something with it. */
import { type GrantedCollection, listGranted } from '../../store/granted-collections.ts';
import type { Name } from '../../xml/names.ts';
import { knowsOneHome } from '../one-home.ts';
import type { DavRequest } from '../request.ts';
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
      const isOwn = principal.principal_id === request.principal.principal_id;
      const isTold = isOwn && !knowsOneHome(request.ctx);
      const shared = isTold ? (await sharedWith(request)).filter(({ collection }) => collection.kind === holds) : [];
      const owners = new Set([principal.name, ...shared.map(({ owner }) => owner.name)]);
      return hrefs(...[...owners].map((owner) => homeHref(home, owner)));
    },
  });
}

/** What others share with who asks: looked up once for both properties, which programs mostly ask for together. */
function sharedWith({ app, ctx, principal }: DavRequest): Promise<GrantedCollection[]> {
  const { organisation_id, principal_id } = principal;
  ctx.state.shared ??= listGranted(
    app.db,
    organisation_id,
    principal_id,
    HOMES.map(({ holds }) => holds),
  );
  return ctx.state.shared;
}

/** The home in which collections of a kind lie. */
export const homeFor = (holds: Home['holds']): Home => HOMES.find((home) => home.holds === holds)!;
