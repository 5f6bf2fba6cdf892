/** GET and HEAD of what is no object: a whole calendar or address book as one file, a line of text for the rest and for browsers. */
import { answerFile, type CardForm, type FileKind } from '../../http/collection-file.ts';
import { answerWhole } from '../../http/compression.ts';
import { readCard } from '../../vcard/card.ts';
import { convertCard, type StoredVersion } from '../../vcard/convert.ts';
import { STORED_VERSIONS } from '../../vcard/validate.ts';
import { type MediaRange, mediaRanges, STORED_RANGES } from '../alternative-forms.ts';
import { requireCollectionIfMatch } from '../conditional.ts';
import type { DavRequest } from '../request.ts';
import { type CollectionResource, collectionEtag, isCollection, type Resource } from '../resource.ts';

/** RFC 4918 §9.4 leaves open what GET of a collection gives. The resource may be read by whoever asks. */
export async function getCollection(request: DavRequest, resource: Resource): Promise<void> {
  const { ctx } = request;
  if (isFile(resource)) {
    ctx.vary('Accept');
    const range = mediaRanges(ctx.get('Accept')).find(({ type }) => isForPeople(type) || STORED_RANGES.has(type));
    // "?export" is how SabreDAV's users are used to ask for the file, in a browser, too
    if (!range || !isForPeople(range.type) || 'export' in ctx.query) return sendFile(request, resource, range);
  }
  ctx.status = 200;
  ctx.set('Content-Type', 'text/plain; charset=utf-8');
  const about = `${resource.href} is a collection of the Doublon contacts and calendar server.\n`;
  await answerWhole(ctx, Buffer.from(about));
}

type File = CollectionResource & { readonly kind: FileKind };

const isFile = (resource: Resource): resource is File => isCollection(resource) && resource.kind !== 'plain';

function sendFile({ ctx, app }: DavRequest, resource: File, range: MediaRange | undefined): void {
  requireCollectionIfMatch(ctx, resource);
  ctx.set('Cache-Control', 'private, no-cache');
  ctx.set('X-Content-Type-Options', 'nosniff');
  const form = resource.kind === 'addressbook' ? cardForm(range) : undefined;
  answerFile(ctx, app, { ...resource.collection, kind: resource.kind }, collectionEtag(resource), {
    form,
    isPublic: resource.publicOnly,
  });
}

/** Browsers ask for pages before anything else. */
const isForPeople = (type: string): boolean => ['text/html', 'application/xhtml+xml', 'text/plain'].includes(type);

/** `Accept: text/vcard; version=4.0`: each card in that version, converted where it is stored in another (RFC 6352 §5.1.1). */
function cardForm(range: MediaRange | undefined): CardForm | undefined {
  const version = range?.type === 'text/vcard' ? range.version : undefined;
  if (version === undefined || !STORED_VERSIONS.includes(version)) return undefined;
  return {
    parameter: `version=${version}`,
    write: (octets) => convertCard(readCard(octets), version as StoredVersion),
  };
}
