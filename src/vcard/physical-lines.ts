/** A stream of octets cut into physical lines, for files too large to hold. */

/** Chunks of any size, or the whole file. */
export type OctetSource = Uint8Array | AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

const LF = 10;
const CR = 13;

/** Cuts pieces of a stream into physical lines, one piece after the other. */
export interface LineCutter {
  /**
   * Hands over the lines of a piece that begin at or behind `at`, with their line ends (CRLF, LF, lone CR, CR CR LF), until
   * `take` says that it is enough. Returns where to go on; what no line end closes is kept for the next piece.
   */
  cut(piece: Buffer, at: number, take: (line: Buffer) => boolean): number;
  /** True when nothing is kept. */
  isEmpty(): boolean;
  /** What is kept when the stream ends. */
  rest(): Buffer;
}

/** A line longer than `maxLine` octets comes in several parts, so that memory stays bounded. Linear in the input. */
export function makeLineCutter(maxLine: number): LineCutter {
  let kept: Buffer[] = [];
  let size = 0;
  const rest = (): Buffer => {
    const line = kept.length === 1 ? kept[0]! : Buffer.concat(kept);
    kept = [];
    size = 0;
    return line;
  };
  const cut = (piece: Buffer, at: number, take: (line: Buffer) => boolean): number => {
    if (size > 0 && kept.at(-1)!.at(-1) === CR && piece[at] !== LF && piece[at] !== CR && take(rest())) return at;
    let from = at;
    const nextEnd = lineEnds(piece, at);
    for (let end = nextEnd(at); end > 0; end = nextEnd(end)) {
      const line = piece.subarray(from, end);
      if (size > 0) kept.push(line);
      from = end;
      if (take(size > 0 ? rest() : line)) return end;
    }
    if (from < piece.length) {
      kept.push(piece.subarray(from));
      size += piece.length - from;
    }
    if (size > maxLine) take(rest());
    return piece.length;
  };
  return { cut, isEmpty: () => size === 0, rest };
}

/** A whole file is taken in such pieces, so that the lines of one piece are few. */
const PIECE = 1 << 16;

/** The octets of a source in pieces of bounded size, without a leading byte order mark. */
export async function* piecesOf(source: OctetSource): AsyncGenerator<Buffer> {
  let first = true;
  for await (const chunk of source instanceof Uint8Array ? [source] : source) {
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
function lineEnds(octets: Buffer, from: number): (at: number) => number {
  const seek = (octet: number, at: number): number => {
    const found = octets.indexOf(octet, at);
    return found < 0 ? octets.length : found;
  };
  let lf = seek(LF, from);
  let cr = seek(CR, from);
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
