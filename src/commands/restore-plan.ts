/** What taking a collection back to a moment changes. */
import type { Collection } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import { lostSince, type StateEntry, stateAt } from '../store/history-at-moment.ts';
import { listEntries, type ObjectEntry } from '../store/objects.ts';
import type { Context } from './context.ts';
import { lockedOf } from './write-locks.ts';

export interface RestorePlan {
  /** What will be as at the moment again. */
  readonly brought: readonly StateEntry[];
  /** What did not exist at the moment and will be deleted (and can be restored in turn). */
  readonly removed: readonly ObjectEntry[];
  readonly unchanged: number;
  /** Names that existed at the moment, but what they held then is no longer kept: they stay as they are today. */
  readonly lost: readonly string[];
  /** Names that stay as they are today since a WebDAV lock holds on them, on their collection, or on what bears their UID now. */
  readonly locked: readonly string[];
  /** What is there now, by name. */
  readonly present: ReadonlyMap<string, ObjectEntry>;
}

/** The collection's row must be locked. */
export async function planRestore(
  context: Context,
  tx: Tx,
  collection: Collection,
  moment: Date,
): Promise<RestorePlan> {
  const { organisation_id, collection_id } = collection;
  const byName = <E extends { readonly name: string }>(entries: readonly E[]) =>
    new Map(entries.map((entry) => [entry.name, entry]));
  const present = byName(await listEntries(tx, organisation_id, collection_id));
  const then = byName(await stateAt(tx, organisation_id, collection_id, moment));
  const lost = await lostSince(tx, organisation_id, collection_id, moment);
  const differing = [...then.values()].filter(({ name, etag }) => present.get(name)?.etag !== etag);
  const newer = [...present.values()].filter(({ name }) => !then.has(name) && !lost.has(name));
  const effects = [...differing, ...newer].map(({ name }) => {
    const on = present.has(name) && then.has(name) ? 'state' : 'members';
    return { collection, name, on } as const;
  });
  const held = new Set((await lockedOf({ ...context, db: tx }, effects)).map(({ effect }) => effect.name));
  const removed = newer.filter(({ name }) => !held.has(name));
  const free = differing.filter(({ name }) => !held.has(name));
  const brought = withFreeUids(free, present, new Set(removed.map(({ name }) => name)));
  const changed = new Set([...brought, ...removed].map(({ name }) => name));
  return {
    brought,
    removed,
    unchanged: then.size - differing.length,
    lost: [...lost],
    locked: [...differing, ...newer].map(({ name }) => name).filter((name) => !changed.has(name)),
    present,
  };
}

/** Those whose UIDs nothing bears that stays as it is; whatever is left out stays, too. */
function withFreeUids(
  wanted: readonly StateEntry[],
  present: ReadonlyMap<string, ObjectEntry>,
  removed: ReadonlySet<string>,
): readonly StateEntry[] {
  const names = new Set(wanted.map(({ name }) => name));
  const staying = [...present.values()].filter(({ name }) => !names.has(name) && !removed.has(name));
  const uids = new Set(staying.map(({ uid }) => uid));
  const possible = wanted.filter(({ uid }) => uid === null || !uids.has(uid));
  return possible.length === wanted.length ? wanted : withFreeUids(possible, present, removed);
}
