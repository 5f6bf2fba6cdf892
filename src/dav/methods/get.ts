/** GET and HEAD (RFC 9110 §9.3): the stored octets under their strong ETag, ranges, conditions, and other forms by Accept. */

import { requirePrivilege } from '../access.ts';
import { alternativeForm } from '../alternative-forms.ts';
import { DavError } from '../error.ts';
import { mediaTypeOf } from '../kinds.ts';
import { matchesStrongly, matchesWeakly, parseEntityTags } from '../preconditions.ts';
import type { DavRequest } from '../request.ts';
import { type DirectoryCardResource, EVERYWHERE, hasContent, isObject, type ObjectResource } from '../resource.ts';
import { getCollection } from './get-collection.ts';
import type { Method } from './method.ts';

type Content = ObjectResource | DirectoryCardResource;

/** One range of octets, the last included. */
interface ByteRange {
  readonly first: number;
  readonly last: number;
}

async function get(request: DavRequest): Promise<void> {
  const { ctx, resource } = request;
  if (!resource) throw DavError.notFound();
  requirePrivilege(resource, 'read');
  if (!hasContent(resource)) return getCollection(request, resource);
  const form = alternativeForm(ctx, resource);
  const etag = form ? form.etag : `"${resource.object.etag}"`;
  const octets = form ? form.octets : resource.body!;
  ctx.set('ETag', etag);
  const modified = modifiedAt(resource);
  if (modified) ctx.set('Last-Modified', modified.toUTCString());
  ctx.set('Content-Type', form ? form.mediaType : mediaTypeOf(resource));
  ctx.set('Cache-Control', 'private, no-cache');
  // a stored page must never run scripts in the origin of the server
  ctx.set('Content-Security-Policy', "default-src 'none'; sandbox");
  ctx.set('X-Content-Type-Options', 'nosniff');
  if (resource.kind !== 'file') ctx.vary('Accept');
  requireIfMatch(request, resource);
  if (isNotModified(request, resource, etag)) {
    ctx.status = 304;
    ctx.remove('Content-Type');
    return;
  }
  await sendOctets(request, octets, etag, modified);
}

/** Nobody knows when a card of the directory last changed. */
function modifiedAt(resource: Content): Date | undefined {
  return isObject(resource) ? resource.object.modified_at : undefined;
}

function requireIfMatch({ ctx }: DavRequest, resource: Content): void {
  const { object } = resource;
  const ifMatch = parseEntityTags(ctx.get('If-Match'));
  if (ifMatch && !matchesStrongly(ifMatch, object.etag)) {
    throw DavError.preconditionFailed(`If-Match does not name the current ETag "${object.etag}".`);
  }
  const since = Date.parse(ctx.get('If-Unmodified-Since'));
  if (!ifMatch && seconds(modifiedAt(resource)) > since)
    throw DavError.preconditionFailed('The resource was modified after If-Unmodified-Since.');
}

/** NaN, which compares with nothing, where there is no moment. */
const seconds = (moment: Date | undefined): number => Math.floor((moment?.getTime() ?? Number.NaN) / 1000) * 1000;

function isNotModified({ ctx }: DavRequest, resource: Content, etag: string): boolean {
  const ifNoneMatch = parseEntityTags(ctx.get('If-None-Match'));
  if (ifNoneMatch) return matchesWeakly(ifNoneMatch, etag.replace(/^W\/|"/g, '')) || ifNoneMatch === '*';
  return seconds(modifiedAt(resource)) <= Date.parse(ctx.get('If-Modified-Since'));
}

async function sendOctets(
  { ctx }: DavRequest,
  octets: Buffer,
  etag: string,
  modified: Date | undefined,
): Promise<void> {
  ctx.set('Accept-Ranges', 'bytes');
  const range = rangeWanted(ctx.get('Range'), ctx.get('If-Range'), octets.length, etag, modified);
  if (range === 'unsatisfiable') {
    throw new DavError(416, `The range lies outside the ${octets.length} octets.`, '', {
      'Content-Range': `bytes */${octets.length}`,
    });
  }
  if (range) {
    ctx.status = 206;
    ctx.set('Content-Range', `bytes ${range.first}-${range.last}/${octets.length}`);
    ctx.body = octets.subarray(range.first, range.last + 1);
    return;
  }
  ctx.status = 200;
  // a compressed body is another representation: it may not carry the strong ETag of the plain octets
  ctx.body = octets;
}

/** One range; several, an unreadable header or another If-Range mean the whole (RFC 9110 §14.2). */
function rangeWanted(
  header: string,
  ifRange: string,
  size: number,
  etag: string,
  modified: Date | undefined,
): ByteRange | 'unsatisfiable' | undefined {
  const match = /^bytes=(\d*)-(\d*)$/i.exec(header.trim());
  if (!match || (match[1] === '' && match[2] === '')) return undefined;
  if (ifRange !== '' && ifRange !== etag && Date.parse(ifRange) !== seconds(modified)) return undefined;
  if (match[1] === '') {
    const length = Math.min(Number(match[2]), size);
    return length === 0 ? 'unsatisfiable' : { first: size - length, last: size - 1 };
  }
  const first = Number(match[1]);
  const last = match[2] === '' ? size - 1 : Math.min(Number(match[2]), size - 1);
  if (first >= size) return 'unsatisfiable';
  return last < first ? undefined : { first, last };
}

export const GET: Method = { name: 'GET', rfc: '9110 §9.3.1', on: EVERYWHERE, body: true, handle: get };
/** Koa leaves the body out of answers to HEAD and keeps their headers. */
export const HEAD: Method = { ...GET, name: 'HEAD', rfc: '9110 §9.3.2' };
