/** Paths and hrefs: percent-encoding is decoded once and compared decoded; the only file that knows how URLs are written. */
import { DavError } from './error.ts';

/** Decoded segments of a path below the server's root, `/dav/` included, empty ones dropped. */
export type Path = readonly string[];

const LONGEST_SEGMENT = 1024;
const LONGEST_PATH = 64;

/**
 * Decodes the path of a request target or href. Double slashes count as one. Throws 400 for malformed percent-encoding,
 * for dot segments and for encoded slashes or control characters, so that no two readings of one path exist.
 */
export function parsePath(rawPath: string): Path {
  const path: string[] = [];
  for (const raw of rawPath.split('/')) {
    if (raw === '') continue;
    path.push(decodeSegment(raw));
  }
  if (path.length > LONGEST_PATH) throw DavError.badRequest(`The path has more than ${LONGEST_PATH} segments.`);
  return path;
}

function decodeSegment(raw: string): string {
  let segment: string;
  try {
    segment = decodeURIComponent(raw);
  } catch {
    throw DavError.badRequest('The path holds a percent-encoding that is not UTF-8.');
  }
  if (segment === '.' || segment === '..') throw DavError.badRequest('The path holds a dot segment.');
  if (/[/\\]/.test(segment) || hasControls(segment))
    throw DavError.badRequest('A path segment holds a slash, a backslash or a control character.');
  if (Buffer.byteLength(segment) > LONGEST_SEGMENT)
    throw new DavError(414, `A path segment is longer than ${LONGEST_SEGMENT} octets.`);
  return segment;
}

function hasControls(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code < 32 || code === 127) return true;
  }
  return false;
}

/** Percent-encodes one segment; `@` and `:` are written as they are (RFC 3986 §3.3 allows both). */
export function encodeSegment(segment: string): string {
  return encodeURIComponent(segment).replaceAll('%40', '@').replaceAll('%3A', ':');
}

const PLAIN = /^[\w.@:~-]+$/;

/** True for a segment that stands in an href, and in XML, as it is. */
export const isPlainName = (name: string): boolean =>
  PLAIN.test(name) && name.length <= LONGEST_SEGMENT && name !== '.' && name !== '..';

/** The href of what is no collection. */
export const hrefOf = (path: Path): string => `/${path.map(encodeSegment).join('/')}`;

/** The href of a collection: it ends with a slash. */
export const collectionHref = (path: Path): string => (path.length === 0 ? '/' : `${hrefOf(path)}/`);

/**
 * The path an href in a body or header means: an absolute path, or an absolute URI of this server, which goes by any of `hosts`.
 * Undefined when it names another server. Throws 400 as `parsePath` does.
 */
export function pathOfHref(href: string, hosts: readonly string[]): Path | undefined {
  const text = href.trim();
  if (text.startsWith('/') && !text.startsWith('//')) return parsePath(withoutQuery(text));
  const absolute = /^(?:[a-z][a-z0-9+.-]*:)?\/\/([^/?#]*)([^?#]*)/i.exec(text);
  if (!absolute) throw DavError.badRequest(`"${text.slice(0, 200)}" is neither an absolute path nor an absolute URI.`);
  const authority = absolute[1]!.replace(/^[^@]*@/, '');
  return hosts.some((host) => sameHost(authority, host)) ? parsePath(absolute[2]!) : undefined;
}

/** A default port may be left out behind a proxy: `example.com` and `example.com:443` are one server. */
function sameHost(a: string, b: string): boolean {
  const bare = (host: string) => host.toLowerCase().replace(/:(80|443)?$/, '');
  return bare(a) === bare(b);
}

function withoutQuery(text: string): string {
  return /^[^?#]*/.exec(text)![0];
}

/** A canonical text of a path for comparing and storing: decoded segments joined by slashes (no segment holds one). */
export function pathKey(path: Path): string {
  return path.join('/');
}
