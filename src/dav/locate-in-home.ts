/** From a path below a home to the collection or object it names, as far as the requester may see it. */
import { NOTHING } from '../commands/privileges.ts';
import { seenMember } from '../commands/seen-objects.ts';
import { type CollectionAlong, findAlong } from '../store/collection-paths.ts';
import type { Collection } from '../store/collections.ts';
import { accessTo, mayEnterHome, type Requester } from './access.ts';
import { collectionResource, homeResource, objectResource } from './make-resource.ts';
import { type CollectionResource, type Home, type Owner, plainName, type Resource } from './resource.ts';

export interface Found {
  readonly resource?: Resource | undefined;
  readonly parent?: Resource | undefined;
  readonly mayBeLocked?: boolean;
}

/** What `rest`, the segments behind the home's own, names. */
export async function locateInHome(
  requester: Requester,
  home: Home,
  owner: Owner,
  rest: readonly string[],
  body: boolean,
): Promise<Found> {
  const [name] = rest;
  if (name === undefined) {
    return (await mayEnterHome(requester, owner)) ? { resource: homeResource(requester, home, owner) } : {};
  }
  const along = await findAlong(requester.app.db, {
    organisationId: owner.organisation_id,
    ownerId: owner.principal_id,
    kind: home.holds,
    name,
    plainNames: rest.map((_, depth) => plainName(home, rest.slice(0, depth + 1))),
    member: rest.at(-1)!,
    body,
  });
  const deepest = along.reduce<CollectionAlong | undefined>(
    (a, b) => (a && segmentsOf(a.collection) >= segmentsOf(b.collection) ? a : b),
    undefined,
  );
  if (!deepest) {
    const isHome = rest.length === 1 && owner.principal_id === requester.principal.principal_id;
    return isHome ? { parent: homeResource(requester, home, owner) } : {};
  }
  const privileges = await accessTo(requester, owner, deepest.collection);
  if (privileges === NOTHING) return {};
  const collection = collectionResource(owner, deepest.collection, privileges);
  const below = rest.length - segmentsOf(deepest.collection);
  const mayBeLocked = deepest.locksHeld;
  if (below === 0) {
    return { resource: collection, parent: await parentOf(requester, home, collection, along), mayBeLocked };
  }
  if (below > 1) return {};
  const member = await seenMember(requester.app.db, collection, deepest.member);
  const resource = member && objectResource(collection, member);
  return { parent: collection, resource, mayBeLocked };
}

/** Segments of a collection's path below its home. */
function segmentsOf(collection: Collection): number {
  return collection.kind === 'plain' ? collection.name.split('/').length - 1 : 1;
}

async function parentOf(
  requester: Requester,
  home: Home,
  { owner, collection }: CollectionResource,
  along: readonly CollectionAlong[],
): Promise<Resource> {
  const depth = segmentsOf(collection) - 1;
  const above = along
    .map((each) => each.collection)
    .find((each) => each.kind === 'plain' && segmentsOf(each) === depth);
  if (!above) return homeResource(requester, home, owner);
  return collectionResource(owner, above, await accessTo(requester, owner, above));
}
