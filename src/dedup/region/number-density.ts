/** Which share of all numbers of a length the numbers of a kind are. */
import type { NumberKind } from '../normalize/numbering-plan.ts';

const DRAWS = 400;
/** What a pattern takes that took none of the drawn numbers. */
export const LEAST_DENSITY = 0.5 / (DRAWS + 1);

/** Which share of all numbers of a length the pattern takes, by drawing some. */
export function densityOf(kind: NumberKind, length: number): number {
  let taken = 0;
  for (const number of drawnNumbers(length)) if (kind.pattern.test(number)) taken++;
  return Math.max(LEAST_DENSITY, (taken + 0.5) / (DRAWS + 1));
}

const drawn = new Map<number, readonly string[]>();

/** Numbers of a length, the same for all plans and on every run. */
function drawnNumbers(length: number): readonly string[] {
  const known = drawn.get(length);
  if (known) return known;
  let state = length;
  const numbers = Array.from({ length: DRAWS }, () => {
    let number = '';
    for (let i = 0; i < length; i++) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      number += String(Math.floor((state / 2 ** 32) * 10));
    }
    return number;
  });
  drawn.set(length, numbers);
  return numbers;
}
