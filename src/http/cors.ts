/** Web programs of other origins (Fetch §3.3, "CORS"): DAV and published files for the origins that the settings name, nothing else. */
import type { Context, Middleware } from 'koa';

/** What such programs need: the page and its API are for their own origin. */
const OPEN: readonly RegExp[] = [
  /^\/dav(?:\/|$)/,
  /^\/\.well-known\/(?:carddav|caldav)\/?$/,
  /^\/(?:principals\/?)?$/,
  /^\/published\//,
];

/** Headers of answers that a program may read beside those it may always read. */
const EXPOSED = [
  'Accept-Ranges',
  'Allow',
  'Content-Location',
  'Content-Range',
  'DAV',
  'ETag',
  'Location',
  'Lock-Token',
  'Preference-Applied',
  'Retry-After',
].join(', ');

/** How long a browser may remember what it was told; the most that one does. */
const REMEMBERED_SECONDS = '7200';
const TOKENS = /^[\w!#$%&'*+.^`|~-]+(?:\s*,\s*[\w!#$%&'*+.^`|~-]+)*$/;

const ORIGIN = /^(\*|[a-z][a-z0-9+.-]*:\/\/[^\s/?#,@]+)\/?$/i;

/** An origin as browsers send it, scheme, host and port, or `*` for any; undefined for any other text. */
export const readOrigin = (text: string): string | undefined => ORIGIN.exec(text)?.[1]?.toLowerCase();

/**
 * Lets programs of the given origins (`*`: of any) in. Credentials are never allowed, which keeps the page's cookie out of it: a program
 * sends an Authorization header of its own.
 */
export function cors(origins: readonly string[]): Middleware {
  const any = origins.includes('*');
  return async (ctx, next) => {
    const origin = ctx.get('Origin');
    if (origins.length === 0 || !OPEN.some((path) => path.test(ctx.path))) return next();
    if (!any) ctx.vary('Origin');
    if (origin === '' || !(any || origins.includes(origin))) return next();
    ctx.set('Access-Control-Allow-Origin', any ? '*' : origin);
    if (ctx.method === 'OPTIONS' && ctx.get('Access-Control-Request-Method') !== '') return tellPreflight(ctx);
    ctx.set('Access-Control-Expose-Headers', EXPOSED);
    await next();
  };
}

/** The question that a browser asks, without credentials, before it sends the request: whatever DAV knows may be sent. */
function tellPreflight(ctx: Context): void {
  for (const [asked, allowed] of [
    ['Access-Control-Request-Method', 'Access-Control-Allow-Methods'],
    ['Access-Control-Request-Headers', 'Access-Control-Allow-Headers'],
  ] as const) {
    const names = ctx.get(asked);
    if (TOKENS.test(names)) ctx.set(allowed, names);
  }
  ctx.vary('Access-Control-Request-Method, Access-Control-Request-Headers');
  ctx.set('Access-Control-Max-Age', REMEMBERED_SECONDS);
  ctx.status = 204;
}
