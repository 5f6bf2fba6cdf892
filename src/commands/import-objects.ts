/** Import: the objects of a file come into a collection in batches, each one transaction and one step of its change count. */
import { AppError } from '../base/errors.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { type ObjectRowWrite, putObjects } from '../store/object-writes.ts';
import { noteWrites } from '../store/planner-statistics.ts';
import { guessedRegion } from './book-regions.ts';
import type { Context } from './context.ts';
import { type ImportItem, type ImportPart, type RefusedItem, readItems } from './import-items.ts';
import { type KnownItem, type KnownReason, nameKnown, type UnnamedItem } from './import-known.ts';
import { type Place, placeOf, shelfFor } from './import-shelf.ts';
import { lockOne, requireWritable, scopeOf } from './locking.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { requireRoom } from './quota.ts';

/** What happens to an object whose UID is there already: left out, put in its place, or stored beside it under a new UID. */
export type ImportPolicy = 'skip' | 'replace' | 'keep-both';
export const IMPORT_POLICIES: readonly ImportPolicy[] = ['skip', 'replace', 'keep-both'];

export interface ImportReport {
  readonly finished: boolean;
  /** Octets read so far. */
  readonly octets: number;
  /** Objects read so far, refused ones too. */
  readonly read: number;
  readonly created: number;
  readonly replaced: number;
  readonly skipped: number;
  /** The first thousand. */
  readonly refused: readonly RefusedItem[];
  readonly refusedCount: number;
  /** What is there already, as which card; the first thousand. */
  readonly known: readonly KnownItem[];
  /** How many of the stored ones hold the same as a card that was there under another UID. */
  readonly copies: number;
}

export interface ImportRequest {
  readonly collection: Collection;
  readonly source: AsyncIterable<Uint8Array>;
  readonly policy: ImportPolicy;
  /** Told after each batch and at the end. */
  readonly onProgress?: (report: ImportReport) => void;
}

const BATCH_OBJECTS = 200;
const BATCH_OCTETS = 4 * 1024 * 1024;
const MOST_SHOWN = 1000;

/**
 * Reads a `.vcf` or `.ics` file into a collection. An object that cannot be stored is reported and costs no other; what was
 * stored stays when the file ends early. Throws AppError when the file is none of the collection's kind, or the collection is gone.
 */
export async function importObjects(context: Context, request: ImportRequest): Promise<ImportReport> {
  requireWritable(request.collection);
  const tally = { octets: 0, read: 0, created: 0, replaced: 0, skipped: 0, refusedCount: 0, copies: 0 };
  const refused: RefusedItem[] = [];
  const known: KnownItem[] = [];
  const report = (finished: boolean): ImportReport => ({ finished, ...tally, refused, known });
  const refuse = (items: readonly RefusedItem[]): void => {
    tally.refusedCount += items.length;
    refused.push(...items.slice(0, MOST_SHOWN - refused.length));
  };
  const counted = countOctets(request.source, (octets) => {
    tally.octets += octets;
  });
  let collection = request.collection;
  for await (const batch of batches(readItems(collection.kind, counted, context.limits))) {
    const items = batch.filter((part): part is ImportItem => 'octets' in part);
    collection = await inRegionOf(context, collection, items);
    const outcome = await storeBatch(context, { ...request, collection }, items, MOST_SHOWN - known.length);
    known.push(...outcome.named);
    tally.read += batch.length;
    tally.created += outcome.created;
    tally.replaced += outcome.replaced;
    tally.skipped += outcome.skipped;
    tally.copies += outcome.known.filter((item) => item.reason === 'same-content').length;
    noteWrites(context.db, outcome.created + outcome.replaced);
    refuse([...batch.filter((part): part is RefusedItem => 'code' in part), ...outcome.refused]);
    request.onProgress?.(report(false));
  }
  const last = report(true);
  request.onProgress?.(last);
  return last;
}

/** A book that knows no country takes the one that the file's own cards suggest. */
async function inRegionOf(context: Context, collection: Collection, items: readonly ImportItem[]): Promise<Collection> {
  if (collection.kind !== 'addressbook' || collection.region !== null) return collection;
  const region = await guessedRegion(
    context,
    collection,
    items.map((item) => item.octets),
  );
  return { ...collection, region };
}

async function* countOctets(
  source: AsyncIterable<Uint8Array>,
  count: (octets: number) => void,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of source) {
    count(chunk.length);
    yield chunk;
  }
}

