/** Quotas (RFC 4331): how many octets an owner may keep, and a check before writing that costs nothing while there is room. */
import { AppError } from '../base/errors.ts';
import type { Db } from '../store/database.ts';
import { findPrincipal } from '../store/principals.ts';
import { octetsUsedBy } from '../store/users.ts';
import type { Context } from './context.ts';

interface Count {
  /** Undefined: none. */
  readonly quota: number | undefined;
  used: number;
  /** Octets that may be stored before they are counted anew. */
  unasked: number;
  readonly until: number;
}

/** How long a count is believed: another process may write meanwhile. */
const BELIEVED_MS = 10_000;
/** Part of the room left that one process fills before it counts anew: so many together fill no more than there is. */
const PART_UNASKED = 1 / 20;
const MOST_REMEMBERED = 10_000;
const counts = new WeakMap<Db, Map<string, Count>>();

function countsOf({ db }: Context): Map<string, Count> {
  const known = counts.get(db) ?? new Map<string, Count>();
  counts.set(db, known);
  return known;
}

/** The octets that an owner may keep; undefined: as many as there is room for. */
export async function quotaOf(context: Context, organisationId: string, ownerId: string): Promise<number | undefined> {
  const owner = await findPrincipal(context.db, organisationId, ownerId);
  return owner?.quota_octets ?? context.limits.defaultQuota;
}

/** Forgets what was counted for an owner: after a change of the quota. */
export function forgetQuota(context: Context, ownerId: string): void {
  countsOf(context).delete(ownerId);
}

/**
 * Call before storing `octets` more for an owner, outside of transactions. Throws AppError 'quota-not-exceeded' (507) with
 * details.limit and details.used. A count made a moment ago is trusted to let in, never to refuse.
 */
export async function requireRoom(
  context: Context,
  organisationId: string,
  ownerId: string,
  octets: number,
): Promise<void> {
  if (octets <= 0) return;
  const remembered = countsOf(context).get(ownerId);
  let count = remembered;
  if (!count || count.until <= context.clock.now() || count.unasked < octets || over(count, octets)) {
    count = await counted(context, organisationId, ownerId);
  }
  if (over(count, octets)) {
    const { quota: limit, used } = count;
    throw new AppError(
      'tooLarge',
      'quota-not-exceeded',
      `The quota of ${limit} octets would be exceeded: ${used} are used, ${octets} more would be needed.`,
      { status: 507, limit, used },
    );
  }
  count.used += octets;
  count.unasked -= octets;
}

const over = ({ quota, used }: Count, octets: number): boolean => quota !== undefined && used + octets > quota;

async function counted(context: Context, organisationId: string, ownerId: string): Promise<Count> {
  const quota = await quotaOf(context, organisationId, ownerId);
  const used =
    quota === undefined ? 0 : ((await octetsUsedBy(context.db, organisationId, [ownerId])).get(ownerId) ?? 0);
  const unasked = quota === undefined ? Number.POSITIVE_INFINITY : (quota - used) * PART_UNASKED;
  const count = { quota, used, unasked, until: context.clock.now() + BELIEVED_MS };
  const known = countsOf(context);
  if (known.size >= MOST_REMEMBERED) known.delete(known.keys().next().value!);
  known.set(ownerId, count);
  return count;
}
