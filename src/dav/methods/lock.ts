/** LOCK and UNLOCK (RFC 4918 §9.10, §9.11). */
import { AppError } from '../../base/errors.ts';
import { extendLock, type LockRequest, releaseLock, takeLock } from '../../commands/locks.ts';
import { putObject } from '../../commands/put-object.ts';
import { pathsDownTo } from '../../commands/resource-paths.ts';
import type { Lock } from '../../store/locks.ts';
import { child, type Element } from '../../xml/element.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import { element, hrefElement, standaloneXml, xmlDocument } from '../../xml/write.ts';
import { requirePrivilege } from '../access.ts';
import { answerMultistatus } from '../answer.ts';
import { DavError } from '../error.ts';
import { hrefOf, pathKey } from '../href.ts';
import { activeLock, covers, guardWrite, LOCKABLE_NAMES, lockRoot, locksIn, lockToken, requireIf } from '../locks.ts';
import { parseIfHeader, submittedTokens } from '../preconditions.ts';
import { type DavRequest, depthOf, xmlBody } from '../request.ts';
import { COLLECTIONS, isCollection, isObject, OBJECTS } from '../resource.ts';
import type { Method } from './method.ts';

const LONGEST_SECONDS = 24 * 3600;
const USUAL_SECONDS = 3600;

async function lock(request: DavRequest): Promise<void> {
  const body = await xmlBody(request);
  if (!body) return refresh(request);
  if (body.name !== dav('lockinfo')) throw DavError.badRequest('The body of LOCK must be DAV:lockinfo.');
  const { ctx, app, resource, parent } = request;
  const wanted = wantedIn(body);
  const depth = depthOf(ctx) ?? 'infinity';
  if (depth === '1') throw DavError.badRequest('A lock has Depth 0 or infinity.');
  if (resource) requirePrivilege(resource, 'write-content');
  else requireLockableName(request);
  const lists = parseIfHeader(ctx.get('If'));
  if (lists) await requireIf(request, lists);
  if (!resource && parent) await guardWrite(request, [{ path: parent.path, on: 'members' }]);
  const infinite = depth === 'infinity' && (resource === undefined || isCollection(resource));
  const taken = await take(request, { ...wanted, infinite });
  if ('below' in taken) return answerMultistatus(ctx, conflictResponses(request, taken.below));
  if (!resource && parent && isCollection(parent)) {
    // the lock that was just taken holds here, too
    const guard = () => Promise.resolve();
    await putObject(app, { collection: parent.collection, name: request.name, octets: Buffer.alloc(0), guard });
  }
  ctx.set('Lock-Token', `<${lockToken(taken)}>`);
  answer(request, taken, resource ? 200 : 201);
}

/** A name that nothing has yet can be locked where an empty resource may stand for it (RFC 4918 §7.3). */
function requireLockableName({ parent }: DavRequest): void {
  if (!parent) throw new DavError(409, 'There is no collection to hold the locked name.');
  requirePrivilege(parent, 'bind');
  if (!isCollection(parent) || !LOCKABLE_NAMES.includes(parent.kind))
    throw new DavError(403, 'A name that nothing has yet can only be locked in a plain collection.');
}

interface Wanted {
  readonly exclusive: boolean;
  readonly description: string;
}

function wantedIn(body: Element): Wanted {
  const scope = child(body, dav('lockscope'));
  const type = child(body, dav('locktype'));
  const exclusive = scope !== undefined && child(scope, dav('exclusive')) !== undefined;
  const shared = scope !== undefined && child(scope, dav('shared')) !== undefined;
  if (exclusive === shared || !type || !child(type, dav('write')))
    throw DavError.badRequest('A lock is exclusive or shared, and of type write.');
  const owner = child(body, dav('owner'));
  return { exclusive, description: owner ? standaloneXml(owner) : '' };
}

/** The lock, or the roots of the locks below that stand in its way. Throws 423 when one on the resource itself does. */
async function take(
  request: DavRequest,
  wanted: Wanted & { readonly infinite: boolean },
): Promise<Lock | { readonly below: readonly string[] }> {
  const { app, principal, path } = request;
  const key = pathKey(path);
  try {
    return await takeLock(app, {
      ...wanted,
      organisationId: principal.organisation_id,
      holderId: principal.principal_id,
      path: key,
      ...whatIsLocked(request),
      seconds: secondsWanted(request),
    });
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== 'locked') throw error;
    const paths = [...new Set(error.details.paths as readonly string[])];
    if (paths.every((each) => each.startsWith(`${key}/`))) return { below: paths };
    const roots = paths.map((each) => hrefElement(lockRoot(each)));
    throw DavError.unmet(423, dav('no-conflicting-lock'), error.message, roots.join(''));
  }
}

