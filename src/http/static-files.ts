/** The built page: a few files, read once, answered from memory. A path that is not one of them is not looked up on disk. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Context, Middleware } from 'koa';
import { answerGzip, takesGzip } from './compression.ts';

/** One form of a file: as it is, or compressed. Each has an ETag of its own (RFC 9110 §8.8.3.3). */
interface Form {
  readonly octets: Buffer;
  readonly etag: string;
}

interface StaticFile {
  readonly plain: Form;
  /** Made when a browser first asks for it: most files of most processes are never asked for. */
  zipped(): Form;
  readonly type: string;
  readonly cacheControl: string;
}

/** Only the server's own files, no inline script or style, nothing framed; photos of cards come as blob: or data: URLs. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
} as const;

/** Vite puts a digest of the content into these names. */
const HASHED = /^\/assets\//;
const START_PAGE = '/index.html';

/** Serves the files below `folder` for GET and HEAD; `/` is index.html. With no files, `/` says how to build them. */
export function staticFiles(folder: string): Middleware {
  const files = readFiles(folder);
  return async (ctx, next) => {
    const name = ctx.path === '/' ? START_PAGE : ctx.path;
    const file = files.get(name);
    if (!['GET', 'HEAD'].includes(ctx.method) || (!file && name !== START_PAGE)) return next();
    ctx.set(HEADERS);
    if (file) return answer(ctx, file);
    ctx.status = 404;
    ctx.body = 'The page has not been built: run "npm run build" and start again.\n';
  };
}

function answer(ctx: Context, { plain, zipped, type, cacheControl }: StaticFile): void {
  const zip = takesGzip(ctx);
  const { octets, etag } = zip ? zipped() : plain;
  ctx.status = 200;
  ctx.set({ ETag: etag, 'Cache-Control': cacheControl });
  ctx.vary('Accept-Encoding');
  if (ctx.fresh) {
    ctx.status = 304;
    return;
  }
  ctx.type = type;
  if (zip) answerGzip(ctx, octets);
  else ctx.body = octets;
}

function formOf(octets: Buffer): Form {
  return { octets, etag: `"${createHash('sha256').update(octets).digest('base64url').slice(0, 22)}"` };
}

function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const files = new Map<string, StaticFile>();
  for (const name of filesBelow(folder)) {
    const octets = readFileSync(path.join(folder, name));
    const url = `/${name.split(path.sep).join('/')}`;
    let zipped: Form | undefined;
    files.set(url, {
      plain: formOf(octets),
      zipped: () => {
        zipped ??= formOf(gzipSync(octets));
        return zipped;
      },
      type: path.extname(name),
      cacheControl: HASHED.test(url) ? 'public, max-age=31536000, immutable' : 'no-cache',
    });
  }
  return files;
}

function filesBelow(folder: string): string[] {
  try {
    const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}
