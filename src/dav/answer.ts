/** Sending answers: multistatus streams with bounded memory, compressed when the client takes it and it pays. */
import { Readable } from 'node:stream';
import type { Context } from 'koa';
import { answerStream, answerWhole } from '../http/compression.ts';
import { dav } from '../xml/names.ts';
import { documentEnds } from '../xml/write.ts';

/** Up to here an answer is sent whole, with its length; beyond, as a stream. */
const WHOLE = 256 * 1024;
const CHUNK = 64 * 1024;

/** Pieces of XML, one after the other, each any number of DAV:response elements. */
export type Pieces = AsyncIterable<string> | Iterable<string>;

/**
 * Answers 207 with the pieces inside DAV:multistatus. What fails before about 256 kB are written becomes an ordinary error
 * answer; a later failure breaks the connection, so that a cut list is never taken for a whole one.
 */
export async function answerMultistatus(ctx: Context, pieces: Pieces): Promise<void> {
  const { start, end } = documentEnds(dav('multistatus'));
  await answerXml(ctx, 207, enclosed(start, pieces, end));
}

async function* enclosed(start: string, pieces: Pieces, end: string): AsyncGenerator<string> {
  yield start;
  yield* pieces;
  yield end;
}

/** Answers with an XML document in pieces. */
export async function answerXml(ctx: Context, status: number, pieces: AsyncIterable<string>): Promise<void> {
  const iterator = pieces[Symbol.asyncIterator]();
  let head = '';
  let step = await iterator.next();
  for (; !step.done; step = await iterator.next()) {
    head += step.value;
    if (head.length > WHOLE) break;
  }
  ctx.status = status;
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
  if (step.done) return answerWhole(ctx, Buffer.from(head, 'utf8'));
  answerStream(ctx, Readable.from(chunked(head, iterator), { objectMode: false, highWaterMark: CHUNK }));
}

async function* chunked(head: string, rest: AsyncIterator<string>): AsyncGenerator<Buffer> {
  let text = head;
  for (;;) {
    if (text.length >= CHUNK) {
      yield Buffer.from(text, 'utf8');
      text = '';
    }
    const step = await rest.next();
    if (step.done) break;
    text += step.value;
  }
  if (text !== '') yield Buffer.from(text, 'utf8');
}
