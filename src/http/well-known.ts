/** Service discovery (RFC 6764 §5): the well-known paths lead to the DAV root, whatever the method. */
import type { Middleware } from 'koa';

const SERVICES = new Set(['carddav', 'caldav']);
const ROOT = '/dav/';

/** Redirects `/.well-known/carddav` and `/.well-known/caldav`; GET, PROPFIND and OPTIONS alike. */
export function wellKnown(): Middleware {
  return async (ctx, next) => {
    const service = /^\/\.well-known\/([a-z]+)\/?$/.exec(ctx.path)?.[1];
    if (!service || !SERVICES.has(service)) return next();
    ctx.status = 301;
    ctx.set('Location', ROOT);
    ctx.set('Cache-Control', 'max-age=3600');
    ctx.type = 'text/plain; charset=utf-8';
    ctx.body = `The ${service} service is at ${ROOT}\n`;
  };
}
