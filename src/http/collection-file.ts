/** GET and HEAD of a whole collection as one file: calendar subscriptions, backups with curl (RFC 5545 §3.4, RFC 6350 §3.3). */
import { Readable } from 'node:stream';
import type { Context as KoaContext } from 'koa';
import type { Context } from '../commands/context.ts';
import { EXPORT_TYPES, type ExportOptions, exportCollection } from '../commands/export-collection.ts';
import type { Collection } from '../store/collections.ts';
import { answerStream, takesGzip } from './compression.ts';
import { contentDisposition } from './content-disposition.ts';

/** How the cards of a file are written, where not as stored. */
export interface CardForm {
  /** Added to the media type: `version=4.0`. */
  readonly parameter: string;
  readonly write: (card: Buffer) => Buffer;
}

/** What may be sent as a file. */
export type FileKind = keyof typeof EXPORT_TYPES;

/**
 * Answers with the collection, or 304 to whoever has it already (RFC 9110 §13.1). `etag`, without quotes, tells of the octets as they are
 * stored: another form and a compressed body have a weak one. `isPublic`: to whoever has the link.
 */
export function answerFile(
  ctx: KoaContext,
  context: Context,
  collection: Collection & { readonly kind: FileKind },
  etag: string,
  { form, isPublic }: { readonly form?: CardForm | undefined } & Pick<ExportOptions, 'isPublic'> = {},
): void {
  const { mediaType, extension } = EXPORT_TYPES[collection.kind];
  ctx.status = 200;
  ctx.set('ETag', `${form || takesGzip(ctx) ? 'W/' : ''}"${etag}${form ? `-${form.parameter}` : ''}"`);
  ctx.set('Last-Modified', collection.modified_at.toUTCString());
  ctx.vary('Accept-Encoding');
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.set('Content-Type', form ? `${mediaType}; ${form.parameter}` : mediaType);
  ctx.set('Content-Disposition', contentDisposition(collection.display_name ?? collection.name, extension));
  if (ctx.method !== 'GET') return;
  const options: ExportOptions = { ...(form && { form: form.write }), ...(isPublic && { isPublic }) };
  answerStream(ctx, Readable.from(exportCollection(context, collection, options), { objectMode: false }));
}
