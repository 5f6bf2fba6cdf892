/** Apple's labels: what a person calls the other lines of a group, in `X-ABLabel`. */
import { decodedValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';

const OWN = /^_\$!<(.*)>!\$_$/s;

/** A word as Apple writes a label of its own, which its programs show in the reader's language: `_$!<HomePage>!$_`. */
export const ownLabel = (word: string): string => `_$!<${word}>!$_`;

/** The word of one of Apple's own labels; undefined for a label that somebody has chosen. */
export const wordOfOwnLabel = (label: string): string | undefined => OWN.exec(label)?.[1];

/** The labels of a card by the lower-case group they name, the first of each, as people read them. */
export function labelsByGroup(card: Card): Map<string, string> {
  const labels = new Map<string, string>();
  for (const line of card.lines) {
    if (line.name !== 'X-ABLABEL') continue;
    const group = line.group.toLowerCase();
    if (group === '' || labels.has(group)) continue;
    const label = unescapeText(decodedValue(line)).trim();
    labels.set(group, wordOfOwnLabel(label) ?? label);
  }
  return labels;
}
