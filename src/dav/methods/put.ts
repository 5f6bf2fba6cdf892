/** PUT of an object (RFC 4918 §9.7, RFC 4791 §5.3.2, RFC 6352 §6.3.2): judged, then handed to the one writer. */
import { keepConflictCopy } from '../../commands/keep-conflict-copy.ts';
import { type Precondition, putObject } from '../../commands/put-object.ts';
import { findObject } from '../../store/objects.ts';
import { requirePrivilege } from '../access.ts';
import { preconditionOf } from '../conditional.ts';
import { DavError } from '../error.ts';
import { conditionOf, mediaTypeOf } from '../kinds.ts';
import { type Effect, guardWrite } from '../locks.ts';
import { objectResource } from '../make-resource.ts';
import { type DavRequest, preferencesOf } from '../request.ts';
import { type CollectionResource, isCollection, isObject, OBJECTS } from '../resource.ts';
import type { Method } from './method.ts';
import { noteWritten, putAtOnce } from './put-new.ts';
import { answerPut, octetsOf } from './put-octets.ts';

async function put(request: DavRequest): Promise<void> {
  const { resource } = request;
  const parent = requireParent(request);
  if (resource) requirePrivilege(resource, 'write-content');
  else requirePrivilege(parent, 'bind');
  try {
    const precondition = preconditionOf(request.ctx);
    const { octets, asSent } = await octetsOf(request, parent);
    await store(request, parent, octets, precondition, asSent);
  } catch (error) {
    throw conditionOf(parent, error);
  }
}

async function store(
  request: DavRequest,
  parent: CollectionResource,
  octets: Buffer,
  precondition: Precondition,
  asSent: boolean,
): Promise<void> {
  const { ctx, app, name } = request;
  const { collection } = parent;
  const mediaType = ctx.get('Content-Type').slice(0, 200) || undefined;
  const kept = parent.kind === 'plain' && mediaType ? { mediaType } : {};
  try {
    const guard = await guardWrite(request, effectsOf(request, parent)).catch(async (error) => {
      if (isRefusal(error)) await keepConflictCopy(app, { collection, name, octets });
      throw error;
    });
    const seen = { entry: request.resource && isObject(request.resource) ? request.resource.object : undefined };
    const result = await putObject(app, { collection, name, octets, precondition, seen, guard, ...kept });
    answerPut(request, parent, result, { octets, asSent });
    noteWritten(request, parent);
  } catch (error) {
    if (!isRefusal(error) || !preferencesOf(ctx).representation) throw error;
    await answerCurrent(request, parent, error);
  }
}

const isRefusal = (error: unknown): error is DavError => error instanceof DavError && error.status === 412;

/** 412 with the version that is there, for a client that asked for it and can then merge at once (RFC 8144 §3.2). */
async function answerCurrent(
  { ctx, app, name }: DavRequest,
  parent: CollectionResource,
  error: DavError,
): Promise<void> {
  const { organisation_id, collection_id } = parent.collection;
  const current = await findObject(app.db, organisation_id, collection_id, name);
  if (!current) throw error;
  const { kind, href } = objectResource(parent, current);
  ctx.status = 412;
  ctx.set('Preference-Applied', 'return=representation');
  ctx.set('Content-Location', href);
  ctx.set('ETag', `"${current.etag}"`);
  ctx.set('Content-Type', mediaTypeOf({ kind, object: current }));
  ctx.body = current.body;
}

/** The collection the object goes to. Throws 405 on a collection, 409 where there is no place, 403 where no object may be. */
function requireParent({ resource, parent }: DavRequest): CollectionResource {
  if (resource && !isObject(resource)) throw new DavError(405, 'A collection cannot be replaced by an object.');
  if (!parent) throw new DavError(409, 'There is no collection to hold this resource.');
  if (!isCollection(parent))
    throw new DavError(403, 'Objects live in an address book, a calendar or a plain collection, not in a home itself.');
  return parent;
}

function effectsOf({ path, resource }: DavRequest, parent: CollectionResource): Effect[] {
  const own: Effect = { path, on: 'state' };
  return resource ? [own] : [own, { path: parent.path, on: 'members' }];
}

export const PUT: Method = {
  name: 'PUT',
  rfc: '4918 §9.7',
  on: OBJECTS,
  onMissing: ['addressbook', 'calendar', 'plain'],
  atOnce: putAtOnce,
  handle: put,
};
