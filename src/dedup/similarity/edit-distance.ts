/** Edit distance of short words, a swap of neighbours counted once. */
import { distance } from 'fastest-levenshtein';

/**
 * Number of single-letter edits from `a` to `b`; two neighbouring letters changed over (`Perter`, `Preter`) count as
 * one edit, as they do on a keyboard. Expects NFC or folded text.
 */
export function editDistance(a: string, b: string): number {
  const plain = distance(a, b);
  return plain === 2 && a.length === b.length && isSwap(a, b) ? 1 : plain;
}

function isSwap(a: string, b: string): boolean {
  let i = 0;
  while (a[i] === b[i]) i++;
  return a[i] === b[i + 1] && a[i + 1] === b[i] && a.slice(i + 2) === b.slice(i + 2);
}
