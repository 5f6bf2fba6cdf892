/** Request bodies: read whole up to a limit, content encodings undone, so that no client can fill the memory. */
import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';

const DECODERS: Readonly<Record<string, (octets: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>>> = {
  gzip: promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  'x-gzip': promisify<Buffer, { maxOutputLength: number }, Buffer>(gunzip),
  deflate: promisify<Buffer, { maxOutputLength: number }, Buffer>(inflate),
  br: promisify<Buffer, { maxOutputLength: number }, Buffer>(brotliDecompress),
};

/** What is read beyond the limit and thrown away: a client that is still sending would never see the answer. */
const DRAINED = 64 * 1024 * 1024;

const read = new WeakMap<IncomingMessage, Promise<Buffer>>();

/**
 * The whole body, at most `limit` octets before and after decoding; asked again, the same. Throws AppError `tooLarge` (`body-too-large`; the
 * connection is closed after the answer) or `invalid` (`unknown-encoding`, `broken-encoding`, `body-cut-short`).
 */
export function readBody(ctx: Context, limit: number): Promise<Buffer> {
  const known = read.get(ctx.req) ?? readOnce(ctx, limit);
  read.set(ctx.req, known);
  return known;
}

async function readOnce(ctx: Context, limit: number): Promise<Buffer> {
  const announced = Number(ctx.get('Content-Length') || 0);
  if (announced > limit + DRAINED) throw tooLarge(ctx, limit);
  const chunks = await received(ctx.req, limit);
  if (!chunks) throw tooLarge(ctx, limit);
  const body = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  return decoded(ctx, body, limit);
}

/**
 * What a client sends, or undefined when that is more than `limit` octets. By events: an iterator over the stream costs more than
 * all else of a short body.
 */
function received(request: IncomingMessage, limit: number): Promise<Buffer[] | undefined> {
  return new Promise((resolve, reject) => {
    const cutShort = (error?: Error) =>
      reject(
        new AppError('invalid', 'body-cut-short', 'The connection ended before the whole body arrived.', {}, error),
      );
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= limit) chunks.push(chunk);
      else chunks.length = 0;
      if (size <= limit + DRAINED) return;
      resolve(undefined);
      request.destroy();
    });
    request.on('end', () => resolve(size > limit ? undefined : chunks));
    request.on('error', cutShort);
    // without an error where nobody listened for one when the client went away
    const closed = () => {
      if (!request.readableEnded) cutShort();
    };
    request.on('close', closed);
    if (request.destroyed) closed();
  });
}

async function decoded(ctx: Context, body: Buffer, limit: number): Promise<Buffer> {
  const encoding = ctx.get('Content-Encoding').trim().toLowerCase();
  if (encoding === '' || encoding === 'identity' || body.length === 0) return body;
  const decode = DECODERS[encoding];
  if (!decode) {
    throw new AppError('invalid', 'unknown-encoding', `The content encoding "${encoding}" is not known here.`, {
      status: 415,
    });
  }
  try {
    return await decode(body, { maxOutputLength: limit });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(ctx, limit);
    throw new AppError('invalid', 'broken-encoding', `The body is no valid ${encoding} stream.`, {}, error);
  }
}

function tooLarge(ctx: Context, limit: number): AppError {
  ctx.set('Connection', 'close');
  return new AppError('tooLarge', 'body-too-large', `The body is larger than ${limit} octets.`, { limit });
}
