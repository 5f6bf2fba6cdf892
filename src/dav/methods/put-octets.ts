/** What a PUT brings, and how it is answered once it is stored. */
import { AppError } from '../../base/errors.ts';
import type { PutResult } from '../../commands/put-object.ts';
import { readBody } from '../../http/body.ts';
import { fromJcal } from '../../icalendar/jcal.ts';
import { fromJcard } from '../../vcard/jcard.ts';
import { DavError } from '../error.ts';
import { encodeSegment } from '../href.ts';
import { bareMediaType, DATA_KINDS, type DataKind } from '../kinds.ts';
import { type DavRequest, preferencesOf } from '../request.ts';
import { type CollectionResource, OBJECT_KIND } from '../resource.ts';

export interface StoredOctets {
  readonly octets: Buffer;
  /** False when they came in another form and were converted. */
  readonly asSent: boolean;
}

/** What programs send that leave the type to a library (curl): the body has to say what it is. Types that name another format are refused. */
const SAYS_NOTHING: ReadonlySet<string> = new Set([
  'text/plain',
  'application/octet-stream',
  'binary/octet-stream',
  'application/x-www-form-urlencoded',
]);

/** The first line, without a byte order mark. */
const beginningOf = (octets: Buffer): string => octets.toString('utf8', 0, 200).replace(/^\ufeff/, '');

function notTaken({ named, supportedData, mediaTypes }: DataKind, mediaType: string): DavError {
  const message = `${mediaType.slice(0, 100)} is not taken here; ${mediaTypes.join(', ')} are.`;
  return DavError.unmet(403, named(supportedData), message);
}

/** The body as it will be stored. Throws 403 `supported-address-data` or `supported-calendar-data` for another media type. */
export async function octetsOf(
  { ctx, app }: Pick<DavRequest, 'ctx' | 'app'>,
  parent: CollectionResource,
): Promise<StoredOctets> {
  if (ctx.get('Content-Range') !== '') throw DavError.badRequest('A PUT of a part (Content-Range) is not possible.');
  const kind = DATA_KINDS[parent.kind];
  const mediaType = bareMediaType(ctx.get('Content-Type'));
  const isNamed = mediaType === '' || kind.mediaTypes.length === 0 || kind.mediaTypes.includes(mediaType);
  if (!isNamed && !SAYS_NOTHING.has(mediaType)) throw notTaken(kind, mediaType);
  const octets = await readBody(ctx, kind.maxSize(app.limits));
  if (!isNamed && !kind.begins.test(beginningOf(octets))) throw notTaken(kind, mediaType);
  if (!mediaType.endsWith('+json') || parent.kind === 'plain') return { octets, asSent: true };
  const json = jsonOf(octets, kind.validData);
  return { octets: parent.kind === 'calendar' ? fromJcal(json) : fromJcard(json), asSent: false };
}

function jsonOf(octets: Buffer, code: string): unknown {
  try {
    return JSON.parse(octets.toString('utf8'));
  } catch (error) {
    throw new AppError('invalid', code, 'The body is no JSON.', {}, error);
  }
}

export function answerPut(
  { ctx, path }: Pick<DavRequest, 'ctx' | 'path'>,
  parent: CollectionResource,
  result: PutResult,
  stored: StoredOctets,
): void {
  const isThere = result.outcome !== 'folded';
  const isShown = isThere && preferencesOf(ctx).representation && parent.kind !== 'plain';
  ctx.status = isNew(result.outcome) ? 201 : 204;
  // a strong ETag tells the client that what it sent, or what it is shown, is what GET gives (RFC 4791 §5.3.4, RFC 8144 §3.1)
  if (isShown || (isThere && stored.asSent)) ctx.set('ETag', `"${result.etag}"`);
  if (isShown) {
    ctx.status = isNew(result.outcome) ? 201 : 200;
    ctx.set('Preference-Applied', 'return=representation');
    ctx.set('Content-Location', parent.href + encodeSegment(path.at(-1)!));
    const kind = OBJECT_KIND[parent.kind];
    ctx.set('Content-Type', kind === 'addressObject' ? 'text/vcard; charset=utf-8' : 'text/calendar; charset=utf-8');
    ctx.body = stored.octets;
    return;
  }
  ctx.set('Content-Length', '0');
  ctx.body = isNew(result.outcome) ? '' : null;
}

/**
 * A card that a merge took away and a device brings back is answered like any new one, without an ETag: nothing stands
 * under its name, and the next synchronisation tells the device so.
 */
function isNew(outcome: PutResult['outcome']): boolean {
  return outcome === 'created' || outcome === 'folded';
}
