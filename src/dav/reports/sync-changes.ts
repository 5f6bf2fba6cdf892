/** What the sync reports on collections and homes share: their request, the refusal of a token, responses for changes. */
import { seenBodies, seenEntries, seenEntryPages } from '../../commands/seen-objects.ts';
import type { Change } from '../../store/changes.ts';
import type { ObjectEntry } from '../../store/objects.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import type { Asked } from '../asked.ts';
import { DavError } from '../error.ts';
import { asksEtagOnly, etagResponses, memberEtags } from '../etag-list.ts';
import { encodeSegment } from '../href.ts';
import { objectResource } from '../make-resource.ts';
import { type DataColumn, responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource } from '../resource.ts';

export interface SyncRequest {
  /** The client's token; empty for the first synchronisation. */
  readonly token: string;
  readonly infinite: boolean;
  readonly limit: number;
  readonly asked: Asked;
}

export function invalidToken(): DavError {
  return DavError.unmet(
    403,
    dav('valid-sync-token'),
    'The sync token was not given out for this collection, or it is too old: synchronise from the beginning.',
  );
}

const BATCH = 500;

/** Responses for changed and removed members, in the order of change. */
export async function* changeResponses(
  request: DavRequest,
  resource: CollectionResource,
  changes: readonly Change[],
  asked: Asked,
  data: DataColumn | undefined,
): AsyncGenerator<string> {
  if (asksEtagOnly(asked)) return yield* etagResponses(resource.href, changes);
  for (let from = 0; from < changes.length; from += BATCH)
    yield await fullResponses(request, resource, changes.slice(from, from + BATCH), asked, data);
}

async function fullResponses(
  request: DavRequest,
  resource: CollectionResource,
  changes: readonly Change[],
  asked: Asked,
  data: DataColumn | undefined,
): Promise<string> {
  const names = changes.filter(({ etag }) => etag !== undefined).map(({ name }) => name);
  const entries = await seenEntries(request.app.db, resource, names);
  const present = new Set(entries.map(({ name }) => name));
  let responses = '';
  for await (const some of entryResponses(request, resource, entries, asked, data)) responses += some;
  for (const { name } of changes)
    if (!present.has(name)) responses += statusResponse(resource.href + encodeSegment(name), 404);
  return responses;
}

async function* entryResponses(
  request: DavRequest,
  resource: CollectionResource,
  entries: readonly ObjectEntry[],
  asked: Asked,
  data: DataColumn | undefined,
): AsyncGenerator<string> {
  const batches = data ? seenBodies(request.app.db, resource, entries) : [entries];
  for await (const batch of batches)
    yield responsesFor(
      batch.map((entry) => objectResource(resource, entry)),
      asked,
      request,
      data,
    );
}

/**
 * Responses for all that a collection holds, page by page: neither memory nor a connection is taken up by a client that reads
 * slowly. What changes after the token that goes with them was read is told again by the next synchronisation. Returns their number.
 */
export async function* memberResponses(
  request: DavRequest,
  resource: CollectionResource,
  asked: Asked,
  data: DataColumn | undefined,
): AsyncGenerator<string, number> {
  if (asksEtagOnly(asked)) return yield* memberEtags(request.app.db, resource);
  let members = 0;
  for await (const page of seenEntryPages(request.app.db, resource)) {
    members += page.length;
    yield* entryResponses(request, resource, page, asked, data);
  }
  return members;
}
