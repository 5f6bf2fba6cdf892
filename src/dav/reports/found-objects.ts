/** What the query reports share: objects found one page at a time, a limit with 507, bodies only where they are needed. */
import { seenBodies } from '../../commands/seen-objects.ts';
import type { ObjectEntry } from '../../store/objects.ts';
import { child, type Element, textOf } from '../../xml/element.ts';
import { statusResponse } from '../../xml/multistatus.ts';
import { dav, type Name } from '../../xml/names.ts';
import { type Asked, askedIn } from '../asked.ts';
import { DavError } from '../error.ts';
import { objectResource } from '../make-resource.ts';
import { type DataColumn, responsesFor } from '../propstats.ts';
import type { DavRequest } from '../request.ts';
import type { CollectionResource, ObjectResource } from '../resource.ts';

/** An object that matched, with its octets when the search had to read them. */
export type Match = ObjectEntry & { readonly body?: Buffer };

/** `nresults` of a `limit` element in the given namespace, or undefined. Throws 400 for what is no number. */
export function limitIn(body: Element, named: (local: string) => Name): number | undefined {
  const limit = child(body, named('limit'));
  const nresults = limit && child(limit, named('nresults'));
  if (!nresults) return undefined;
  const text = textOf(nresults).trim();
  if (!/^\d{1,15}$/.test(text)) throw DavError.badRequest('nresults is a whole number.');
  return Number(text);
}

export interface Answer {
  readonly collection: CollectionResource;
  readonly asked: Asked;
  readonly data: DataColumn | undefined;
  /** Most objects listed; more are cut with 507 (RFC 6352 §8.6.1). */
  readonly limit: number;
}

export function answerFor(
  request: DavRequest,
  collection: CollectionResource,
  body: Element,
  data: DataColumn | undefined,
  limit: number | undefined,
): Answer {
  const most = request.app.davLimits.results;
  return { collection, asked: askedIn(body), data, limit: Math.min(limit ?? most, most) };
}

/**
 * Responses for pages of matches, bodies fetched in batches where the answer holds data, a 507 for what was asked when cut.
 * Gives how many more could have been listed, undefined when cut.
 */
export async function* responsesOf(
  request: DavRequest,
  { collection, asked, data, limit }: Answer,
  pages: AsyncIterable<readonly Match[]>,
): AsyncGenerator<string, number | undefined> {
  let left = limit;
  for await (const page of pages) {
    const kept = page.slice(0, left);
    for await (const batch of withBodies(request, collection, kept, data)) {
      yield responsesFor(
        batch.map((match) => objectResource(collection, match)),
        asked,
        request,
        data,
      );
    }
    left -= kept.length;
    if (kept.length < page.length) {
      yield statusResponse(request.resource?.href ?? collection.href, 507, dav('number-of-matches-within-limits'));
      return undefined;
    }
  }
  return left;
}

async function* withBodies(
  { app }: DavRequest,
  collection: CollectionResource,
  matches: readonly Match[],
  data: DataColumn | undefined,
): AsyncGenerator<readonly Match[]> {
  if (!data || matches.every((match) => match.body)) {
    if (matches.length > 0) yield matches;
    return;
  }
  yield* seenBodies(app.db, collection, matches);
}

/** The collection an object lies in, for reports that are asked of the object itself. */
export function collectionOf({
  owner,
  collection,
  publicOnly,
  path,
  href,
  privileges,
}: ObjectResource): CollectionResource {
  return {
    kind: collection.kind,
    owner,
    collection,
    publicOnly,
    path: path.slice(0, -1),
    href: href.slice(0, href.lastIndexOf('/') + 1),
    privileges,
  };
}
