/** Slows guessing of passwords: after some wrong ones for a name from an address, a pause that doubles. */
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';

const FREE_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const MOST_REMEMBERED = 10_000;

interface Failures {
  count: number;
  /** No attempt is judged before this moment. */
  until: number;
}

export type SignInThrottle = ReturnType<typeof makeSignInThrottle>;

/** Makes the counter of wrong passwords; one per process. */
export function makeSignInThrottle(clock: Clock) {
  const memory = new Map<string, Failures>();

  /**
   * Counts one attempt as failed until `succeeded` is called. Throws AppError 'too-many-attempts' (429, details.seconds)
   * while the pause lasts; a refused attempt does not lengthen it.
   */
  function attempt(address: string, name: string): { succeeded(): void } {
    const key = `${address}\0${name}`;
    const now = clock.now();
    const failures = memory.get(key) ?? { count: 0, until: 0 };
    if (failures.until > now) {
      const seconds = Math.ceil((failures.until - now) / 1000);
      throw new AppError('forbidden', 'too-many-attempts', `Too many wrong passwords; try again in ${seconds} s.`, {
        status: 429,
        seconds,
      });
    }
    failures.count++;
    const over = failures.count - FREE_ATTEMPTS;
    if (over >= 0) failures.until = now + Math.min(FIRST_PAUSE_MS * 2 ** over, LONGEST_PAUSE_MS);
    memory.delete(key);
    memory.set(key, failures);
    if (memory.size > MOST_REMEMBERED) memory.delete(memory.keys().next().value!);
    return { succeeded: () => void memory.delete(key) };
  }

  return { attempt };
}