async function* batches(parts: AsyncIterable<ImportPart>): AsyncGenerator<ImportPart[]> {
  let batch: ImportPart[] = [];
  let octets = 0;
  for await (const part of parts) {
    batch.push(part);
    octets += 'octets' in part ? part.octets.length : 0;
    if (batch.length < BATCH_OBJECTS && octets < BATCH_OCTETS) continue;
    yield batch;
    batch = [];
    octets = 0;
  }
  if (batch.length > 0) yield batch;
}

interface BatchOutcome {
  created: number;
  replaced: number;
  skipped: number;
  readonly refused: RefusedItem[];
  readonly known: UnnamedItem[];
}

/** `mostNamed`: how many of those that are there already are to be named. */
function storeBatch(
  context: Context,
  request: ImportRequest,
  items: readonly ImportItem[],
  mostNamed: number,
): Promise<BatchOutcome & { readonly named: readonly KnownItem[] }> {
  const { collection } = request;
  return inTransaction(context.db, async (tx) => {
    await lockOne(tx, collection);
    const outcome: BatchOutcome = { created: 0, replaced: 0, skipped: 0, refused: [], known: [] };
    const leaveOut = (item: ImportItem, reason: KnownReason, objectId: string): void => {
      outcome.skipped++;
      outcome.known.push({ ...placeInFile(item), reason, objectId, importedId: null });
    };
    const shelf = await shelfFor({ ...context, db: tx }, collection, items, request.policy);
    const writes = new Map<string, ObjectRowWrite>();
    for (const item of items) {
      const place = placeOf(context, item, request.policy, shelf);
      if ('there' in place) {
        leaveOut(item, 'same-uid', place.there);
        continue;
      }
      const content = readContent(context, collection, place, outcome.refused);
      if (!content) continue;
      const same = place.known && shelf.etags.get(place.objectId) === content.etag;
      if (!same && shelf.locked.has(place.known ? place.name : undefined)) {
        outcome.refused.push(lockedItem(item, place));
        continue;
      }
      const hash = content.record?.contentHash ?? '';
      const standsIn = place.known ? undefined : shelf.mergedAway.get(hash);
      if (standsIn !== undefined) {
        leaveOut(item, 'merged-before', standsIn);
        continue;
      }
      const copied = place.known ? undefined : shelf.byContent.get(hash);
      if (copied !== undefined)
        outcome.known.push({
          ...placeInFile(item),
          reason: 'same-content',
          objectId: copied,
          importedId: place.objectId,
        });
      else if (hash !== '') shelf.byContent.set(hash, place.objectId);
      if (same) outcome.skipped++;
      else {
        outcome[place.known ? 'replaced' : 'created']++;
        writes.set(place.objectId, content);
      }
      shelf.byUid.set(place.item.uid, { objectId: place.objectId, name: place.name });
      shelf.names.add(place.name);
      shelf.etags.set(place.objectId, content.etag);
    }
    const octets = [...writes.values()].reduce((sum, { body }) => sum + body.length, 0);
    await requireRoom({ ...context, db: tx }, collection.organisation_id, collection.owner_id, octets);
    if (writes.size > 0) await putObjects(tx, scopeOf(collection), [...writes.values()], new Date(context.clock.now()));
    const named = await nameKnown(tx, collection.organisation_id, outcome.known.slice(0, mostNamed));
    return { ...outcome, named };
  });
}

const lockedItem = ({ index, line, uid }: ImportItem, { name, known }: Place): RefusedItem => ({
  index,
  line,
  uid,
  code: 'locked',
  detail: `Another program holds a lock on ${known ? name : 'the whole collection'}; import it again once that has ended.`,
});

const placeInFile = ({ index, line, uid }: ImportItem) => ({ index, line, uid });

/** The content of an object, or undefined with the reason added to `refused`. */
function readContent(
  context: Context,
  collection: Collection,
  { item, objectId, name }: Place,
  refused: RefusedItem[],
): ObjectRowWrite | undefined {
  try {
    const content = OBJECT_KINDS[collection.kind].read(item.octets, collection, context.limits, objectId);
    return { ...content, objectId, name };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const within = typeof error.details.line === 'number' ? error.details.line - 1 : 0;
    refused.push({
      index: item.index,
      line: item.line + within,
      uid: item.uid,
      code: error.code,
      detail: error.message,
    });
    return undefined;
  }
}
