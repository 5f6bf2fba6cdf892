/** What weighs otherwise in the phone of one person than in a large book. Set by hand: the labelled books are all larger. */
import { scaleOf } from './profile.ts';
import type { Statistics } from './types.ts';

/** `scaleOf` the cards of a book in which hardly two people have one name. */
const FEW_CARDS = 9;

/** True for a book of up to 512 cards. */
export const isSmallBook = ({ cards }: Pick<Statistics, 'cards'>): boolean => scaleOf(cards) <= FEW_CARDS;

/**
 * Pairs of strangers that share nothing but a name grow with the square of a book, pairs of one person with the book: the fewer
 * cards, the more a name says.
 */
export const FEW: Readonly<Record<string, number>> = {
  'alone.mute': -0.2,
  'alone.apart': -0.6,
  'alone.spelt': -1,
};
