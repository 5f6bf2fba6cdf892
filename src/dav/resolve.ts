/** From a path to the resource it names: loads only what the requester may see, so that the rest looks missing. */
import { NOTHING, READER } from '../commands/privileges.ts';
import { CONTEXT_ROOT } from '../commands/resource-paths.ts';
import { type CollectionAlong, findAlong } from '../store/collection-paths.ts';
import type { Collection } from '../store/collections.ts';
import { findPrincipalByName, type Principal } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema.ts';
import { accessTo, mayEnterHome, type Requester } from './access.ts';
import { DIRECTORY, DIRECTORY_SEGMENT, directoryCard } from './directory.ts';
import { hrefOf, type Path } from './href.ts';
import { collectionResource, homeResource, objectResource, principalResource } from './make-resource.ts';
import {
  type CollectionResource,
  HOMES,
  type Home,
  type Owner,
  PRINCIPAL_SEGMENTS,
  plainName,
  type Resource,
} from './resource.ts';

export interface Resolution {
  readonly path: Path;
  /** Undefined: nothing is there, or nothing the requester may see. */
  readonly resource: Resource | undefined;
  /** Where a new resource of that name would go; undefined when there is no such place. */
  readonly parent: Resource | undefined;
  /** Last segment, decoded. */
  readonly name: string;
  /** False: when the path was looked up, nobody of the organisation held a lock. */
  readonly mayBeLocked: boolean;
}

/** Finds what `path` names. `body`: load the octets of an object, too. */
export async function resolvePath(
  requester: Requester,
  path: Path,
  options: { readonly body?: boolean } = {},
): Promise<Resolution> {
  const found = await locate(requester, path, options.body === true);
  const { resource, parent, mayBeLocked = true } = found;
  return { path, resource, parent, name: path.at(-1) ?? '', mayBeLocked };
}

interface Found {
  readonly resource?: Resource | undefined;
  readonly parent?: Resource | undefined;
  readonly mayBeLocked?: boolean;
}

async function locate(requester: Requester, path: Path, body: boolean): Promise<Found> {
  const [root, area, second, ...rest] = path;
  // "/" and "/principals/" are where some clients begin to look: they see the context root there
  if (root === undefined || (root === 'principals' && area === undefined)) return { resource: rootResource(path) };
  if (root !== CONTEXT_ROOT) return {};
  if (area === undefined) return { resource: rootResource(path) };
  if (area === 'principals') return locatePrincipal(requester, path, second, rest);
  if (area === DIRECTORY_SEGMENT) return locateInDirectory(requester, path.slice(2));
  const home = HOMES.find((candidate) => candidate.segment === area);
  if (!home) return {};
  if (second === undefined)
    return { resource: { kind: 'homeSet', home, path, href: hrefOf(path, true), privileges: READER } };
  const owner = second === requester.principal.name ? requester.principal : await principalNamed(requester, second);
  if (!owner || owner.kind === 'group') return {};
  return locateInHome(requester, home, owner, rest, body);
}

async function locateInDirectory(requester: Requester, [name, ...deeper]: Path): Promise<Found> {
  if (name === undefined) return { resource: DIRECTORY };
  return deeper.length > 0 ? {} : { resource: await directoryCard(requester, name), parent: DIRECTORY };
}

function rootResource(path: Path): Resource {
  return { kind: 'root', path, href: hrefOf(path, true), privileges: READER };
}

async function locatePrincipal(
  requester: Requester,
  path: Path,
  segment: string | undefined,
  rest: readonly string[],
): Promise<Found> {
  const href = hrefOf(path, true);
  if (segment === undefined) {
    return { resource: { kind: 'principalSet', principalKind: undefined, path, href, privileges: READER } };
  }
  const kind = (Object.keys(PRINCIPAL_SEGMENTS) as PrincipalKind[]).find(
    (each) => PRINCIPAL_SEGMENTS[each] === segment,
  );
  if (!kind) return {};
  const [name, ...deeper] = rest;
  if (name === undefined)
    return { resource: { kind: 'principalSet', principalKind: kind, path, href, privileges: READER } };
  const principal = deeper.length === 0 ? await principalNamed(requester, name) : undefined;
  return principal?.kind === kind ? { resource: principalResource(requester, principal) } : {};
}

async function principalNamed({ app, principal }: Requester, name: string): Promise<Principal | undefined> {
  const found = await findPrincipalByName(app.db, principal.organisation_id, name);
  return found?.disabled_at ? undefined : found;
}

async function locateInHome(
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
  const resource = deepest.member && objectResource(collection, deepest.member);
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
