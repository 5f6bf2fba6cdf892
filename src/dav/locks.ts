/** Write locks (RFC 4918 §6, §7): what holds on a path, who may write despite it, and how it is told. */

import type { LockGuard } from '../commands/locking.ts';
import { pathsDownTo } from '../commands/resource-paths.ts';
import { holdsOn } from '../commands/write-locks.ts';
import type { Db } from '../store/database.ts';
import { findLocks, type Lock, type LockScope } from '../store/locks.ts';
import type { CollectionKind } from '../store/schema/collections.ts';
import { dav } from '../xml/names.ts';
import { element, hrefElement } from '../xml/write.ts';
import { DavError } from './error.ts';
import { hrefOf, type Path, pathKey, pathOfHref } from './href.ts';
import { type ConditionList, holdsIf, parseIfHeader, submittedTokens } from './preconditions.ts';
import { type DavRequest, hostsOf } from './request.ts';
import { resolvePath } from './resolve.ts';
import { etagOfResource, type Resource } from './resource.ts';
import { stateToken } from './state-token.ts';

const LOCK_TOKEN_PREFIX = 'urn:uuid:';

export const lockToken = (lock: Pick<Lock, 'lock_id'>): string => LOCK_TOKEN_PREFIX + lock.lock_id;

const lockEntry = (scope: string) =>
  element(
    dav('lockentry'),
    element(dav('lockscope'), element(dav(scope))) + element(dav('locktype'), element(dav('write'))),
  );

/** The href of a lock's path. */
export const lockRoot = (path: string): string => hrefOf(path.split('/'));

/** Content of DAV:supportedlock. */
export const SUPPORTED_LOCKS: string = lockEntry('exclusive') + lockEntry('shared');

/** Content of one DAV:activelock. */
export function activeLock(lock: Lock, now: number): string {
  const left = Math.max(0, Math.round((lock.expires_at.getTime() - now) / 1000));
  return element(
    dav('activelock'),
    element(dav('lockscope'), element(dav(lock.exclusive ? 'exclusive' : 'shared'))) +
      element(dav('locktype'), element(dav('write'))) +
      element(dav('depth'), lock.infinite ? 'infinity' : '0') +
      lock.description +
      element(dav('timeout'), `Second-${left}`) +
      element(dav('locktoken'), hrefElement(lockToken(lock))) +
      element(dav('lockroot'), hrefElement(lockRoot(lock.path))),
  );
}

const discovered = new WeakMap<DavRequest, Promise<Lock[]>>();

/** Content of DAV:lockdiscovery. All locks below and above the request's path are read once, whatever the number of resources. */
export async function activeLocks(resource: Resource, request: DavRequest): Promise<string> {
  let known = discovered.get(request);
  if (!known) {
    known = locksIn(request, { paths: pathsDownTo(request.path), below: [pathKey(request.path)] });
    discovered.set(request, known);
  }
  const now = request.app.clock.now();
  return (await known)
    .filter((lock) => covers(lock, resource.path))
    .map((lock) => activeLock(lock, now))
    .join('');
}

export function locksIn({ app, principal }: Pick<DavRequest, 'app' | 'principal'>, scope: LockScope): Promise<Lock[]> {
  return findLocks(app.db, principal.organisation_id, scope, new Date(app.clock.now()));
}

/** Does the lock hold on the resource at this path? */
export function covers(lock: Lock, path: Path): boolean {
  return holdsOn(lock, pathKey(path));
}

/** What a method is about to change. */
export interface Effect {
  readonly path: Path;
  /** `state`: the resource itself; `tree`: it and all below; `members`: what the collection lists. */
  readonly on: 'state' | 'tree' | 'members';
}

/**
 * Judges the If header and the locks on everything a method is about to change. Throws 412 when no list of the header
 * holds, 423 `lock-token-submitted` when a lock's token was not submitted by its holder. Gives what judges the locks again
 * in the transaction that writes.
 */
export async function guardWrite(request: DavRequest, effects: readonly Effect[]): Promise<LockGuard> {
  const lists = parseIfHeader(request.ctx.get('If'));
  if (lists) await requireIf(request, lists);
  if (lists || request.mayBeLocked) await refuseLocked(request, lists, effects);
  const judged = new WeakSet<Db>();
  const guard = async (db: Db): Promise<void> => {
    const inside = { ...request, app: { ...request.app, db } };
    // a move over something takes several locks in one transaction, and what stood there is gone by the second
    if (lists && !judged.has(db)) await requireIf({ ...inside, ...(await resolvePath(inside, request.path)) }, lists);
    judged.add(db);
    await refuseLocked(inside, lists, effects);
  };
  return Object.assign(guard, { always: lists !== undefined });
}

async function refuseLocked(
  request: DavRequest,
  lists: readonly ConditionList[] | undefined,
  effects: readonly Effect[],
): Promise<void> {
  const paths = effects.flatMap(({ path }) => pathsDownTo(path));
  const below = effects.filter(({ on }) => on === 'tree').map(({ path }) => pathKey(path));
  const locks = await locksIn(request, { paths, below });
  if (locks.length === 0) return;
  const submitted = new Set(submittedTokens(lists));
  const inTheWay = effects.flatMap((effect) => {
    const holding = locks.filter((lock) => stands(lock, effect));
    // a shared lock of one's own lets one write: one token of those that hold there is enough
    const opened = holding.some((lock) => isOpened(lock, request, submitted));
    return opened && effect.on !== 'tree' ? [] : holding.filter((lock) => !isOpened(lock, request, submitted));
  });
  if (inTheWay.length > 0) throw locked(inTheWay);
}

function isOpened(lock: Lock, request: DavRequest, submitted: ReadonlySet<string>): boolean {
  return submitted.has(lockToken(lock)) && lock.holder_id === request.principal.principal_id;
}

function stands(lock: Lock, { path, on }: Effect): boolean {
  if (covers(lock, path)) return true;
  return on === 'tree' && lock.path.startsWith(`${pathKey(path)}/`);
}

function locked(locks: readonly Lock[]): DavError {
  const roots = [...new Set(locks.map(({ path }) => lockRoot(path)))];
  return DavError.unmet(
    423,
    dav('lock-token-submitted'),
    'The resource is locked, and no token of that lock was submitted.',
    roots.map(hrefElement).join(''),
  );
}

/**
 * Judges the If header on its own: for methods that change nothing, too (RFC 4918 §10.4.1). A sync token is the state of what it
 * was given out for (RFC 6578 §5). Throws 412.
 */
export async function requireIf(request: DavRequest, lists: readonly ConditionList[]): Promise<void> {
  const hosts = hostsOf(request);
  const namesState = submittedTokens(lists).some((token) => !token.startsWith(LOCK_TOKEN_PREFIX));
  const holds = await holdsIf(lists, async (href) => {
    const named = href === undefined ? request.path : pathOfHref(href, hosts);
    if (!named) return { etag: undefined, tokens: [] };
    const { path, resource } = href === undefined ? request : await resolvePath(request, named);
    const locks = await locksIn(request, { paths: pathsDownTo(path) });
    const tokens = locks.filter((lock) => covers(lock, path)).map(lockToken);
    const state = namesState && resource ? await stateToken(resource, request) : undefined;
    return { etag: etagOfResource(resource), tokens: state === undefined ? tokens : [...tokens, state] };
  });
  if (!holds) throw DavError.preconditionFailed('No condition of the If header holds.');
}

/** Kinds of collections in which a lock may hold on a name before anything is there: only files may be empty. */
export const LOCKABLE_NAMES: readonly CollectionKind[] = ['plain'];
