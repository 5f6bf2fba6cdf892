/** What somebody does for a living, held against a name. */
import { ROLES } from '../names/roles.ts';
import type { Word } from '../similarity/word-relation.ts';

const LEAST_LETTERS = 4;

/** True when a word of a name begins with a trade that a card is called by: `Huisarts` and `Huisartsenpraktijk Oost`. */
export const beginsWithTrade = (words: readonly string[], nicknames: readonly Word[]): boolean =>
  nicknames.some(
    ({ text }) => text.length >= LEAST_LETTERS && ROLES.has(text) && words.some((word) => word.startsWith(text)),
  );
