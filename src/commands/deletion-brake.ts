/** The brake on mass deletion: what one device deletes beyond a part of a book or calendar is held until the owner confirms or discards it. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { Collection } from '../store/collections.ts';
import type { Tx } from '../store/database.ts';
import { beginWindow, countDeletion, findWindowOf, noteDeletion } from '../store/held-deletions.ts';
import type { ObjectEntry } from '../store/objects.ts';
import { findPrincipal, type Principal, patchSettings } from '../store/principals.ts';
import { note } from './audit.ts';
import type { Actor, Context } from './context.ts';
import { scopeOf } from './locking.ts';

export interface BrakeLimits {
  /** Deletions that pass in any case; 0: nothing is ever held. */
  readonly objects: number;
  /** Per cent of the collection that pass, if that is more. */
  readonly percent: number;
  /** Within so many minutes. */
  readonly minutes: number;
}

const KEY = 'deletions';
export const BRAKE_BOUNDS = { objects: 100_000, percent: 100, minutes: 10_080 } as const;

// each part on its own: one that is not understood must not release the brake
const Stored = z.object({
  objects: z.int().min(0).max(BRAKE_BOUNDS.objects).optional().catch(undefined),
  percent: z.int().min(0).max(BRAKE_BOUNDS.percent).optional().catch(undefined),
  minutes: z.int().min(1).max(BRAKE_BOUNDS.minutes).optional().catch(undefined),
});

/** The limits that hold for what a principal owns: its own where it has set any, else the server's. */
export function brakeLimits({ limits }: Context, principal: Pick<Principal, 'settings'> | undefined): BrakeLimits {
  const stored = principal?.settings[KEY];
  const own = Stored.parse(typeof stored === 'object' && stored !== null ? stored : {});
  const { brake } = limits;
  return {
    objects: own.objects ?? brake.objects,
    percent: own.percent ?? brake.percent,
    minutes: own.minutes ?? brake.minutes,
  };
}

export type BrakePatch = { readonly [Part in keyof BrakeLimits]?: number | null | undefined };

/** Sets the parts that are named; null takes the server's again. */
export function changeBrakeLimits(
  { db }: Context,
  who: Pick<Actor, 'organisationId' | 'principalId'>,
  patch: BrakePatch,
): Promise<void> {
  const named = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
  return patchSettings(db, who.organisationId, who.principalId, KEY, named);
}

/** What is about to leave a collection: by DELETE, or by MOVE to another one. */
export interface Leaving {
  /** Id of the app password, or of the principal where it uses its own. */
  readonly deviceId: string;
  readonly entry: ObjectEntry;
  readonly by: 'delete' | 'move';
}

/**
 * May an object leave its collection? `held`: its deletion is noted, and waits. A move cannot wait: it is refused with AppError
 * 'mass-deletion-held'. The collection must be locked. Files of plain collections always go.
 */
export async function passBrake(
  tx: Tx,
  context: Context,
  collection: Collection,
  leaving: Leaving,
): Promise<'go' | 'held'> {
  if (collection.kind === 'plain') return 'go';
  const { organisation_id, owner_id } = collection;
  const limits = brakeLimits(context, await findPrincipal(tx, organisation_id, owner_id));
  if (limits.objects === 0) return 'go';
  const { deviceId, entry, by } = leaving;
  const window = await windowFor(tx, context, collection, deviceId, limits.minutes);
  const now = context.clock.now();
  if (window.allowed_until && window.allowed_until.getTime() > now) return 'go';
  // made after the counting began: whoever makes objects and deletes them again empties no book
  if (entry.created_at > window.began_at) return 'go';
  const next = window.deleted + 1;
  const held = window.held > 0 || (next > limits.objects && next * 100 > limits.percent * window.objects);
  if (held && by === 'move') throw movesHeld();
  if (!held) await countDeletion(tx, organisation_id, window.window_id);
  if (by === 'delete') {
    const { object_id, name, seq, etag } = entry;
    const row = { organisation_id, window_id: window.window_id, object_id, name, seq, etag };
    await noteDeletion(tx, { ...row, held, asked_at: new Date(now) });
  }
  if (held && window.held === 0) await tell({ ...context, db: tx }, collection, window.device_name);
  return held ? 'held' : 'go';
}

/** The window of this device, begun anew when the last one is over and nothing in it waits for an answer. */
async function windowFor(tx: Tx, context: Context, collection: Collection, deviceId: string, minutes: number) {
  const scope = scopeOf(collection);
  const now = context.clock.now();
  const known = await findWindowOf(tx, scope, deviceId);
  const over = known && known.held === 0 && now - known.began_at.getTime() > minutes * 60_000;
  const allowed = known?.allowed_until && known.allowed_until.getTime() > now;
  if (known && (allowed || !over)) return known;
  const window = { windowId: uuidv7(now), deviceId, now: new Date(now) };
  await beginWindow(tx, scope, window);
  return (await findWindowOf(tx, scope, deviceId))!;
}

const movesHeld = (): AppError =>
  new AppError(
    'forbidden',
    'mass-deletion-held',
    'This device has taken much of this collection away in a short time: its owner must confirm that first.',
  );

async function tell(context: Context, collection: Collection, deviceName: string): Promise<void> {
  context.log.warn({ collection: collection.collection_id }, 'deletions held');
  await note(context, {
    organisationId: collection.organisation_id,
    action: 'deletions-held',
    actorName: deviceName,
    subject: collection.display_name ?? collection.name,
  });
}
