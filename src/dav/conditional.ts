/** If-Match and If-None-Match as a decision on an object, made inside the transaction that writes it (RFC 9110 §13.1). */
import type { Context } from 'koa';
import type { Precondition } from '../commands/put-object.ts';
import { DavError } from './error.ts';
import { matchesStrongly, matchesWeakly, parseEntityTags } from './preconditions.ts';
import { type CollectionResource, collectionEtag } from './resource.ts';

/** Reads both headers at once (a malformed one is refused before anything is locked). */
export function preconditionOf(ctx: Context): Precondition {
  const ifMatch = parseEntityTags(ctx.get('If-Match'));
  const ifNoneMatch = parseEntityTags(ctx.get('If-None-Match'));
  const unmodifiedSince = Date.parse(ctx.get('If-Unmodified-Since'));
  return (current) => {
    const etag = current?.etag;
    if (ifMatch && !matchesStrongly(ifMatch, etag)) {
      throw DavError.preconditionFailed(
        current ? `If-Match does not name the current ETag "${etag}".` : 'If-Match was sent, but nothing is there.',
      );
    }
    if (ifNoneMatch && matchesWeakly(ifNoneMatch, etag)) {
      throw DavError.preconditionFailed('If-None-Match was sent, but the resource is there.');
    }
    if (!ifMatch && current && Math.floor(current.modified_at.getTime() / 1000) * 1000 > unmodifiedSince) {
      throw DavError.preconditionFailed('The resource was modified after If-Unmodified-Since.');
    }
  };
}

/** The same on a collection as it was found: its tag changes with everything inside. Throws 412. */
export function requireCollectionMatch(ctx: Context, collection: CollectionResource): void {
  requireCollectionIfMatch(ctx, collection);
  const ifNoneMatch = parseEntityTags(ctx.get('If-None-Match'));
  if (ifNoneMatch && matchesWeakly(ifNoneMatch, collectionEtag(collection)))
    throw DavError.preconditionFailed('If-None-Match was sent, but the collection is there.');
}

/** If-Match alone: a reader's If-None-Match asks for 304, not for 412. */
export function requireCollectionIfMatch(ctx: Context, collection: CollectionResource): void {
  const ifMatch = parseEntityTags(ctx.get('If-Match'));
  const etag = collectionEtag(collection);
  if (ifMatch && !matchesStrongly(ifMatch, etag))
    throw DavError.preconditionFailed(`If-Match does not name the current ETag "${etag}" of the collection.`);
}
