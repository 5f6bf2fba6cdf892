/** Apple's labels: what a person calls the other lines of a group, in `X-ABLabel`. */
import { decodedValue, unescapeText } from '../contentline/value.ts';
import type { Card } from './card.ts';

/** Apple wraps its own labels: `_$!<HomePage>!$_`. */
const OWN = /^_\$!<(.*)>!\$_$/;

/** The labels of a card by the lower-case group they name, the first of each, as people read them. */
export function labelsByGroup(card: Card): Map<string, string> {
  const labels = new Map<string, string>();
  for (const line of card.lines) {
    if (line.name !== 'X-ABLABEL') continue;
    const group = line.group.toLowerCase();
    if (group !== '' && !labels.has(group))
      labels.set(group, unescapeText(decodedValue(line)).trim().replace(OWN, '$1'));
  }
  return labels;
}
