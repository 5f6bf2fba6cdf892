/** V8's optimising compilers: what they cost shows in a process that lives for a second. */
import v8 from 'node:v8';

/**
 * Cards of a book from which each compiler pays. Their threads take a tenth (Maglev, 2,000 cards) to a fifth (TurboFan, 20,000)
 * of the CPU time of a smaller book, and code that the next compiler below made is nearly as fast.
 */
const PAYS_FROM = [
  { compiler: 'maglev', cards: 3_000 },
  { compiler: 'turbofan', cards: 20_000 },
] as const;

/**
 * Keeps the compilers from compiling, in all of the process, until the function that comes back is told of as many cards as they
 * pay for. Telling it again does no harm.
 */
export function withholdCompilers(): (cards: number) => void {
  for (const { compiler } of PAYS_FROM) v8.setFlagsFromString(`--no-${compiler}`);
  let next = 0;
  return (cards) => {
    for (; next < PAYS_FROM.length && cards >= PAYS_FROM[next]!.cards; next++)
      v8.setFlagsFromString(`--${PAYS_FROM[next]!.compiler}`);
  };
}
