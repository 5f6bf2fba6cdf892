/** Content that the server itself puts into a calendar: made to hold exactly the given objects, in one step of its change count. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { bodiesOf } from '../store/object-pages.ts';
import { deleteObjects, type ObjectRowWrite, putObjects } from '../store/object-writes.ts';
import { listEntries, type ObjectEntry } from '../store/objects.ts';
import { noteWrites } from '../store/planner-statistics.ts';
import type { Context } from './context.ts';
import { lockOne, scopeOf } from './locking.ts';
import { OBJECT_KINDS, type ObjectContent } from './object-kinds.ts';

export interface FeedItem {
  readonly uid: string;
  readonly octets: Buffer;
}

export interface FeedOutcome {
  readonly written: number;
  readonly removed: number;
  /** Objects that cannot be stored, with the reason; what was there of them before stays. */
  readonly skipped: readonly { readonly uid: string; readonly detail: string }[];
}

const JUDGED_AT_ONCE = 50;
const WRITTEN_AT_ONCE = 500;

/**
 * Makes a calendar hold exactly these objects. One that differs only in when it was stamped counts as unchanged and keeps its
 * ETag. Throws AppError notFound when the collection has gone, 'no-storable-object' when there are objects but none can be stored.
 */
export async function applyFeed(
  context: Context,
  collection: Collection,
  items: readonly FeedItem[],
): Promise<FeedOutcome> {
  const { wanted, skipped } = await judge(context, collection, items);
  if (items.length > 0 && wanted.size === 0) {
    throw new AppError('invalid', 'no-storable-object', `Nothing of it can be stored: ${skipped[0]!.detail}`, {
      status: 422,
    });
  }
  const outcome = await inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const entries = await listEntries(tx, collection.organisation_id, collection.collection_id);
    const left = new Set(skipped.map(({ uid }) => uid));
    const gone = entries.filter(({ uid }) => uid === null || (!wanted.has(uid) && !left.has(uid)));
    const now = new Date(context.clock.now());
    const ids = gone.map((entry) => entry.object_id);
    if (ids.length > 0) await deleteObjects(tx, scopeOf(collection), ids, now);
    const writes = await changed(tx, context, collection, entries, wanted);
    for (let from = 0; from < writes.length; from += WRITTEN_AT_ONCE)
      await putObjects(tx, scopeOf(collection), writes.slice(from, from + WRITTEN_AT_ONCE), now);
    return { written: writes.length, removed: gone.length, skipped };
  });
  noteWrites(context.db, outcome.written);
  return outcome;
}

/** Judges each object as a PUT would; lets requests through in between. */
async function judge(context: Context, collection: Collection, items: readonly FeedItem[]) {
  const wanted = new Map<string, ObjectContent>();
  const skipped: { uid: string; detail: string }[] = [];
  for (const [index, { uid, octets }] of items.entries()) {
    if (index % JUDGED_AT_ONCE === 0) await nextTurn();
    try {
      if (wanted.has(uid)) throw new AppError('invalid', 'no-uid-conflict', `The UID ${uid} occurs twice.`);
      wanted.set(uid, OBJECT_KINDS[collection.kind].read(octets, collection, context.limits, ''));
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      skipped.push({ uid, detail: error.message });
    }
  }
  return { wanted, skipped };
}

async function changed(
  tx: Tx,
  context: Context,
  collection: Collection,
  entries: readonly ObjectEntry[],
  wanted: ReadonlyMap<string, ObjectContent>,
): Promise<ObjectRowWrite[]> {
  const byUid = new Map(entries.flatMap((entry) => (entry.uid === null ? [] : [[entry.uid, entry] as const])));
  const writes = new Map<string, ObjectRowWrite>();
  const differing: ObjectEntry[] = [];
  for (const [uid, content] of wanted) {
    const entry = byUid.get(uid);
    if (entry?.etag === content.etag) continue;
    if (entry) differing.push(entry);
    const objectId = entry?.object_id ?? uuidv7(context.clock.now());
    writes.set(objectId, { ...content, objectId, name: entry?.name ?? nameOf(uid) });
  }
  for await (const batch of bodiesOf(tx, collection.organisation_id, collection.collection_id, differing))
    for (const { object_id, body } of batch)
      if (sameButStamps(body, writes.get(object_id)!.body)) writes.delete(object_id);
  return [...writes.values()];
}

/** A resource name that says the UID where that makes a plain one. */
function nameOf(uid: string): string {
  const plain = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,150}$/.test(uid);
  return `${plain ? uid : createHash('sha256').update(uid).digest('hex').slice(0, 40)}.ics`;
}

/** Lines that many programs write anew each time they are asked, although nothing changed. */
const STAMPS = /^(?:DTSTAMP|LAST-MODIFIED|CREATED)[;:][^\r\n]*(?:\r?\n[ \t][^\r\n]*)*(?:\r?\n|$)/gim;

function sameButStamps(a: Buffer, b: Buffer): boolean {
  const [one, other] = [a, b].map((octets) => octets.toString('latin1').replace(STAMPS, ''));
  return one === other;
}
