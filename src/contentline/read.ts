/** Octets to content lines: unfolds bytes before decoding (RFC 5545 §3.1: a fold may stand inside a UTF-8 character). */
import { isAscii } from 'node:buffer';
import { decodeCharset } from './charset.ts';
import type { ContentLine } from './content-line.ts';
import { parseContentLine } from './parse-line.ts';

const LF = 10;
const CR = 13;
const SPACE = 32;
const TAB = 9;
const EQUALS = 61;
const COLON = 58;
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const CHARSET = /;charset="?([\w.:-]{1,40})"?[;:]/i;
const QUOTED_PRINTABLE = /[;=]quoted-printable(?:[;:,]|$)/i;

/**
 * Reads every logical line of a vCard or iCalendar stream. Takes CRLF, LF and lone CR line ends, a byte order mark,
 * folds by space or tab, and the soft line breaks of quoted-printable 2.1 values. Blank lines are skipped; no other line is.
 * Linear in the input; never throws.
 */
export function readContentLines(octets: Uint8Array): ContentLine[] {
  const source = Buffer.from(octets.buffer, octets.byteOffset, octets.byteLength);
  const lines: ContentLine[] = [];
  const newline = source.indexOf(LF) < 0 ? CR : LF;
  let at = source.length >= 3 && source[0] === 0xef && source[1] === 0xbb && source[2] === 0xbf ? 3 : 0;
  let number = 1;
  const text = asciiText(source);
  while (at < source.length) {
    const plain = text === undefined ? unfoldPlain(source, at, newline) : asciiPlain(text, at, newline);
    const logical = plain ?? unfoldOne(source, at, newline);
    if (logical.text.trim() !== '') lines.push(parseContentLine(logical.text, at, logical.end, number));
    at = logical.end;
    number += logical.physicalLines;
  }
  return lines;
}

/** The unfolded text of one line of `octets`, as written: head with its own letter case, quotes and carets, then colon and value. */
export function unfoldedText(octets: Uint8Array, line: ContentLine): string {
  const source = Buffer.from(octets.buffer, octets.byteOffset + line.start, line.end - line.start);
  if (source.length === 0) return '';
  const unended = line.end === octets.length && octets.includes(LF);
  const newline = unended || source.includes(LF) ? LF : CR;
  return (unfoldPlain(source, 0, newline) ?? unfoldOne(source, 0, newline)).text;
}

interface LogicalLine {
  readonly text: string;
  /** Octet behind the line end. */
  readonly end: number;
  readonly physicalLines: number;
}

/** Reads the logical line that starts at octet `start`: physical lines up to one that no fold or soft break continues. */
function unfoldOne(source: Buffer, start: number, newline: number): LogicalLine {
  const pieces: Buffer[] = [];
  let at = start;
  let quotedPrintable: boolean | undefined;
  for (;;) {
    const stop = source.indexOf(newline, at);
    let last = stop < 0 ? source.length : stop;
    while (last > at && source[last - 1] === CR) last--;
    const from = at;
    at = stop < 0 ? source.length : stop + 1;
    const open = at < source.length;
    const equals = open && last > from && source[last - 1] === EQUALS;
    if (equals) quotedPrintable ??= isQuotedPrintableHead(pieces[0] ?? source.subarray(from, last));
    const soft = equals && quotedPrintable === true && !startsFrame(source, at);
    pieces.push(source.subarray(from, soft ? last - 1 : last));
    if (soft) continue;
    if (!open || (source[at] !== SPACE && source[at] !== TAB)) break;
    at++;
  }
  const bytes = pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
  return { text: decode(bytes), end: at, physicalLines: pieces.length };
}

/** Longer sources hold photos, whose text is not worth a second copy. */
const LONGEST_ASCII = 1 << 16;

/** All of an ASCII source at once: every octet is one letter there. */
const asciiText = (source: Buffer): string | undefined =>
  source.length <= LONGEST_ASCII && isAscii(source) ? source.toString('latin1') : undefined;

/** As `unfoldPlain`, for ASCII. */
function asciiPlain(text: string, start: number, newline: number): LogicalLine | undefined {
  const stop = text.indexOf(newline === LF ? '\n' : '\r', start);
  if (stop < 0) return undefined;
  let last = stop;
  while (last > start && text.charCodeAt(last - 1) === CR) last--;
  const after = text.charCodeAt(stop + 1);
  if (after === SPACE || after === TAB || (last > start && text.charCodeAt(last - 1) === EQUALS)) return undefined;
  return { text: text.slice(start, last), end: stop + 1, physicalLines: 1 };
}

/** Most lines are neither folded nor end in `=`: they are read without cutting the octets. Undefined for all others. */
function unfoldPlain(source: Buffer, start: number, newline: number): LogicalLine | undefined {
  const stop = source.indexOf(newline, start);
  if (stop < 0) return undefined;
  let last = stop;
  while (last > start && source[last - 1] === CR) last--;
  const after = source[stop + 1];
  if (after === SPACE || after === TAB || (last > start && source[last - 1] === EQUALS)) return undefined;
  const text = source.toString('utf8', start, last);
  if (text.includes('\ufffd')) return undefined;
  return { text, end: stop + 1, physicalLines: 1 };
}

function isQuotedPrintableHead(first: Buffer): boolean {
  const colon = first.indexOf(COLON);
  return colon > 0 && QUOTED_PRINTABLE.test(first.toString('latin1', 0, colon + 1));
}

/** A stray `=` at the end of the last value must not swallow the line that closes the card. */
function startsFrame(source: Buffer, at: number): boolean {
  return /^(?:BEGIN|END):V/i.test(source.toString('latin1', at, at + 7));
}

/**
 * UTF-8; where the octets are not UTF-8 (old exports) the CHARSET that the head names, or Windows-1252.
 * Text for reading only: the bytes stay as they are.
 */
function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes);
  } catch {
    const charset = CHARSET.exec(bytes.toString('latin1', 0, Math.max(0, bytes.indexOf(COLON)) + 1))?.[1];
    return decodeCharset(bytes, charset ?? 'windows-1252');
  }
}
