/** Service discovery (RFC 6764 §5): the well-known paths lead to the DAV root, whatever the method. */
import type { Middleware } from 'koa';

const SERVICES = new Set(['carddav', 'caldav']);

/** Redirects `/.well-known/carddav` and `/.well-known/caldav` to `root`; GET, PROPFIND and OPTIONS alike. */
export function wellKnown(root = '/dav/'): Middleware {
  return async (ctx, next) => {
    const service = /^\/\.well-known\/([a-z]+)\/?$/.exec(ctx.path)?.[1];
    if (!service || !SERVICES.has(service)) return next();
    ctx.status = 301;
    ctx.set('Location', root);
    ctx.set('Cache-Control', 'max-age=3600');
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = `The ${service} service is at ${root}\n`;
  };
}
