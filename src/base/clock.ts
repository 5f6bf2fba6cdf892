/** Time as a dependency: the only file that reads the system clock, so that tests can hold it still. */

export interface Clock {
  /** Milliseconds since 1970-01-01T00:00Z. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };
