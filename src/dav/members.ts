/** What is directly inside a resource, in pages, as far as the requester may see it. */
import { READER } from '../commands/privileges.ts';
import { CONTEXT_ROOT } from '../commands/resource-paths.ts';
import { seenEntryPages } from '../commands/seen-objects.ts';
import { listPlainBelow } from '../store/collection-paths.ts';
import { listPrincipals } from '../store/principals.ts';
import type { PrincipalKind } from '../store/schema/accounts.ts';
import { directoryCards } from './directory.ts';
import { membersOfHome } from './home-sync.ts';
import { collectionHref, type Path } from './href.ts';
import { collectionResource, homeResource, objectResource, principalResource } from './make-resource.ts';
import type { DavRequest } from './request.ts';
import { type CollectionResource, HOMES, isCollection, isHome, PRINCIPAL_SEGMENTS, type Resource } from './resource.ts';

/** The members of a collection, a page at a time; nothing for objects and principals. */
export async function* membersOf(resource: Resource, request: DavRequest): AsyncGenerator<Resource[]> {
  if (isCollection(resource)) yield* collectionMembers(resource, request);
  else if (isHome(resource)) yield await membersOfHome(resource, request);
  else yield await containerMembers(resource, request);
}

async function containerMembers(resource: Resource, request: DavRequest): Promise<Resource[]> {
  if (resource.kind === 'root') {
    // the directory is named by directory-gateway alone: vdirsyncer takes a book that is listed here for all the books there are
    return [
      principalSet([CONTEXT_ROOT, 'principals'], undefined),
      ...HOMES.map((home): Resource => {
        const path = [CONTEXT_ROOT, home.segment];
        return { kind: 'homeSet', home, path, href: collectionHref(path), privileges: READER };
      }),
    ];
  }
  if (resource.kind === 'directory') return directoryCards(request);
  if (resource.kind === 'homeSet') return [homeResource(request, resource.home, request.principal)];
  if (resource.kind !== 'principalSet') return [];
  if (resource.principalKind === undefined) {
    const kinds = Object.keys(PRINCIPAL_SEGMENTS) as PrincipalKind[];
    return kinds.map((kind) => principalSet([CONTEXT_ROOT, 'principals', PRINCIPAL_SEGMENTS[kind]], kind));
  }
  const principals = await listPrincipals(request.app.db, request.principal.organisation_id, resource.principalKind);
  return principals.filter((each) => !each.disabled_at).map((each) => principalResource(request, each));
}

function principalSet(path: Path, principalKind: PrincipalKind | undefined): Resource {
  return { kind: 'principalSet', principalKind, path, href: collectionHref(path), privileges: READER };
}

async function* collectionMembers(resource: CollectionResource, request: DavRequest): AsyncGenerator<Resource[]> {
  if (resource.kind === 'plain') yield await plainMembers(resource, request);
  for await (const page of seenEntryPages(request.app.db, resource))
    yield page.map((entry) => objectResource(resource, entry));
}

/** The plain collections directly below a plain one. */
async function plainMembers(resource: CollectionResource, { app }: DavRequest): Promise<CollectionResource[]> {
  const { organisation_id, owner_id, name } = resource.collection;
  const below = await listPlainBelow(app.db, organisation_id, owner_id, `${name}/`);
  return below
    .filter((each) => !each.name.slice(name.length + 1).includes('/'))
    .map((each) => collectionResource(resource.owner, each, resource.privileges));
}
