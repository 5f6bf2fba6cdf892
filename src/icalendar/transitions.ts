/** A zone as a table of offset changes, and the conversion between instants and wall time on it. */
import { DAY } from './date-time.ts';

/** Offset changes in ascending order: from `instants[i]` (ms since 1970 UTC) on, `offsets[i]` ms are added to UTC. */
export interface TransitionTable {
  readonly before: number;
  readonly instants: readonly number[];
  readonly offsets: readonly number[];
}

/** The offset in force at an instant: a binary search. */
export function offsetIn(table: TransitionTable, instant: number): number {
  let low = 0;
  let high = table.instants.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.instants[middle]! <= instant) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? table.before : table.offsets[low - 1]!;
}

/**
 * The instant of a wall time in a zone: the first of two where clocks went back, and with the offset before the gap
 * where clocks went forward (RFC 5545 §3.3.5).
 */
export function instantOf(offsetAt: (instant: number) => number, wall: number): number {
  const earlier = offsetAt(wall - DAY);
  const first = wall - earlier;
  if (offsetAt(first) === earlier) return first;
  const second = wall - offsetAt(wall + DAY);
  return wall - offsetAt(second) === second ? second : first;
}
