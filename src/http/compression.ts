/** Answers compressed where the client takes it and it pays. */
import { pipeline, type Readable } from 'node:stream';
import { promisify } from 'node:util';
import { constants, createGzip, gzip } from 'node:zlib';
import type { Context } from 'koa';

const compress = promisify<Buffer, { level: number }, Buffer>(gzip);
/** Shorter answers cost more to compress than to send. */
const WORTH_COMPRESSING = 1400;
/** For what is compressed anew for each answer: higher ones take much longer and save little. */
const GZIP_LEVEL = 4;

/** Answers with octets, compressed where that pays. Status and type are set already. */
export async function answerWhole(ctx: Context, octets: Buffer): Promise<void> {
  if (octets.length < WORTH_COMPRESSING || !takesGzip(ctx)) {
    ctx.body = octets;
    return;
  }
  answerGzip(ctx, await compress(octets, { level: GZIP_LEVEL }));
}

/** Answers with a stream, compressed on its way. */
export function answerStream(ctx: Context, octets: Readable): void {
  if (!takesGzip(ctx)) {
    ctx.body = octets;
    return;
  }
  const zip = createGzip({ level: GZIP_LEVEL, flush: constants.Z_NO_FLUSH });
  // a client that goes away ends the source, too; a failure in it ends the answer
  answerGzip(
    ctx,
    pipeline(octets, zip, () => {}),
  );
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
