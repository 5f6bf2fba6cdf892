/** How much a card says: the fullest of several is the one to keep. */
import type { Card } from '../vcard/card.ts';

const NOT_A_FIELD = new Set(['', 'BEGIN', 'END', 'VERSION', 'PRODID', 'UID', 'REV', 'KIND', 'X-ABLABEL', 'X-ABADR']);

/** A letter or digit of any script: `;;;;` is an empty name. Most values begin with a plain one, or with a plus. */
const PLAINLY_FILLED = /^[;+]*[a-zA-Z0-9]/;
const FILLED = /[\p{L}\p{N}]/u;

/** Lines of a card that say something. */
export function completenessOf(card: Card): number {
  let filled = 0;
  for (const line of card.lines) if (!NOT_A_FIELD.has(line.name) && isFilled(line.value)) filled++;
  return filled;
}

const isFilled = (value: string): boolean => PLAINLY_FILLED.test(value) || FILLED.test(value);
