/** Content lines back to octets: parameters with RFC 6868 carets, folds at 75 octets (RFC 6350 §3.2, RFC 5545 §3.1). */
import type { Parameter } from './content-line.ts';

/** What a line says, without its place in a source. `name` is written as given, so `X-ABLabel` keeps its letters. */
export interface LineContent {
  readonly group: string;
  readonly name: string;
  readonly params: readonly Parameter[];
  /** Already escaped for its property; line breaks in it are written as `\\n`, so that no value can end its line. */
  readonly value: string;
}

const FOLD_OCTETS = 75;

/** Unfolded text of a line: group, name, parameters, colon, value. */
export function formatContentLine(line: LineContent): string {
  const group = line.group === '' ? '' : `${line.group}.`;
  return `${group}${line.name}${line.params.map(formatParameter).join('')}:${escapeLineBreaks(line.value)}`;
}

/** Folded octets of a line with its line end. */
export function writeContentLine(line: LineContent, lineEnd = '\r\n'): Buffer {
  return foldText(formatContentLine(line), lineEnd);
}

/** `;NAME=value,"quoted;value"`, or `;TOKEN` for a nameless 2.1 parameter. */
export function formatParameter(param: Parameter): string {
  const values = param.values.map(formatParameterValue).join(',');
  return param.name === '' ? `;${values}` : `;${param.name}=${values}`;
}

const CARETS: Readonly<Record<string, string>> = { '^': '^^', '"': "^'", '\n': '^n' };

/** RFC 6868 §3.1: carets, quotes and line breaks are encoded, then the value is quoted where `,` `;` or `:` ask for it. */
function formatParameterValue(value: string): string {
  const encoded = value.replace(/\r\n?/g, '\n').replace(/[\^"\n]/g, (character) => CARETS[character]!);
  return /[,;:]/.test(encoded) ? `"${encoded}"` : encoded;
}

function escapeLineBreaks(value: string): string {
  return /[\r\n]/.test(value) ? value.replace(/\r\n|\r|\n/g, '\\n') : value;
}

/** Folds one unfolded text at 75 octets, never inside a character nor, where it can be helped, inside an emoji or accented letter. */
export function foldText(text: string, lineEnd = '\r\n'): Buffer {
  if (text.length * 3 <= FOLD_OCTETS || Buffer.byteLength(text) <= FOLD_OCTETS) return Buffer.from(text + lineEnd);
  const pieces: string[] = [];
  let from = 0;
  while (from < text.length) {
    const to = endOfPiece(text, from, pieces.length === 0 ? FOLD_OCTETS : FOLD_OCTETS - 1);
    pieces.push(text.slice(from, to));
    from = to;
  }
  return Buffer.from(pieces.join(`${lineEnd} `) + lineEnd);
}

/** End of the longest piece from `from` that takes at most `room` octets; at least one character. */
function endOfPiece(text: string, from: number, room: number): number {
  let octets = 0;
  let at = from;
  let breakable = from;
  let previous = 0;
  while (at < text.length) {
    const code = text.codePointAt(at)!;
    if (at > from && !joins(previous, code)) breakable = at;
    octets += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
    if (octets > room) return breakable > from ? breakable : at > from ? at : at + (code > 0xffff ? 2 : 1);
    at += code > 0xffff ? 2 : 1;
    previous = code;
  }
  return text.length;
}

const ZERO_WIDTH_JOINER = 0x200d;
const EXTENDS = /^(?:\p{M}|\p{Emoji_Modifier}|\u200d|[\u{e0020}-\u{e007f}])$/u;
const REGIONAL_INDICATOR = /^\p{Regional_Indicator}$/u;

/** True where a fold between the two characters would cut what people see as one sign. */
function joins(previous: number, next: number): boolean {
  if (next < 0x300) return false;
  if (previous === ZERO_WIDTH_JOINER) return true;
  const character = String.fromCodePoint(next);
  if (EXTENDS.test(character)) return true;
  return REGIONAL_INDICATOR.test(character) && REGIONAL_INDICATOR.test(String.fromCodePoint(previous));
}
