/** Collections of others in the user's own home, as further bindings of them (RFC 5842 §1): `/dav/calendars/ann/~bob~team/` is bob's `team`. */
// All but the hrefs is that of the collection itself: its path, on which locks hold, its privileges, its tokens.
import { type GrantedCollection, listGranted } from '../store/granted-collections.ts';
import { heldBy, type Requester } from './access.ts';
import { collectionHref, type Path, parsePath } from './href.ts';
import { collectionResource } from './make-resource.ts';
import {
  type CollectionResource,
  type HomeResource,
  hrefLike,
  isCollection,
  isObject,
  type ObjectResource,
  type Resource,
} from './resource.ts';

const BINDING = /^~([^~]+)~(.+)$/;

/** Where a collection in a home stands among the segments of a path. */
const PLACE = 3;

/** The path of the collection, or of what lies in it, that a path below the requester's own home stands for; undefined: it is no binding. */
export function pathBehind({ principal }: Requester, path: Path): Path | undefined {
  const name = path[2] === principal.name ? path[PLACE] : undefined;
  const [, owner, collection] = (name?.startsWith('~') && BINDING.exec(name)) || [];
  if (owner === undefined || collection === undefined) return undefined;
  return [...path.slice(0, PLACE - 1), owner, collection, ...path.slice(PLACE + 1)];
}

/** The resource as it is seen through a binding: `path` is how it was asked for. */
export function seenThrough<R extends Resource | undefined>(resource: R, path: Path): R {
  if (!resource || !(isCollection(resource) || isObject(resource))) return resource;
  return bound(resource, path.slice(0, PLACE + 1)) as R;
}

function bound<R extends CollectionResource | ObjectResource>(resource: R, binding: Path): R {
  const { owner, collection } = resource;
  const below = resource.path.slice(PLACE + 1);
  // two people may have a calendar of one name
  const displayName = `${collection.display_name ?? collection.name} (${owner.display_name || owner.name})`;
  return {
    ...resource,
    href: hrefLike(resource, [...binding, ...below]),
    collection: { ...collection, display_name: displayName },
  };
}

/** What others let the requester read, as the requester's own home shows it beside `own`. */
export async function sharedIn(
  { home, path }: HomeResource,
  { app, principal }: Requester,
  own: readonly CollectionResource[],
): Promise<CollectionResource[]> {
  const taken = new Set(own.map(({ collection }) => collection.name));
  const granted = await listGranted(app.db, principal.organisation_id, principal.principal_id, [home.holds]);
  return granted.flatMap(({ collection, owner, privileges }) => {
    const held = heldBy(privileges);
    const name = bindingOf({ collection, owner });
    if (name === undefined || taken.has(name) || !held.has('read')) return [];
    const resource = collectionResource(ownerOf({ collection, owner }), collection, held);
    return bound(resource, [...path, name]);
  });
}

/** The name under which a collection of somebody else stands in a home; undefined: it is seen where it is. */
export function bindingIn({ href, path }: Pick<CollectionResource, 'href' | 'path'>): string | undefined {
  return href === collectionHref(path) ? undefined : parsePath(href)[PLACE];
}

/** Undefined: no name could tell where the owner's ends. */
function bindingOf({ collection, owner }: Pick<GrantedCollection, 'collection' | 'owner'>): string | undefined {
  return owner.name.includes('~') ? undefined : `~${owner.name}~${collection.name}`;
}

const ownerOf = ({ collection, owner }: Pick<GrantedCollection, 'collection' | 'owner'>) => ({
  organisation_id: collection.organisation_id,
  principal_id: collection.owner_id,
  kind: owner.kind,
  name: owner.name,
  display_name: owner.displayName,
});
