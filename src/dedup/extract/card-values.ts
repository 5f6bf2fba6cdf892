/** A card's lines by property, and their values as text of a sane length. */
import type { ContentLine } from '../../contentline/content-line.ts';
import { decodedValue, unescapeText } from '../../contentline/value.ts';
import type { Card } from '../../vcard/card.ts';
import { EMPTY } from '../empty.ts';

/** More values of one property than a person has: the rest of a broken or hostile card is not compared. */
const VALUE_LIMIT = 24;
/** Longest text that is looked at; names and numbers are far shorter. */
export const TEXT_LIMIT = 300;

/** Lines of a card by the name of their property, in upper case. */
export type Lines = ReadonlyMap<string, readonly ContentLine[]>;

/** The first `VALUE_LIMIT` lines of each property. */
export function byName(card: Card): Lines {
  const lines = new Map<string, ContentLine[]>();
  for (const line of card.lines) {
    const same = lines.get(line.name);
    if (!same) lines.set(line.name, [line]);
    else if (same.length < VALUE_LIMIT) same.push(line);
  }
  return lines;
}

/** Values of a property with transfer encoding undone and escapes kept, cut to a sane length. */
export function raw(lines: Lines, name: string): readonly string[] {
  return lines.get(name)?.map((line) => decodedValue(line).slice(0, TEXT_LIMIT)) ?? EMPTY;
}

/** Values of a property as text, unescaped and cut to a sane length. */
export function texts(lines: Lines, name: string): readonly string[] {
  return lines.get(name)?.map(textOf) ?? EMPTY;
}

const textOf = (line: ContentLine): string => unescapeText(decodedValue(line).slice(0, TEXT_LIMIT)).trim();

/** The first value of a property as text. */
export function first(lines: Lines, name: string): string | undefined {
  const line = lines.get(name)?.[0];
  return line && textOf(line);
}

/** Values without doubles and empty ones. */
export function unique(values: readonly string[]): readonly string[] {
  if (values.length === 0) return EMPTY;
  if (values.length === 1) return values[0] === '' ? EMPTY : values;
  return [...new Set(values)].filter((value) => value !== '');
}
