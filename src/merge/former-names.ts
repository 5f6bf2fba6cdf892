/** What a name that lost against the reference's tells of the person: a nickname, a former surname. */
import { distance } from 'fastest-levenshtein';
import { foldWords } from '../dedup/normalize/text.ts';
import { components } from './field-text.ts';
import type { FieldValue } from './field-values.ts';

/** Names found in the N lines that lost. */
export interface FormerNames {
  readonly nicknames: readonly string[];
  readonly formerSurnames: readonly string[];
}

/**
 * Compares each losing N with the winner. The same surname with another given name gives a nickname (`Bob` beside `Robert`);
 * the same given name with another surname gives a former surname. Initials, typing errors and longer forms give nothing.
 */
export function formerNames(winner: FieldValue | undefined, losers: readonly FieldValue[]): FormerNames {
  const nicknames = new Set<string>();
  const formerSurnames = new Set<string>();
  const [family = '', given = ''] = winner === undefined ? [] : components(winner.line);
  for (const loser of losers) {
    const [otherFamily = '', otherGiven = ''] = components(loser.line);
    if (saysSame(family, otherFamily) && isOtherGivenName(given, otherGiven)) nicknames.add(otherGiven);
    if (saysSame(firstWord(given), firstWord(otherGiven)) && saysOther(family, otherFamily))
      formerSurnames.add(otherFamily);
  }
  return { nicknames: [...nicknames].sort(), formerSurnames: [...formerSurnames].sort() };
}

const firstWord = (name: string): string => name.split(/\s+/)[0] ?? '';
const fold = (name: string): string => foldWords(name).join(' ');

function saysSame(one: string, other: string): boolean {
  return fold(one) !== '' && fold(one) === fold(other);
}

/** True for another given name, and for a part of this one that is long enough to be called by (`Rob`, `Beth`). */
function isOtherGivenName(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  const part = b.length >= 3 && a.length - b.length >= 2 && !a.includes(' ') && a.includes(b);
  return part || saysOther(one, other);
}

/** True for two names that are not spellings, initials or parts of each other. */
function saysOther(one: string, other: string): boolean {
  const [a, b] = [fold(one), fold(other)];
  if (a.length < 2 || b.length < 2 || a.includes(b) || b.includes(a)) return false;
  const words = new Set(a.split(' '));
  if (b.split(' ').some((word) => words.has(word))) return false;
  return distance(a, b) > Math.max(2, Math.floor(Math.min(a.length, b.length) / 3));
}
