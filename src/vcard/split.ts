/** A file of many cards cut into single ones, octet for octet, with bounded memory (RFC 6350 §3.3: a text/vcard body may hold several). */
import { type OctetSource, physicalLines } from './physical-lines.ts';

/** One card of a file. */
export interface SplitCard {
  readonly kind: 'card';
  /** From BEGIN:VCARD to the line end of its END:VCARD, as in the file. */
  readonly octets: Buffer;
  /** 1-based physical line of its BEGIN in the file. */
  readonly line: number;
}

/** What a file holds beside cards: text between them, a card without its end, a card over the limit. */
export interface SplitProblem {
  readonly kind: 'junk' | 'unclosed' | 'too-large';
  readonly line: number;
  /** The first 200 octets of what was passed over, as text. */
  readonly excerpt: string;
}

export interface SplitLimits {
  /** Most octets of one card; a longer one is passed over and reported as `too-large`. */
  readonly maxSize: number;
}

/**
 * Yields the cards of a `.vcf` file and what was passed over, in order. Takes LF, CRLF and lone CR line ends, a byte order
 * mark, blank lines between cards, and cards inside cards (the AGENT of 2.1). Holds at most one card and one chunk.
 * A BEGIN:VCARD that no AGENT line opens, inside a card that was never closed, starts a new card: the cut one is reported.
 */
export async function* splitCards(source: OctetSource, limits: SplitLimits): AsyncGenerator<SplitCard | SplitProblem> {
  const splitter = createSplitter(limits);
  for await (const line of physicalLines(source, limits.maxSize)) yield* splitter.take(line);
  yield* splitter.finish();
}

type SplitItem = SplitCard | SplitProblem;

interface Splitter {
  take(line: Buffer): SplitItem[];
  finish(): SplitItem[];
}

const EXCERPT = 200;

/** The state between lines: inside a card (its pieces and depth) or between cards (junk so far). */
function createSplitter({ maxSize }: SplitLimits): Splitter {
  let pieces: Buffer[] = [];
  let size = 0;
  let depth = 0;
  let startedAt = 1;
  let number = 0;
  let agent = false;
  let open: 'card' | 'junk' | undefined;

  const keep = (line: Buffer): void => {
    size += line.length;
    if (size <= maxSize || size - line.length < EXCERPT) pieces.push(line);
    else if (pieces.length > 1) pieces = [Buffer.concat(pieces).subarray(0, EXCERPT)];
  };
  const start = (kind: 'card' | 'junk', line: Buffer): void => {
    open = kind;
    pieces = [];
    size = 0;
    startedAt = number;
    keep(line);
  };
  const close = (): SplitItem[] => {
    if (open === undefined) return [];
    const octets = Buffer.concat(pieces);
    const complete = open === 'card' && depth === 0;
    const kind = open === 'junk' ? 'junk' : size > maxSize ? 'too-large' : complete ? 'card' : 'unclosed';
    open = undefined;
    depth = 0;
    pieces = [];
    if (kind === 'card') return [{ kind, octets, line: startedAt }];
    return [{ kind, line: startedAt, excerpt: octets.toString('utf8', 0, EXCERPT).trim() }];
  };

  const take = (line: Buffer): SplitItem[] => {
    number++;
    const frame = frameOf(line);
    if (open === 'card' && ((frame === 'begin' && agent) || opensAgent(line))) {
      depth++;
      keep(line);
    } else if (frame === 'begin') {
      const before = close();
      start('card', line);
      depth = 1;
      agent = false;
      return before;
    } else if (open === 'card') {
      keep(line);
      if (frame === 'end' && --depth === 0) return close();
    } else if (!isBlank(line)) {
      if (open === 'junk') keep(line);
      else start('junk', line);
    }
    if (frame !== undefined || !isBlank(line)) agent = isAgent(line);
    return [];
  };
  return { take, finish: close };
}

const head = (line: Buffer): string => line.toString('latin1', 0, 60);

function frameOf(line: Buffer): 'begin' | 'end' | undefined {
  const match = /^(?:ï»¿)?\s*(BEGIN|END)[ \t]*:[ \t]*VCARD[ \t\r\n]*$/i.exec(head(line));
  if (match === null || line[0] === 32 || line[0] === 9) return undefined;
  return match[1]!.toUpperCase() === 'BEGIN' ? 'begin' : 'end';
}

/** `AGENT:` with nothing behind it: the next BEGIN belongs to it (vCard 2.1 §2.4.3). */
const isAgent = (line: Buffer): boolean => /^(?:[\w-]+\.)?AGENT\b[^:]*:\s*$/i.test(head(line));

/** The same with the BEGIN on its own line. */
const opensAgent = (line: Buffer): boolean => /^(?:[\w-]+\.)?AGENT\b[^:]*:\s*BEGIN:VCARD\s*$/i.test(head(line));

const isBlank = (line: Buffer): boolean => line.length < 1000 && line.toString('latin1').trim() === '';
