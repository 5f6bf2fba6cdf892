/** From a path to the resource it names: loads only what the requester may see, so that the rest looks missing. */
import { READER } from '../commands/privileges.ts';
import { CONTEXT_ROOT } from '../commands/resource-paths.ts';
import { findPrincipalByName, type Principal } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema/accounts.ts';
import type { Requester } from './access.ts';
import { DIRECTORY, DIRECTORY_SEGMENT, directoryCard } from './directory.ts';
import { collectionHref, type Path } from './href.ts';
import { type Found, locateInHome } from './locate-in-home.ts';
import { principalResource } from './make-resource.ts';
import { HOMES, isCollection, PRINCIPAL_SEGMENTS, type Resource } from './resource.ts';
import { pathBehind, seenThrough } from './shared-in-home.ts';

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
  const body = options.body === true;
  const found = resolution(path, await locate(requester, path, body));
  const isOwn = found.resource !== undefined || (found.parent !== undefined && isCollection(found.parent));
  const behind = isOwn ? undefined : pathBehind(requester, path);
  if (!behind) return found;
  const { resource, parent } = await locate(requester, behind, body);
  if (!resource && !(parent && isCollection(parent))) return found;
  return resolution(behind, { resource: seenThrough(resource, path), parent: seenThrough(parent, path) });
}

const resolution = (path: Path, { resource, parent, mayBeLocked = true }: Found): Resolution => ({
  path,
  resource,
  parent,
  name: path.at(-1) ?? '',
  mayBeLocked,
});

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
    return { resource: { kind: 'homeSet', home, path, href: collectionHref(path), privileges: READER } };
  const owner = second === requester.principal.name ? requester.principal : await principalNamed(requester, second);
  if (!owner || owner.kind === 'group') return {};
  return locateInHome(requester, home, owner, rest, body);
}

async function locateInDirectory(requester: Requester, [name, ...deeper]: Path): Promise<Found> {
  if (name === undefined) return { resource: DIRECTORY };
  return deeper.length > 0 ? {} : { resource: await directoryCard(requester, name), parent: DIRECTORY };
}

function rootResource(path: Path): Resource {
  return { kind: 'root', path, href: collectionHref(path), privileges: READER };
}

async function locatePrincipal(
  requester: Requester,
  path: Path,
  segment: string | undefined,
  rest: readonly string[],
): Promise<Found> {
  const href = collectionHref(path);
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
