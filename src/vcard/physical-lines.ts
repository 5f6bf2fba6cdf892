/** A stream of octets cut into physical lines, for files too large to hold. */

/** Chunks of any size, or the whole file. */
export type OctetSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const LF = 10;
const CR = 13;

/**
 * Yields physical lines with their line ends (CRLF, LF, lone CR, CR CR LF), all that a chunk completes at once, a leading byte
 * order mark cut off. A line longer than `maxLine` octets comes in several parts, so that memory stays bounded. Linear in the input.
 */
export async function* physicalLines(source: OctetSource, maxLine: number): AsyncGenerator<Buffer[]> {
  let rest: Buffer[] = [];
  let restSize = 0;
  const flush = (): Buffer => {
    const line = rest.length === 1 ? rest[0]! : Buffer.concat(rest);
    rest = [];
    restSize = 0;
    return line;
  };
  for await (const octets of withoutByteOrderMark(source instanceof Uint8Array ? [source] : source)) {
    const lines: Buffer[] = [];
    if (restSize > 0 && rest.at(-1)!.at(-1) === CR && octets[0] !== LF && octets[0] !== CR) lines.push(flush());
    let from = 0;
    for (const end of lineEnds(octets)) {
      rest.push(octets.subarray(from, end));
      lines.push(flush());
      from = end;
    }
    if (from < octets.length) {
      rest.push(octets.subarray(from));
      restSize += octets.length - from;
    }
    if (restSize > maxLine) lines.push(flush());
    yield lines;
  }
  if (restSize > 0) yield [flush()];
}

/** A whole file is taken in such pieces, so that the lines of one piece are few. */
const PIECE = 1 << 16;

async function* withoutByteOrderMark(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of chunks) {
    if (chunk.length === 0) continue;
    const octets = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    let from = first && octets[0] === 0xef && octets[1] === 0xbb && octets[2] === 0xbf ? 3 : 0;
    first = false;
    for (; from < octets.length; from += PIECE) yield octets.subarray(from, from + PIECE);
  }
}

/** Octets behind each line end of one chunk. A run of CR at its end is left open: LF may follow in the next chunk. */
function* lineEnds(octets: Buffer): Generator<number> {
  let at = 0;
  let lf = octets.indexOf(LF);
  while (at < octets.length) {
    if (lf >= 0 && lf < at) lf = octets.indexOf(LF, at);
    const limit = lf < 0 ? octets.length : lf;
    let cr = octets.subarray(at, limit).indexOf(CR);
    if (cr < 0 && lf < 0) return;
    if (cr >= 0) {
      cr += at;
      while (cr < octets.length && octets[cr] === CR) cr++;
      if (cr === octets.length) return;
      at = octets[cr] === LF ? cr + 1 : cr;
    } else at = lf + 1;
    yield at;
  }
}
