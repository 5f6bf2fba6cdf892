/** Import: the objects of a file come into a collection in batches, each one transaction and one step of its change count. */
import type { Collection } from '../store/collections.ts';
import { noteWrites } from '../store/planner-statistics.ts';
import { guessedRegion } from './book-regions.ts';
import type { Context } from './context.ts';
import { storeBatch } from './import-batch.ts';
import { type ImportItem, type ImportPart, type RefusedItem, readItems } from './import-items.ts';
import type { KnownItem } from './import-known.ts';
import type { ImportPolicy } from './import-shelf.ts';
import { requireWritable } from './locking.ts';

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
 * Reads a `.vcf`, `.csv` or `.ics` file into a collection. An object that cannot be stored is reported and costs no other; what was
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
