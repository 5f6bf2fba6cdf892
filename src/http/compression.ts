/** Answers that are sent whole, compressed where the client takes it and it pays. */
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Context } from 'koa';

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
/** Shorter answers cost more to compress than to send. */
const WORTH_COMPRESSING = 1400;
/** For what is compressed anew for each answer: higher ones take much longer and save little. */
export const GZIP_LEVEL = 4;

/** Answers with octets, compressed where that pays. Status and type are set already. */
export async function answerWhole(ctx: Context, octets: Buffer): Promise<void> {
  if (octets.length < WORTH_COMPRESSING || !takesGzip(ctx)) {
    ctx.body = octets;
    return;
  }
  answerGzip(ctx, await compress(octets, { level: GZIP_LEVEL }));
}

/** Answers with what is compressed already: octets, or a stream of them. */
export function answerGzip(ctx: Context, zipped: Buffer | NodeJS.ReadableStream): void {
  ctx.set('Content-Encoding', 'gzip');
  ctx.vary('Accept-Encoding');
  ctx.body = zipped;
}

/** Does Accept-Encoding name gzip (RFC 9110 §12.5.3)? */
export function takesGzip(ctx: Context): boolean {
  return ctx
    .get('Accept-Encoding')
    .toLowerCase()
    .split(',')
    .some((part) => {
      const [coding, ...parameters] = part.split(';').map((text) => text.trim());
      const refused = parameters.some((text) => /^q=0(\.0*)?$/.test(text));
      return (coding === 'gzip' || coding === 'x-gzip') && !refused;
    });
}
