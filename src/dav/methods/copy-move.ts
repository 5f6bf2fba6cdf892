/** COPY and MOVE of objects and collections (RFC 4918 §9.8, §9.9): Destination, Overwrite, Depth. */
import { copyTree, moveTree, transferOverTree } from '../../commands/collection-trees.ts';
import type { LockGuard } from '../../commands/locking.ts';
import { endingLocks } from '../../commands/locks.ts';
import { transferObject } from '../../commands/move-object.ts';
import type { LockScope } from '../../store/locks.ts';
import { requirePrivilege } from '../access.ts';
import { preconditionOf, requireCollectionMatch } from '../conditional.ts';
import { DavError } from '../error.ts';
import { pathKey, pathOfHref } from '../href.ts';
import { bareMediaType, conditionOf, DATA_KINDS, mediaTypeOf } from '../kinds.ts';
import { type Effect, guardWrite } from '../locks.ts';
import { type DavContext, type DavRequest, depthOf, hostsOf, overwriteOf } from '../request.ts';
import { type Resolution, resolvePath } from '../resolve.ts';
import {
  COLLECTIONS,
  type CollectionResource,
  hrefLike,
  isCollection,
  isHome,
  isObject,
  OBJECTS,
  type ObjectResource,
  plainName,
  type Resource,
} from '../resource.ts';
import type { Method } from './method.ts';

type Mode = 'copy' | 'move';

async function transfer(request: DavRequest, mode: Mode): Promise<void> {
  const { ctx, resource, parent } = request;
  const overwrite = overwriteOf(ctx);
  if (!resource) throw DavError.notFound();
  requirePrivilege(resource, 'read');
  if (isCollection(resource)) requireCollectionMatch(ctx, resource);
  if (mode === 'move' && parent) requirePrivilege(parent, 'unbind');
  const destination = await destinationOf(request);
  if (destination.resource && !overwrite) {
    throw DavError.preconditionFailed('There is a resource at the destination, and Overwrite is F.');
  }
  const mayBeLocked = request.mayBeLocked || destination.mayBeLocked;
  const guard = await guardWrite({ ...request, mayBeLocked }, effectsOf(request, destination, mode));
  const work = async (app: DavContext): Promise<void> => {
    if (isObject(resource)) await transferOne({ ...request, app }, resource, destination, { mode, overwrite, guard });
    else if (isCollection(resource))
      await transferCollection({ ...request, app }, resource, destination, { mode, guard });
  };
  if (!mayBeLocked) await work(request.app);
  else await endingLocks(request.app, request.principal.organisation_id, placesLeft(request, destination, mode), work);
  ctx.status = destination.resource ? 204 : 201;
  // what was made is not what the request names (RFC 9110 §15.3.2)
  if (!destination.resource) ctx.set('Location', hrefLike(resource, destination.path));
  ctx.body = destination.resource ? null : '';
}

/** A lock on the destination itself stays, on what stands there then (RFC 4918 §7.6); those on what lay below it end. */
function placesLeft({ path }: DavRequest, destination: Resolution, mode: Mode): LockScope {
  const left = mode === 'move' ? [pathKey(path)] : [];
  return { paths: left, below: destination.resource ? [...left, pathKey(destination.path)] : left };
}

async function destinationOf(request: DavRequest): Promise<Resolution> {
  const header = request.ctx.get('Destination');
  if (header === '') throw DavError.badRequest('The Destination header is missing.');
  const path = pathOfHref(header, hostsOf(request));
  if (!path) throw new DavError(502, 'The destination is on another server.');
  const destination = await resolvePath(request, path);
  const from = pathKey(request.path);
  const to = pathKey(destination.path);
  if (from === to) throw new DavError(403, 'Source and destination are the same.');
  if (`${to}/`.startsWith(`${from}/`) || `${from}/`.startsWith(`${to}/`)) {
    throw new DavError(403, 'Neither of source and destination may lie inside the other.');
  }
  if (!destination.parent) throw new DavError(409, 'There is no collection at the destination to hold the resource.');
  const wanted = destination.resource ? 'write-content' : 'bind';
  requirePrivilege(destination.resource ?? destination.parent, wanted);
  if (destination.resource && isCollection(destination.resource)) requireReplaceable(destination.parent);
  return destination;
}

/** A collection at the destination is deleted first (RFC 4918 §9.8.4): who may only write in it may not (RFC 3744 appendix B). */
function requireReplaceable(parent: Resource): void {
  requirePrivilege(parent, 'unbind');
  requirePrivilege(parent, 'bind');
}

function effectsOf(request: DavRequest, destination: Resolution, mode: Mode): Effect[] {
  const effects: Effect[] = [{ path: destination.path, on: destination.resource ? 'tree' : 'state' }];
  if (!destination.resource) effects.push({ path: destination.parent!.path, on: 'members' });
  if (mode === 'move') effects.push({ path: request.path, on: 'tree' }, { path: request.parent!.path, on: 'members' });
  return effects;
}

