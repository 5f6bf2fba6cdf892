/** WebDAV locks (RFC 4918 §7) before whoever submits no token: the page, programs, nights, the command line. */
// what a lock holds on is not written, not even by its holder, whose other program believes that nothing changes
import { AppError } from '../base/errors.ts';
import { findCards } from '../store/cards.ts';
import type { Collection } from '../store/collections.ts';
import type { Db } from '../store/database.ts';
import { anyLock, findLocks, type Lock } from '../store/locks.ts';
import { findEntry } from '../store/objects.ts';
import { findPrincipal, findPrincipals } from '../store/principals.ts';
import type { Context } from './context.ts';
import type { LockGuard } from './locking.ts';
import { collectionPath, pathsDownTo } from './resource-paths.ts';

type Place = Pick<Collection, 'organisation_id' | 'collection_id' | 'owner_id' | 'kind' | 'name'> & {
  readonly display_name?: string | null;
};

/** What is about to be written. */
export interface Effect {
  readonly collection: Place;
  /** The object's name; absent: the collection itself. */
  readonly name?: string;
  /** `state`: what is there changes; `members`: the object comes or goes; `tree`: the collection goes with all it holds. */
  readonly on: 'state' | 'members' | 'tree';
}

/** Does the lock hold on the resource at this path: set there, or above it with infinite depth? */
export function holdsOn(lock: Pick<Lock, 'path' | 'infinite'>, path: string): boolean {
  return lock.path === path || (lock.infinite && path.startsWith(`${lock.path}/`));
}

interface InTheWay<E extends Effect> {
  readonly effect: E;
  readonly lock: Lock;
}

/**
 * Those of the effects that a lock stands against, each with one such lock. The collections' rows must be locked: then no further lock
 * is granted in them until the transaction ends.
 */
export async function lockedOf<E extends Effect>(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  effects: readonly E[],
): Promise<InTheWay<E>[]> {
  const [first] = effects;
  const now = new Date(clock.now());
  if (!first || !(await anyLock(db, first.collection.organisation_id, now))) return [];
  const paths = await pathsOf(db, effects);
  const above = [...paths.values()].flatMap((path) => pathsDownTo(path.split('/')));
  const below = [...paths.values()];
  const locks = await findLocks(db, first.collection.organisation_id, { paths: [...new Set(above)], below }, now);
  return effects.flatMap((effect) => {
    const within = paths.get(effect.collection.collection_id)!;
    const lock = locks.find((each) => stands(each, effect, within));
    return lock ? { effect, lock } : [];
  });
}

/** Paths of the collections, by id. */
async function pathsOf(db: Db, effects: readonly Effect[]): Promise<Map<string, string>> {
  const collections = new Map(effects.map(({ collection }) => [collection.collection_id, collection]));
  const owners = new Set([...collections.values()].map(({ owner_id }) => owner_id));
  const principals = await findPrincipals(db, effects[0]!.collection.organisation_id, [...owners]);
  const names = new Map(principals.map(({ principal_id, name }) => [principal_id, name]));
  return new Map(
    [...collections].map(([id, each]) => [id, collectionPath(names.get(each.owner_id) ?? '', each).join('/')]),
  );
}

function stands(lock: Lock, { name, on }: Effect, within: string): boolean {
  const path = name === undefined ? within : `${within}/${name}`;
  if (holdsOn(lock, path)) return true;
  // what a collection lists is part of it: a lock of depth 0 keeps members from coming and going (§7.4)
  return on === 'members' ? lock.path === within : on === 'tree' && lock.path.startsWith(`${path}/`);
}

/** Throws AppError `locked` (423, details.locks) when a lock stands against any of the effects. As `lockedOf`. */
export async function refuseLocked(context: Pick<Context, 'db' | 'clock'>, effects: readonly Effect[]): Promise<void> {
  const found = await lockedOf(context, effects);
  if (found.length > 0) throw await lockedError(context.db, found);
}

/** For writers that lock nothing at first: refuses now, and gives what judges again under the lock of the row. */
export async function guardLocked(context: Context, effects: readonly Effect[]): Promise<LockGuard> {
  await refuseLocked(context, effects);
  return (db) => refuseLocked({ ...context, db }, effects);
}

/** What stands in the way, as the details of an error tell it. */
export interface LockTold {
  readonly cardId: string | null;
  readonly collectionId: string;
  readonly name: string | null;
  readonly label: string;
  readonly heldBy: string;
  readonly until: string;
}

const MOST_TOLD = 20;

async function lockedError(db: Db, found: readonly InTheWay<Effect>[]): Promise<AppError> {
  const locks: LockTold[] = [];
  for (const each of found.slice(0, MOST_TOLD)) locks.push(await told(db, each));
  const { label, heldBy, until } = locks[0]!;
  return new AppError(
    'conflict',
    'locked',
    `${label} is locked by a program of ${heldBy} until ${until}. Finish there, or try again after that time.`,
    { status: 423, locks, label, heldBy, until },
  );
}

async function told(db: Db, { effect: { collection, name }, lock }: InTheWay<Effect>): Promise<LockTold> {
  const { organisation_id, collection_id, display_name } = collection;
  const entry = name === undefined ? undefined : await findEntry(db, organisation_id, collection_id, name);
  const [card] = entry ? await findCards(db, organisation_id, [entry.object_id]) : [];
  const holder = await findPrincipal(db, organisation_id, lock.holder_id);
  return {
    cardId: card?.object_id ?? null,
    collectionId: collection_id,
    name: name ?? null,
    label: card?.index_data.FN?.[0] || name || display_name || collection.name,
    heldBy: holder?.display_name || holder?.name || '?',
    until: lock.expires_at.toISOString(),
  };
}
