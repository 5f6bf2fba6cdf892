/** A file of many cards cut into single ones, octet for octet, with bounded memory (RFC 6350 §3.3: a text/vcard body may hold several). */
import { makeLineCutter, type OctetSource, piecesOf } from './physical-lines.ts';

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
export async function* splitCards(source: OctetSource, limits: SplitLimits): AsyncGenerator<SplitItem> {
  for await (const items of splitCardBatches(source, limits)) for (const item of items) yield item;
}

/** As `splitCards`, all of one piece of the source at once: waiting for each card takes longer than cutting it. */
export async function* splitCardBatches(
  source: OctetSource,
  limits: SplitLimits,
): AsyncGenerator<readonly SplitItem[]> {
  const place: Place = { line: 0 };
  const splitter = createSplitter(limits, place);
  const lines = makeLineCutter(limits.maxSize);
  let found: SplitItem[] = [];
  const take = (line: Buffer): boolean => {
    for (const item of splitter.take(line)) found.push(item);
    return splitter.isBetween();
  };
  for await (const piece of piecesOf(source)) {
    for (let at = 0; at < piece.length; ) {
      if (lines.isEmpty() && splitter.isBetween()) at = takePlain(piece, at, limits, place, found);
      if (at < piece.length) at = lines.cut(piece, at, take);
    }
    if (found.length > 0) yield found;
    found = [];
  }
  if (!lines.isEmpty()) take(lines.rest());
  yield [...found, ...splitter.finish()];
}

/** Number of the line that was taken last. */
interface Place {
  line: number;
}

export type SplitItem = SplitCard | SplitProblem;

/** What most lines complete. */
const NOTHING: readonly SplitItem[] = [];

interface Splitter {
  take(line: Buffer): readonly SplitItem[];
  /** True when a line begins that belongs to nothing yet. */
  isBetween(): boolean;
  finish(): readonly SplitItem[];
}

const EXCERPT = 200;

/** The state between lines: inside a card (its pieces and depth) or between cards (junk so far). */
function createSplitter({ maxSize }: SplitLimits, place: Place): Splitter {
  let pieces: Buffer[] = [];
  let size = 0;
  let depth = 0;
  let startedAt = 1;
  let agent = false;
  /** False inside a line so long that it comes in parts. */
  let lineStarts = true;
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
    startedAt = place.line;
    keep(line);
  };
  const close = (): readonly SplitItem[] => {
    if (open === undefined) return NOTHING;
    const octets = Buffer.concat(pieces);
    const complete = open === 'card' && depth === 0;
    const kind = open === 'junk' ? 'junk' : size > maxSize ? 'too-large' : complete ? 'card' : 'unclosed';
    open = undefined;
    depth = 0;
    pieces = [];
    if (kind === 'card') return [{ kind, octets, line: startedAt }];
    return [{ kind, line: startedAt, excerpt: octets.toString('utf8', 0, EXCERPT).trim() }];
  };

  const take = (line: Buffer): readonly SplitItem[] => {
    const mark = lineStarts ? markOf(line) : undefined;
    if (lineStarts) place.line++;
    lineStarts = isLineEnd(line[line.length - 1]);
    if (open === 'card' && (mark === 'agent-begin' || (mark === 'begin' && agent))) {
      depth++;
      keep(line);
    } else if (mark === 'begin') {
      const before = close();
      start('card', line);
      depth = 1;
      agent = false;
      return before;
    } else if (open === 'card') {
      keep(line);
      if (mark === 'end' && --depth === 0) return close();
    } else if (mark !== 'blank') {
      if (open === 'junk') keep(line);
      else start('junk', line);
    }
    if (mark !== 'blank') agent = mark === 'agent';
    return NOTHING;
  };
  const isBetween = (): boolean => open === undefined && lineStarts;
  return { take, isBetween, finish: close };
}

const LAST_LINE = Buffer.from('\nEND:VCARD');
/** `B`. */
const FIRST_OCTET = 66;
const FIRST_LINE = /^BEGIN:VCARD\r?\n/;
/** Lone CRs, and what may be a card within the card or its end in another spelling: to be looked at line by line. */
const UNUSUAL = /\r(?!\n)|[\n.](?:BEGIN|END|AGENT)/i;

/** Adds the cards of a piece to `found` that follow each other from `from` on and are plain; returns the place behind them. */
function takePlain(piece: Buffer, from: number, { maxSize }: SplitLimits, place: Place, found: SplitItem[]): number {
  let at = from;
  for (let card = plainCard(piece, at); card && card.end - at <= maxSize; card = plainCard(piece, at)) {
    found.push({ kind: 'card', octets: piece.subarray(at, card.end), line: place.line + 1 });
    place.line += card.lines;
    at = card.end;
  }
  return at;
}

/** Where a card ends that begins at `at` and is written as nearly all are, and how many lines it has; undefined for all else. */
function plainCard(piece: Buffer, at: number): { readonly end: number; readonly lines: number } | undefined {
  // the end is sought behind a beginning only: behind each of many blank lines it would be sought in the whole piece
  if (piece[at] !== FIRST_OCTET) return undefined;
  const last = piece.indexOf(LAST_LINE, at);
  if (last < 0) return undefined;
  let end = last + LAST_LINE.length;
  if (piece[end] === 13) end++;
  if (piece[end++] !== 10) return undefined;
  const text = piece.toString('latin1', at, last + 1);
  if (!FIRST_LINE.test(text) || UNUSUAL.test(text)) return undefined;
  let lines = 1;
  for (let lf = text.indexOf('\n'); lf >= 0; lf = text.indexOf('\n', lf + 1)) lines++;
  return { end, lines };
}

/** `agent`: AGENT with nothing behind it, so that the next BEGIN belongs to it (vCard 2.1 §2.4.3); `agent-begin`: with BEGIN behind it. */
type Mark = 'begin' | 'end' | 'agent' | 'agent-begin' | 'blank' | undefined;

const MARKS: readonly { readonly mark: Mark; readonly pattern: RegExp }[] = [
  { mark: 'begin', pattern: /^BEGIN[ \t]*:[ \t]*VCARD\s*$/i },
  { mark: 'end', pattern: /^END[ \t]*:[ \t]*VCARD\s*$/i },
  { mark: 'agent', pattern: /^(?:[\w-]+\.)?AGENT\b[^:]*:\s*$/i },
  { mark: 'agent-begin', pattern: /^(?:[\w-]+\.)?AGENT\b[^:]*:\s*BEGIN:VCARD\s*$/i },
  { mark: 'blank', pattern: /^\s*$/ },
];
/** Most lines are none of them: their first octet, or what stands behind the dot of their group, is tried first. */
const DOT = 46;
const FIRST_OCTETS = new Set(Buffer.from('BEAbea \t\v\f\xa0\r\n', 'latin1'));
const GROUPED_AGENT = /\.AGENT/i;
/** A line that says more than this is none of them, except for very long blank ones, which may count as junk. */
const LONGEST_MARK = 80;

function markOf(line: Buffer): Mark {
  if (line.length > LONGEST_MARK) return undefined;
  if (line[0] === 13 || line[0] === 10) return 'blank';
  const grouped = !FIRST_OCTETS.has(line[0]!);
  if (grouped && line.indexOf(DOT) < 0) return undefined;
  const text = line.toString('latin1');
  if (grouped && !GROUPED_AGENT.test(text)) return undefined;
  return MARKS.find(({ pattern }) => pattern.test(text))?.mark;
}

const isLineEnd = (octet: number | undefined): boolean => octet === 10 || octet === 13;
