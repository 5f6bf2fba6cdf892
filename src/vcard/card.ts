/** A card as an ordered list of content lines over its original octets (RFC 6350, RFC 2426, vCard 2.1). */
import type { ContentLine } from '../contentline/content-line.ts';
import { readContentLines } from '../contentline/read.ts';
import { decodedValue, unescapeText } from '../contentline/value.ts';

export interface Card {
  /** The octets the lines point into: never rewritten. */
  readonly octets: Buffer;
  /** All lines in order, BEGIN and END included, unknown and unreadable ones too. */
  readonly lines: readonly ContentLine[];
  /** `2.1`, `3.0`, `4.0`, or the empty string when the card names none. */
  readonly version: string;
}

/** Reads one card. Never throws: whether the text is a card at all is `validateCard`'s question. */
export function readCard(octets: Uint8Array): Card {
  const source = Buffer.isBuffer(octets) ? octets : Buffer.from(octets);
  const lines = readContentLines(source);
  return { octets: source, lines, version: lines.find((line) => line.name === 'VERSION')?.value.trim() ?? '' };
}

/** The lines called `name` (upper case), whatever their group. */
export function linesNamed(card: Card, name: string): ContentLine[] {
  return card.lines.filter((line) => line.name === name);
}

/** First value of `name` as text: transfer encoding and escapes undone, outer white space cut; undefined when absent. */
export function textOf(card: Card, name: string): string | undefined {
  const line = card.lines.find((candidate) => candidate.name === name);
  return line && unescapeText(decodedValue(line)).trim();
}

/** The card's UID as written, or undefined when it has none or an empty one (RFC 6350 §6.7.6). */
export function uidOf(card: Card): string | undefined {
  return textOf(card, 'UID') || undefined;
}

/** True for a group card in either form: `KIND:group` (RFC 6350 §6.1.4) or Apple's `X-ADDRESSBOOKSERVER-KIND:group`. */
export function isGroup(card: Card): boolean {
  return card.lines.some(
    (line) => (line.name === 'KIND' || line.name === 'X-ADDRESSBOOKSERVER-KIND') && /^\s*group\s*$/i.test(line.value),
  );
}