async function transferOne(
  request: DavRequest,
  source: ObjectResource,
  destination: Resolution,
  how: { readonly mode: Mode; readonly overwrite: boolean; readonly guard: LockGuard },
): Promise<void> {
  const { parent, resource, name } = destination;
  if (!parent || !isCollection(parent)) throw new DavError(403, 'Objects cannot lie in a home itself.');
  requireTaken(source, parent);
  const replaced = resource && isCollection(resource) ? resource : undefined;
  if (replaced && replaced.kind !== 'plain')
    throw new DavError(403, `A ${replaced.kind} cannot be replaced by an object.`);
  const wanted = {
    ...how,
    from: source.collection,
    publicOnly: source.publicOnly,
    name: source.object.name,
    to: parent.collection,
    newName: name,
    sourcePrecondition: preconditionOf(request.ctx),
    deviceId: request.deviceId,
  };
  try {
    const { etag } = replaced
      ? await transferOverTree(request.app, wanted, replaced.collection)
      : await transferObject(request.app, wanted);
    request.ctx.set('ETag', `"${etag}"`);
  } catch (error) {
    throw conditionOf(parent, error);
  }
}

/** An object goes only where its media type is taken (RFC 4791 §5.3.2.1, RFC 6352 §6.3.2.1); a file without one is tried. */
function requireTaken(source: ObjectResource, { kind, href }: CollectionResource): void {
  const { mediaTypes, named, supportedData } = DATA_KINDS[kind];
  if (mediaTypes.length === 0 || (source.kind === 'file' && source.object.media_type === null)) return;
  const mediaType = bareMediaType(mediaTypeOf(source));
  if (mediaTypes.includes(mediaType)) return;
  throw DavError.unmet(403, named(supportedData), `${mediaType.slice(0, 100)} is not taken in ${href}.`);
}

async function transferCollection(
  request: DavRequest,
  source: CollectionResource,
  destination: Resolution,
  { mode, guard }: { readonly mode: Mode; readonly guard: LockGuard },
): Promise<void> {
  const { parent, resource, name } = destination;
  // a MOVE acts as if the Depth were infinity, whatever it is (RFC 4918 §9.9.2)
  const depth = (mode === 'copy' && depthOf(request.ctx)) || 'infinity';
  if (depth === '1') throw DavError.badRequest('A copy of a collection cannot have this Depth.');
  if (!ownedTogether(source, destination)) throw new DavError(403, 'A collection stays in the homes of its owner.');
  const newName = nameAt(source, parent!, name);
  const tree = { from: source.collection, newName, guard, ...replacedBy(source, resource) };
  if (mode === 'move') await moveTree(request.app, tree);
  else await copyTree(request.app, { ...tree, deep: depth === 'infinity' });
}

/** What stands at the destination. A file gives way to a plain collection, a card or event never to an address book. */
function replacedBy({ kind }: CollectionResource, resource: Resolution['resource']) {
  if (!resource) return {};
  if (isCollection(resource)) return { replaced: resource.collection };
  if (!isObject(resource) || kind !== 'plain') throw new DavError(403, 'This cannot be replaced by a collection.');
  return { replacedObject: { collection: resource.collection, name: resource.object.name } };
}

function ownedTogether({ owner }: CollectionResource, { parent }: Resolution): boolean {
  return parent !== undefined && 'owner' in parent && parent.owner.principal_id === owner.principal_id;
}

/** The name a collection is stored under at the destination. Throws 403 with the kind's condition where it cannot go. */
function nameAt(source: CollectionResource, parent: NonNullable<Resolution['parent']>, name: string): string {
  const { named, locationOk } = DATA_KINDS[source.kind];
  if (isHome(parent)) {
    if (source.kind === 'plain') return plainName(parent.home, [name]);
    if (parent.home.holds === source.kind) return name;
  }
  if (source.kind === 'plain' && isCollection(parent) && parent.kind === 'plain')
    return `${parent.collection.name}/${name}`;
  if (source.kind === 'plain') throw new DavError(403, 'A plain collection cannot lie there.');
  throw DavError.unmet(403, named(locationOk), `A ${source.kind} cannot lie in ${parent.href}.`);
}

export const COPY: Method = {
  name: 'COPY',
  rfc: '4918 §9.8',
  on: [...OBJECTS, ...COLLECTIONS],
  handle: (request) => transfer(request, 'copy'),
};
export const MOVE: Method = {
  name: 'MOVE',
  rfc: '4918 §9.9',
  on: [...OBJECTS, ...COLLECTIONS],
  handle: (request) => transfer(request, 'move'),
};
