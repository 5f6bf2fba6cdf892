/** Slows guessing over Basic authentication: after several wrong passwords for a name from an address, a pause that doubles. */
import type { Clock } from '../base/clock.ts';
import { AppError } from '../base/errors.ts';

const FREE_FAILURES = 10;
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 5 * 60_000;
const MOST_REMEMBERED = 10_000;

interface Failures {
  count: number;
  /** No attempt is judged before this moment. */
  until: number;
}

export type FailedSignIns = ReturnType<typeof makeFailedSignIns>;

/**
 * Makes the counter of wrong passwords; one per process. Unlike a form, a device sends many requests at once: only those
 * that did fail count, so that a burst of right ones is never slowed.
 */
export function makeFailedSignIns(clock: Clock) {
  const memory = new Map<string, Failures>();
  const keyOf = (address: string, name: string) => `${address}\0${name}`;

  /** Throws AppError 'too-many-attempts' (429, details.seconds) while the pause lasts. */
  function refuseWhilePaused(address: string, name: string): void {
    const until = memory.get(keyOf(address, name))?.until ?? 0;
    const seconds = Math.ceil((until - clock.now()) / 1000);
    if (seconds <= 0) return;
    throw new AppError('forbidden', 'too-many-attempts', `Too many wrong passwords; try again in ${seconds} s.`, {
      status: 429,
      seconds,
    });
  }

  function failed(address: string, name: string): void {
    const key = keyOf(address, name);
    const failures = memory.get(key) ?? { count: 0, until: 0 };
    const over = ++failures.count - FREE_FAILURES;
    if (over >= 0) failures.until = clock.now() + Math.min(FIRST_PAUSE_MS * 2 ** over, LONGEST_PAUSE_MS);
    memory.delete(key);
    memory.set(key, failures);
    if (memory.size > MOST_REMEMBERED) memory.delete(memory.keys().next().value!);
  }

  const succeeded = (address: string, name: string): void => void memory.delete(keyOf(address, name));

  return { refuseWhilePaused, failed, succeeded };
}
