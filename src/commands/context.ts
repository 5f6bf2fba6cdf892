/** What every command receives: the database, the clock, the log, the limits, and who is acting. */
import type { Clock } from '../base/clock.ts';
import type { Log } from '../base/log.ts';
import type { Observer } from '../base/observer.ts';
import type { Db } from '../store/database.ts';
import type { Limits } from './limits.ts';
import type { SecretKeys } from './sealed-secrets.ts';

export interface Context {
  readonly db: Db;
  readonly clock: Clock;
  readonly log: Log;
  readonly limits: Limits;
  /** What secrets at rest are sealed under; absent: they are kept in clear. */
  readonly secretKeys?: SecretKeys;
  /** Told of what happens in the background; absent where nobody counts. */
  readonly observer?: Observer;
}

/** A signed-in principal. */
export interface Actor {
  readonly organisationId: string;
  readonly principalId: string;
  /** Login name, also the path segment of its principal and homes. */
  readonly name: string;
  readonly role: 'member' | 'administrator';
}

/** Whose books, pairs and suggestions: one principal of an organisation. */
export type Owner = Pick<Actor, 'organisationId' | 'principalId'>;
