/** Long work in the one thread there is: between its steps everybody else has a turn. */
import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work without a break. */
const LONGEST_TURN = 12;

/**
 * A question to ask between the steps of long work: undefined while the turn lasts, else a promise to wait for,
 * after which other requests have been served and the next turn begins.
 */
export function turns(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < LONGEST_TURN) return undefined;
    return nextTurn().then(() => {
      began = performance.now();
    });
  };
}

/** What is made of each item, in order; the making may be long work. */
export async function mapInTurns<T, R>(items: readonly T[], make: (item: T) => R): Promise<R[]> {
  const turn = turns();
  const made: R[] = [];
  for (const item of items) {
    made.push(make(item));
    const others = turn();
    if (others) await others;
  }
  return made;
}

/** The items that pass a test, in order; the test may be long work. */
export async function filterInTurns<T>(items: readonly T[], passes: (item: T) => boolean): Promise<T[]> {
  const passed = await mapInTurns(items, passes);
  return items.filter((_, index) => passed[index]);
}
