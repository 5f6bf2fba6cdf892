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
    const nextEnd = lineEnds(octets);
    for (let end = nextEnd(0); end > 0; end = nextEnd(end)) {
      const line = octets.subarray(from, end);
      if (rest.length > 0) rest.push(line);
      lines.push(rest.length > 0 ? flush() : line);
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

/**
 * Tells the octet behind the first line end of one chunk at or behind a place, 0 where there is none; places must grow. A run
 * of CR at its end is left open: LF may follow in the next chunk.
 */
function lineEnds(octets: Buffer): (at: number) => number {
  const seek = (octet: number, at: number): number => {
    const found = octets.indexOf(octet, at);
    return found < 0 ? octets.length : found;
  };
  let lf = seek(LF, 0);
  let cr = seek(CR, 0);
  return (at) => {
    if (lf < at) lf = seek(LF, at);
    if (cr < at) cr = seek(CR, at);
    if (cr < lf) {
      let end = cr;
      while (octets[end] === CR) end++;
      if (end >= octets.length) return 0;
      return octets[end] === LF ? end + 1 : end;
    }
    return lf < octets.length ? lf + 1 : 0;
  };
}
