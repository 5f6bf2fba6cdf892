/** The first file of a multipart/form-data body as a stream (RFC 7578), with bounded memory. */
import { AppError } from '../base/errors.ts';

const LARGEST_HEAD = 16 * 1024;
const HEAD_END = Buffer.from('\r\n\r\n');

/** The boundary that a Content-Type names; throws AppError 'no-boundary'. */
export function boundaryOf(contentType: string): string {
  const [, quoted, plain] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;]{1,70}))/i.exec(contentType) ?? [];
  const boundary = quoted ?? plain;
  if (boundary) return boundary;
  throw new AppError('invalid', 'no-boundary', 'The multipart body does not say its boundary.');
}

/**
 * Yields the octets of the first part that has a file name; parts before it are passed over, and what follows it is read
 * and dropped. Throws AppError 'no-file' when there is none, 'broken-multipart' when the body ends inside it.
 */
export async function* firstFile(source: AsyncIterable<Uint8Array>, boundary: string): AsyncGenerator<Buffer> {
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  // the first boundary has no line end before it: one is lent to it
  let rest: Buffer = Buffer.from('\r\n');
  let state: 'preamble' | 'head' | 'file' | 'other' | 'done' = 'preamble';
  for await (const chunk of source) {
    if (state === 'done') continue;
    rest = Buffer.concat([rest, chunk]);
    for (;;) {
      if (state === 'head') {
        const end = rest.indexOf(HEAD_END);
        if (end < 0) break;
        state = /;\s*filename\*?=/i.test(rest.toString('latin1', 0, end)) ? 'file' : 'other';
        rest = rest.subarray(end + HEAD_END.length);
      }
      const at = rest.indexOf(delimiter);
      // what may be the beginning of a delimiter waits for the next chunk
      const safe = at >= 0 ? at : Math.max(0, rest.length - delimiter.length);
      if (state === 'file' && safe > 0) yield rest.subarray(0, safe);
      rest = rest.subarray(at >= 0 ? at + delimiter.length : safe);
      if (at < 0) break;
      state = state === 'file' ? 'done' : 'head';
      if (state === 'done') break;
    }
    if (state === 'head' && rest.length > LARGEST_HEAD) {
      throw new AppError('invalid', 'broken-multipart', `The head of a part is larger than ${LARGEST_HEAD} octets.`);
    }
  }
  if (state === 'file') throw new AppError('invalid', 'broken-multipart', 'The body ends inside the file.');
  if (state !== 'done') throw new AppError('invalid', 'no-file', 'The form holds no file.');
}
