/** Fetching a file from another server: redirects one by one, conditions, and limits on time and size. */
import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { AppError } from '../base/errors.ts';
import { type ConnectRules, get } from './connect.ts';
import { remoteFailure, unreachable } from './remote-failure.ts';

export interface RemoteRequest {
  /** http, https, webcal or webcals. */
  readonly url: string;
  /** Accept header. */
  readonly accept: string;
  /** Validators of what the caller has. */
  readonly etag?: string | undefined;
  readonly lastModified?: string | undefined;
  /** Most octets, decompressed. */
  readonly maxOctets: number;
  /** For everything from the first lookup to the last octet. */
  readonly timeoutMs: number;
}

export type RemoteAnswer =
  | { readonly kind: 'unchanged' }
  | {
      readonly kind: 'content';
      readonly octets: Buffer;
      readonly etag: string | undefined;
      readonly lastModified: string | undefined;
    };

/** Throws AppError with a code of `remote-failure.ts` and `details.status` 422. */
export type FetchRemote = (request: RemoteRequest) => Promise<RemoteAnswer>;

const MOST_REDIRECTS = 5;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);
const LONGEST_VALIDATOR = 1000;

export function makeFetchRemote(rules: ConnectRules): FetchRemote {
  return async (request) => {
    const limit = new AbortController();
    const timer = setTimeout(() => {
      const seconds = Math.round(request.timeoutMs / 1000);
      limit.abort(remoteFailure('remote-timeout', `The file did not arrive within ${seconds} seconds.`));
    }, request.timeoutMs);
    try {
      return await fromAny(startsOf(request.url), request, rules, limit.signal);
    } finally {
      clearTimeout(timer);
    }
  };
}

/** Where to begin: webcal says nothing of encryption, so that it is tried first. */
function startsOf(text: string): URL[] {
  const webcal = /^webcal:/i.test(text);
  const first = urlOf(text.replace(/^webcals?:/i, 'https:'));
  return webcal ? [first, urlOf(text.replace(/^webcal:/i, 'http:'))] : [first];
}

/** Throws AppError 'remote-url' for anything but http and https. */
function urlOf(text: string, base?: URL): URL {
  const url = URL.parse(text, base?.href);
  if (url && (url.protocol === 'http:' || url.protocol === 'https:')) return url;
  const wanted = 'a URL that begins with https://, http:// or webcal://';
  throw remoteFailure('remote-url', `"${text.slice(0, 200)}" is not ${wanted}.`);
}

async function fromAny(
  starts: readonly URL[],
  request: RemoteRequest,
  rules: ConnectRules,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  const [start, ...others] = starts;
  try {
    return await follow(start!, request, rules, signal);
  } catch (error) {
    if (others.length === 0 || !(error instanceof AppError) || error.code !== 'remote-unreachable') throw error;
    return fromAny(others, request, rules, signal);
  }
}

async function follow(
  start: URL,
  request: RemoteRequest,
  rules: ConnectRules,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  const headers = headersOf(request);
  let url = start;
  for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
    const answer = await get(url, headers, rules, signal);
    const location = answer.headers.location;
    if (!REDIRECTS.has(answer.statusCode ?? 0) || location === undefined) return read(answer, url, request, signal);
    answer.destroy();
    const next = urlOf(location, url);
    // a password is for the server it was given for
    if (next.origin === url.origin && next.username === '') {
      next.username = url.username;
      next.password = url.password;
    }
    url = next;
  }
  throw remoteFailure('remote-redirects', `${start.host} redirects more than ${MOST_REDIRECTS} times.`);
}

function headersOf({ accept, etag, lastModified }: RemoteRequest): Record<string, string> {
  return {
    Accept: accept,
    'Accept-Encoding': 'gzip, deflate, br',
    'User-Agent': 'Doublon',
    ...(etag ? { 'If-None-Match': etag } : {}),
    ...(lastModified ? { 'If-Modified-Since': lastModified } : {}),
  };
}

async function read(
  answer: IncomingMessage,
  url: URL,
  request: RemoteRequest,
  signal: AbortSignal,
): Promise<RemoteAnswer> {
  const conditional = request.etag !== undefined || request.lastModified !== undefined;
  if (answer.statusCode === 304 && conditional) {
    answer.destroy();
    return { kind: 'unchanged' };
  }
  if (answer.statusCode !== 200) {
    answer.destroy();
    throw remoteFailure('remote-status', `${url.host} answers with status ${answer.statusCode}.`);
  }
  try {
    const octets = await octetsOf(answer, request.maxOctets);
    return {
      kind: 'content',
      octets,
      etag: answer.headers.etag?.slice(0, LONGEST_VALIDATOR),
      lastModified: answer.headers['last-modified']?.slice(0, LONGEST_VALIDATOR),
    };
  } catch (error) {
    throw signal.aborted ? signal.reason : unreachable(url.host, error);
  }
}

const DECODERS = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/** The body, decompressed; stops reading at the limit, so that a small file cannot unfold into a huge one. */
async function octetsOf(answer: IncomingMessage, maxOctets: number): Promise<Buffer> {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const chunks: Buffer[] = [];
  let size = 0;
  const collect = async (source: AsyncIterable<Buffer>) => {
    for await (const chunk of source) {
      size += chunk.length;
      if (size > maxOctets) {
        throw remoteFailure('remote-too-large', `The file is larger than ${maxOctets} octets, which is the limit.`);
      }
      chunks.push(chunk);
    }
  };
  if (encoding === 'identity' || encoding === '') await pipeline(answer, collect);
  else if (Object.hasOwn(DECODERS, encoding)) {
    await pipeline(answer, DECODERS[encoding as keyof typeof DECODERS](), collect);
  } else {
    answer.destroy();
    throw remoteFailure(
      'remote-encoding',
      `The file is compressed as "${encoding.slice(0, 40)}", which is not asked for.`,
    );
  }
  return Buffer.concat(chunks);
}
