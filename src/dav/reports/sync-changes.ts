/** What the sync reports on collections and homes share: their request, the refusal of a token, responses for changes. */
import type { Change } from '../../store/changes.ts';
import { bodiesOf, findEntries } from '../../store/object-pages.ts';
import type { ObjectEntry } from '../../store/objects.ts';
import { propstat, propstatResponse, statusResponse } from '../../xml/multistatus.ts';
import { dav } from '../../xml/names.ts';
import { element, escapeXml } from '../../xml/write.ts';
import { DavError } from '../error.ts';
import { encodeSegment } from '../href.ts';
import { type Asked, type DataColumn, responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import { objectResource } from '../resolve.ts';
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

const ETAG = dav('getetag');
const BATCH = 500;

/** Responses for changed and removed members, in the order of change. */
export async function* changeResponses(
  request: DavRequest,
  resource: CollectionResource,
  changes: readonly Change[],
  asked: Asked,
  data: DataColumn | undefined,
): AsyncGenerator<string> {
  const etagOnly = asked.mode === 'prop' && asked.names.length === 1 && asked.names[0] === ETAG;
  for (let from = 0; from < changes.length; from += BATCH) {
    const batch = changes.slice(from, from + BATCH);
    yield etagOnly ? etagResponses(resource, batch) : await fullResponses(request, resource, batch, asked, data);
  }
}

/** What nearly every client asks: written straight from the change rows. */
function etagResponses({ href }: CollectionResource, changes: readonly Change[]): string {
  let responses = '';
  for (const { name, etag } of changes) {
    const member = href + encodeSegment(name);
    responses +=
      etag === undefined
        ? statusResponse(member, 404)
        : propstatResponse(member, propstat(200, element(ETAG, escapeXml(`"${etag}"`))));
  }
  return responses;
}

async function fullResponses(
  request: DavRequest,
  resource: CollectionResource,
  changes: readonly Change[],
  asked: Asked,
  data: DataColumn | undefined,
): Promise<string> {
  const { organisation_id, collection_id } = resource.collection;
  const names = changes.filter(({ etag }) => etag !== undefined).map(({ name }) => name);
  const entries: ObjectEntry[] = await findEntries(request.app.db, organisation_id, collection_id, names);
  const present = new Set(entries.map(({ name }) => name));
  let responses = '';
  if (!data) {
    responses += await responsesFor(
      entries.map((entry) => objectResource(resource, entry)),
      asked,
      request,
    );
  } else {
    for await (const batch of bodiesOf(request.app.db, organisation_id, collection_id, entries))
      responses += await responsesFor(
        batch.map((entry) => objectResource(resource, entry)),
        asked,
        request,
        data,
      );
  }
  for (const { name } of changes)
    if (!present.has(name)) responses += statusResponse(resource.href + encodeSegment(name), 404);
  return responses;
}
