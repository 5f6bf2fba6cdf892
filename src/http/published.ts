/** Published collections: GET and HEAD of /published/TOKEN.ics or .vcf, for whoever has the link and without signing in. */
import type { Middleware } from 'koa';
import type { Context } from '../commands/context.ts';
import { EXPORT_TYPES } from '../commands/export-collection.ts';
import { openPublication } from '../commands/publish-collection.ts';
import { answerFile } from './collection-file.ts';

const PUBLISHED_ROOT = '/published';

const FILE = new RegExp(`^${PUBLISHED_ROOT}/([^/.]+)\\.(ics|vcf)$`);

/** Path of the file behind a token. */
export function publishedPath(kind: 'addressbook' | 'calendar', token: string): string {
  return `${PUBLISHED_ROOT}/${token}.${EXPORT_TYPES[kind].extension}`;
}

/** Everything below /published/; whatever is no link that holds gets one and the same answer. */
export function published(context: Context): Middleware {
  return async (ctx, next) => {
    if (!ctx.path.startsWith(`${PUBLISHED_ROOT}/`)) return next();
    ctx.set('Cache-Control', 'private, no-cache');
    ctx.set('X-Content-Type-Options', 'nosniff');
    ctx.set('X-Robots-Tag', 'noindex');
    ctx.set('Referrer-Policy', 'no-referrer');
    if (!['GET', 'HEAD'].includes(ctx.method)) {
      ctx.status = 405;
      ctx.set('Allow', 'GET, HEAD');
      return;
    }
    const [, token = '', extension] = FILE.exec(ctx.path) ?? [];
    const collection = await openPublication(context, token);
    if (!collection || collection.kind === 'plain' || EXPORT_TYPES[collection.kind].extension !== extension) {
      ctx.status = 404;
      ctx.body = 'Not Found\n';
      return;
    }
    const { sync_token, modified_at, kind } = collection;
    const etag = `${sync_token}-${modified_at.getTime().toString(36)}`;
    answerFile(ctx, context, { ...collection, kind }, etag, { isPublic: true });
  };
}
