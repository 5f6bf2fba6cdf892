/** DELETE of an object or of a collection with all it holds (RFC 4918 §9.6). */
import { note } from '../../commands/audit.ts';
import { deleteTree } from '../../commands/collection-trees.ts';
import { deleteObject } from '../../commands/delete-object.ts';
import { leaveCollection } from '../../commands/grant-access.ts';
import { endingLocks } from '../../commands/locks.ts';
import { requirePrivilege } from '../access.ts';
import { preconditionOf, requireCollectionMatch } from '../conditional.ts';
import { DavError } from '../error.ts';
import { pathKey } from '../href.ts';
import { guardWrite } from '../locks.ts';
import type { DavContext, DavRequest } from '../request.ts';
import { COLLECTIONS, type CollectionResource, isCollection, isObject, OBJECTS } from '../resource.ts';
import { bindingIn } from '../shared-in-home.ts';
import { noteSharing } from './acl.ts';
import type { Method } from './method.ts';

/** Whatever the Depth: on a collection it acts as if that were infinity (RFC 4918 §9.6.1), and Nextcloud's library sends 0. */
async function remove(request: DavRequest): Promise<void> {
  const { ctx, app, resource, parent, path, name } = request;
  if (!resource || !parent) throw DavError.notFound();
  if (isCollection(resource) && bindingIn(resource) !== undefined) return leave(request, resource);
  requirePrivilege(parent, 'unbind');
  const precondition = preconditionOf(ctx);
  if (isCollection(resource)) requireCollectionMatch(ctx, resource);
  const guard = await guardWrite(request, [
    { path, on: 'tree' },
    { path: parent.path, on: 'members' },
  ]);
  const work = async (context: DavContext): Promise<'deleted' | 'held'> => {
    if (isObject(resource)) {
      const { collection, object: seen } = resource;
      return deleteObject(context, { collection, name, precondition, deviceId: request.deviceId, guard, seen });
    }
    if (isCollection(resource)) await deleteTree(context, resource.collection, guard);
    return 'deleted';
  };
  const places = { paths: [pathKey(path)], below: [pathKey(path)] };
  // where nobody held a lock none came since: it would have raised the collection's epoch, and stopped the deletion
  const outcome = request.mayBeLocked
    ? await endingLocks(app, request.principal.organisation_id, places, work, (each) => each === 'deleted')
    : await work(app);
  if (outcome === 'held') return tellHeld(request);
  if (isCollection(resource)) await noteDeletion(request, resource.href);
  ctx.status = 204;
}

/** What others share and the own home shows: the binding alone goes (RFC 5842 §1), with what was granted; the collection stays. */
async function leave(request: DavRequest, resource: CollectionResource): Promise<void> {
  requireCollectionMatch(request.ctx, resource);
  const guard = await guardWrite(request, [{ path: request.path, on: 'state' }]);
  await leaveCollection(request.app, resource.collection, request.principal.principal_id, guard);
  await noteSharing(request);
  request.ctx.status = 204;
}

/**
 * RFC 9110 §9.3.5: accepted, but not done yet. An error would be wrong for the client that goes on with the rest: some try again
 * for ever, others drop the object here and never ask for it again.
 */
function tellHeld({ ctx }: DavRequest): void {
  ctx.status = 202;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = 'Held: this device deletes much of the collection. Confirm or discard it on the web page.\n';
}

function noteDeletion({ app, actor, ctx }: DavRequest, href: string): Promise<void> {
  return note(app, {
    organisationId: actor.organisationId,
    action: 'collection-deleted',
    actorId: actor.principalId,
    actorName: actor.name,
    subject: href,
    address: ctx.ip,
  });
}

export const DELETE: Method = { name: 'DELETE', rfc: '4918 §9.6', on: [...OBJECTS, ...COLLECTIONS], handle: remove };
