/** Values of content lines as text for comparing and for people. */
import type { ContentLine } from '../contentline/content-line.ts';
import { decodedValue, splitValue, unescapeText } from '../contentline/value.ts';

/** The value with encoding and escapes undone and outer white space cut. */
export function plainText(line: ContentLine): string {
  return unescapeText(decodedValue(line)).trim();
}

/** Components of a structured value (N, ADR, ORG), escapes undone, each trimmed. */
export function components(line: ContentLine): string[] {
  return splitValue(decodedValue(line), ';').map((part) => unescapeText(part).trim());
}

/** Items of a list value (CATEGORIES, NICKNAME), escapes undone, empty ones left out. */
export function listItems(line: ContentLine): string[] {
  return splitValue(decodedValue(line), ',')
    .map((part) => unescapeText(part).trim())
    .filter((part) => part !== '');
}

/** Lower case, one space between words, composed letters: spellings that differ only so are the same text. */
export function folded(text: string): string {
  return text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Components in the order in which people read them, empty ones left out. */
export function joined(parts: readonly (string | undefined)[], separator: string): string {
  return parts.filter((part) => part !== undefined && part !== '').join(separator);
}

/** `Dr. Anna Maria Muster` from family; given; additional; prefixes; suffixes. */
export function spokenName(line: ContentLine): string {
  const [family, given, additional, prefix, suffix] = components(line);
  return joined([prefix, given, additional, family, suffix], ' ');
}

/** `Hauptstr. 1, 10115 Berlin, Germany` from box; extended; street; locality; region; code; country. */
export function spokenAddress(line: ContentLine): string {
  const [box, extended, street, locality, region, code, country] = components(line);
  return joined([box, extended, street, joined([code, locality], ' '), region, country], ', ');
}
