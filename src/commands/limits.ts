/** Limits on what is stored, each named in the error that refuses it. Times in milliseconds since 1970 UTC. */

import type { BrakeLimits } from './deletion-brake.ts';

export interface Limits {
  /** Octets of one card. */
  readonly maxCardSize: number;
  /** Octets of one calendar object. */
  readonly maxCalendarObjectSize: number;
  /** Octets of one file in a plain collection. */
  readonly maxFileSize: number;
  readonly minDateTime: number;
  readonly maxDateTime: number;
  readonly maxInstances: number;
  readonly maxAttendeesPerInstance: number;
  /** Octets that each owner may keep unless its account says otherwise; undefined: no quota. */
  readonly defaultQuota: number | undefined;
  /** Contents of a book up to which it keeps no rows of keys: it is read whole. */
  readonly mostUnkeyed: number;
  /** Cards of others that are compared with each user's own: a directory of a large company would be compared by everybody in it. */
  readonly mostSharedCards: number;
  /** How much one device may delete of a collection before the rest waits for its owner. */
  readonly brake: BrakeLimits;
}

/** For what is stored already and comes back: a limit that was set lower meanwhile must not keep it from its owner. */
export const limitsOfStored = (limits: Limits): Limits => ({
  ...limits,
  maxCardSize: Number.POSITIVE_INFINITY,
  maxCalendarObjectSize: Number.POSITIVE_INFINITY,
  maxFileSize: Number.POSITIVE_INFINITY,
  minDateTime: Number.NEGATIVE_INFINITY,
  maxDateTime: Number.POSITIVE_INFINITY,
  // counting them takes work, so that there is a limit in any case
  maxInstances: Math.max(limits.maxInstances, DEFAULT_LIMITS.maxInstances),
  maxAttendeesPerInstance: Number.POSITIVE_INFINITY,
});

export const DEFAULT_LIMITS: Limits = {
  maxCardSize: 10 * 1024 * 1024,
  maxCalendarObjectSize: 10 * 1024 * 1024,
  maxFileSize: 64 * 1024 * 1024,
  minDateTime: Date.parse('0001-01-01T00:00Z'),
  maxDateTime: Date.UTC(9999, 11, 31, 23, 59, 59),
  maxInstances: 100_000,
  maxAttendeesPerInstance: 1000,
  defaultQuota: undefined,
  mostUnkeyed: 2048,
  mostSharedCards: 20_000,
  brake: { objects: 25, percent: 25, minutes: 60 },
};
