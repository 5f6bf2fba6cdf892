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
  /** How much one device may delete of a collection before the rest waits for its owner. */
  readonly brake: BrakeLimits;
}

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
  brake: { objects: 25, percent: 25, minutes: 60 },
};
