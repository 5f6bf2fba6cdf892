/** The arithmetic and the form of the benchmark's table. */
import type { Timing } from './load.ts';

const HEAD = 36;
const WIDTH = 24;

/** One line: what it is about, and a cell for each server. */
export const row = (head: string, cells: readonly string[]): string =>
  head.padEnd(HEAD) + cells.map((cell) => cell.padStart(WIDTH)).join('');

/** How many per second, of the clock or of the server's processor; undefined where nothing can be said. */
export function rateOfTiming({ count, total, processor }: Timing, byProcessor: boolean): number | undefined {
  const milliseconds = byProcessor ? (processor ?? Number.NaN) : total;
  const rate = (count * 1000) / milliseconds;
  return count > 0 && Number.isFinite(rate) ? rate : undefined;
}

/** A rate with the times that it is that of the first server; without `first` it is that server's own. */
export function cellOf(rate: number | undefined, unit: string, first: number | undefined): string {
  if (rate === undefined) return '–';
  const ratio = first === undefined ? '' : ` (${(rate / first).toFixed(2)})`;
  return `${rate.toFixed(rate < 100 ? 1 : 0)} ${unit}/s${ratio}`;
}