function whatIsLocked({ resource, parent }: DavRequest): Pick<LockRequest, 'collection' | 'objectName'> {
  if (resource && isObject(resource)) return { collection: resource.collection, objectName: resource.object.name };
  const collection = [resource, parent].find((each) => each !== undefined && isCollection(each));
  if (!collection || !isCollection(collection)) throw DavError.notFound();
  return { collection: collection.collection };
}

/** An infinite lock is granted whole or not at all: each lock below in its way, and the resource that waits for them (§9.10.6). */
function conflictResponses({ path, resource }: DavRequest, below: readonly string[]): string[] {
  const held = below.map((each) => statusResponse(lockRoot(each), 423, dav('no-conflicting-lock')));
  return [...held, statusResponse(resource?.href ?? hrefOf(path), 424)];
}

/** The first Timeout that can be granted (RFC 4918 §10.7), within a day. */
function secondsWanted({ ctx }: DavRequest): number {
  for (const wish of ctx.get('Timeout').split(',')) {
    const match = /^\s*(?:Second-(\d{1,15})|(Infinite))\s*$/i.exec(wish);
    if (match) return match[2] ? LONGEST_SECONDS : Math.min(Math.max(1, Number(match[1])), LONGEST_SECONDS);
  }
  return USUAL_SECONDS;
}

/** Whoever may no longer write here may not keep others from it either: the lock ends with its time. */
function requireStillWritable({ resource, parent }: DavRequest): void {
  const locked = resource ?? parent;
  if (!locked) throw DavError.notFound();
  requirePrivilege(locked, resource ? 'write-content' : 'bind');
}

async function refresh(request: DavRequest): Promise<void> {
  const { ctx, app, principal, path } = request;
  requireStillWritable(request);
  const lists = parseIfHeader(ctx.get('If'));
  if (!lists) throw DavError.badRequest('A LOCK without a body refreshes a lock and needs its token in an If header.');
  await requireIf(request, lists);
  const tokens = submittedTokens(lists);
  const locks = await locksIn(request, { paths: pathsDownTo(path) });
  const own = locks.find(
    (each) => covers(each, path) && tokens.includes(lockToken(each)) && each.holder_id === principal.principal_id,
  );
  const extended = own && (await extendLock(app, own, secondsWanted(request)));
  if (!extended) {
    throw DavError.unmet(412, dav('lock-token-matches-request-uri'), 'The token names no lock on this resource.');
  }
  answer(request, extended, 200);
}

function answer({ ctx, app }: DavRequest, held: Lock, status: number): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
  ctx.body = xmlDocument(dav('prop'), element(dav('lockdiscovery'), activeLock(held, app.clock.now())));
}

async function unlock(request: DavRequest): Promise<void> {
  const { ctx, app, principal, path, resource } = request;
  if (!resource) throw DavError.notFound();
  // a Coded-URL (RFC 4918 §10.5), which Windows and webdav-client write without its brackets at times
  const token = /^\s*(?:<([^>]+)>|([^<>\s]+))\s*$/.exec(ctx.get('Lock-Token'))?.slice(1).find(Boolean);
  if (!token) throw DavError.badRequest('UNLOCK needs a Lock-Token header.');
  const locks = await locksIn(request, { paths: pathsDownTo(path) });
  const named = locks.find((each) => covers(each, path) && lockToken(each) === token);
  if (!named)
    throw DavError.unmet(409, dav('lock-token-matches-request-uri'), 'The token names no lock on this resource.');
  if (named.holder_id !== principal.principal_id) requirePrivilege(resource, 'unlock');
  await releaseLock(app, named);
  ctx.status = 204;
}

export const LOCK: Method = {
  name: 'LOCK',
  rfc: '4918 §9.10',
  on: [...COLLECTIONS, ...OBJECTS],
  onMissing: LOCKABLE_NAMES,
  handle: lock,
};
export const UNLOCK: Method = { name: 'UNLOCK', rfc: '4918 §9.11', on: [...COLLECTIONS, ...OBJECTS], handle: unlock };
