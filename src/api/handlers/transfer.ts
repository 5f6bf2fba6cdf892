/** Import and export of whole files, streamed both ways. */
import { PassThrough, Readable } from 'node:stream';
import type { Context } from 'koa';
import { AppError } from '../../base/errors.ts';
import { EXPORT_TYPES, exportCollection } from '../../commands/export-collection.ts';
import { importObjects, type ImportReport as Report } from '../../commands/import-objects.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import { boundaryOf, firstFile } from '../../http/multipart.ts';
import type { Handlers } from '../call.ts';
import type { ImportReport } from '../contract/collections.ts';
import { requireCollection } from './collections.ts';
import { requireReached } from './reachable.ts';

const LINES = 'application/x-ndjson';

export const transferHandlers: Handlers<'importObjects' | 'exportCollection'> = {
  importObjects: async ({ api, ctx, caller, parameters, query }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const source = fileOf(ctx);
    if (!ctx.get('Accept').includes(LINES)) {
      return reportView(await importObjects(api, { collection, source, policy: query.policy }));
    }
    const lines = new PassThrough();
    ctx.type = LINES;
    ctx.body = lines;
    const say = (value: unknown) => void lines.write(`${JSON.stringify(value)}\n`);
    const onProgress = (report: Report) => say(reportView(report));
    importObjects(api, { collection, source, policy: query.policy, onProgress })
      .catch((error: unknown) => say(failure(error)))
      .finally(() => lines.end());
    return undefined as unknown as ImportReport;
  },

  exportCollection: async ({ api, ctx, caller, parameters }) => {
    const { collection, publicOnly } = await requireReached(api, caller, parameters.id, 'read');
    if (collection.kind === 'plain') throw new AppError('notFound', 'no-such-collection', 'A folder has no export.');
    const { mediaType, extension } = EXPORT_TYPES[collection.kind];
    ctx.type = mediaType;
    ctx.set('Content-Disposition', contentDisposition(collection.display_name ?? collection.name, extension));
    ctx.body = Readable.from(exportCollection(api, collection, { isPublic: publicOnly }), { objectMode: false });
    return undefined;
  },
};

function fileOf(ctx: Context): AsyncIterable<Uint8Array> {
  const request = ctx.req as AsyncIterable<Uint8Array>;
  return ctx.is('multipart/form-data') ? firstFile(request, boundaryOf(ctx.get('Content-Type'))) : request;
}

function reportView(report: Report): ImportReport {
  return { ...report, refused: report.refused.slice(), known: report.known.slice() };
}

function failure(error: unknown): { code: string; detail: string } {
  return error instanceof AppError
    ? { code: error.code, detail: error.message }
    : { code: 'internal-error', detail: 'Something went wrong on the server.' };
}
