/** What V8 does for processes that live long: what it costs shows in one that lives for a second. */
import v8 from 'node:v8';

/**
 * Cards of a book from which each pays. The threads of the compilers take a tenth (Maglev, 2,000 cards) to a fifth (TurboFan, 20,000)
 * of the CPU time of a smaller book, and code that the next compiler below made is nearly as fast. A young generation that grows
 * asks the system for 30 MB, which takes a sixth of the time of 2,000 cards and a tenth of that of 5,000. Threads that look through the
 * young generation together take three in a hundred of the CPU time of any book for keeping in step, and hardly save any.
 */
const PAYS_FROM = [
  { cards: 3_000, withheld: '--no-maglev', allowed: '--maglev' },
  { cards: 6_000, withheld: '--semi-space-growth-factor=1', allowed: '--semi-space-growth-factor=2' },
  { cards: 20_000, withheld: '--no-turbofan', allowed: '--turbofan' },
  { cards: Number.POSITIVE_INFINITY, withheld: '--no-parallel-scavenge', allowed: '--parallel-scavenge' },
] as const;

/**
 * Keeps V8 from all of it, in all of the process, until the function that comes back is told of as many cards as it pays for.
 * Telling it again does no harm.
 */
export function withholdUntilItPays(): (cards: number) => void {
  for (const { withheld } of PAYS_FROM) v8.setFlagsFromString(withheld);
  let next = 0;
  return (cards) => {
    for (; next < PAYS_FROM.length && cards >= PAYS_FROM[next]!.cards; next++)
      v8.setFlagsFromString(PAYS_FROM[next]!.allowed);
  };
}
