/** What is forgotten every night, organisation by organisation: a table of steps, each on its own and in small batches. */
import type { Context } from '../commands/context.ts';
import { dropDepartedMembers } from '../commands/group-members.ts';
import { DAY_MS, type Retention } from '../commands/retention.ts';
import { dropOldWindows } from '../commands/settle-deletions.ts';
import { pruneAudit } from '../store/audit.ts';
import { listCollectionsToPrune, pruneTombstones } from '../store/changes.ts';
import { pruneConflictCopies } from '../store/conflict-copies.ts';
import { pruneSessions } from '../store/credentials.ts';
import type { Db } from '../store/database.ts';
import { pruneDeletedCollections } from '../store/deleted-collections.ts';
import { pruneStates } from '../store/directory.ts';
import { pruneFailures } from '../store/failed-sign-ins.ts';
import { pruneVersions, pruneVersionsBeyond } from '../store/history-pruning.ts';
import { pruneKeys } from '../store/idempotency.ts';
import { pruneBlockingKeys } from '../store/key-holders.ts';
import { forgetMerges, pruneMerges } from '../store/merge-pruning.ts';
import { pruneNights } from '../store/nights.ts';
import { listOrganisationIds } from '../store/principals.ts';
import { pruneRuns } from '../store/runs.ts';

/** One batch of a step. */
interface Batch {
  readonly context: Context;
  readonly db: Db;
  readonly organisationId: string;
  readonly now: Date;
  /** What is from before this moment goes. */
  readonly before: Date;
  /** Most rows to remove. */
  readonly limit: number;
  readonly retention: Retention;
}

interface HousekeepingStep {
  readonly name: string;
  /** Age in days from which on things go. */
  readonly days: (retention: Retention) => number;
  /** Removes some rows; returns how many. */
  readonly forget: (batch: Batch) => Promise<number>;
}

/** A device that was away for longer is told to start anew instead of what was deleted. */
export const TOMBSTONE_DAYS = 180;
/** How long a merge still answers for the cards it took away, when a device brings one back. */
export const MERGED_AWAY_DAYS = 730;
/** How long a mass deletion waits to be confirmed. */
const HELD_DAYS = 30;
const ANSWER_DAYS = 2;
const FAILURE_DAYS = 1;
/** How long an address is remembered as one from which a name signs in. */
const KNOWN_ADDRESS_DAYS = 90;
/** How long the audit log answers who did what. */
const AUDIT_DAYS = 365;
/** How long devices have to take a card they deleted off their groups themselves. */
const GROUP_DAYS = 1;

export const HOUSEKEEPING_STEPS: readonly HousekeepingStep[] = [
  {
    name: 'members of groups whose cards were deleted',
    days: () => GROUP_DAYS,
    forget: ({ context, organisationId, before }) => dropDepartedMembers(context, organisationId, before),
  },
  { name: 'deletions that devices no longer ask for', days: () => TOMBSTONE_DAYS, forget: forgetTombstones },
  {
    name: 'states of the directory that devices no longer ask for',
    days: () => TOMBSTONE_DAYS,
    forget: (batch) => pruneStates(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'held deletions that nobody confirmed',
    days: () => HELD_DAYS,
    forget: (batch) => dropOldWindows(batch.context, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'deleted collections',
    days: ({ historyDays }) => historyDays,
    forget: (batch) => pruneDeletedCollections(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'earlier versions of objects',
    days: ({ historyDays }) => historyDays,
    forget: (batch) => pruneVersions(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'earlier versions beyond what is kept for one owner',
    days: () => 0,
    forget: async ({ db, organisationId, retention: { historyOctets }, limit }) =>
      historyOctets === 0 ? 0 : pruneVersionsBeyond(db, organisationId, historyOctets, limit),
  },
  {
    name: 'entries of the audit log',
    days: () => AUDIT_DAYS,
    forget: ({ db, organisationId, before }) => pruneAudit(db, organisationId, before),
  },
  {
    name: 'conflict copies',
    days: ({ historyDays }) => historyDays,
    forget: (batch) => pruneConflictCopies(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'what undoing old merges would need',
    days: ({ undoDays }) => undoDays,
    forget: (batch) => forgetMerges(batch.db, batch.organisationId, batch.before, batch.limit, batch.now),
  },
  {
    name: 'merges that nothing refers to any more',
    days: () => MERGED_AWAY_DAYS,
    forget: (batch) => pruneMerges(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'runs of the engine',
    days: ({ undoDays }) => undoDays,
    forget: (batch) => pruneRuns(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'nights',
    days: ({ undoDays }) => undoDays,
    forget: (batch) => pruneNights(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'sessions that are over',
    days: () => 0,
    forget: (batch) => pruneSessions(batch.db, batch.organisationId, batch.before, batch.limit),
  },
  {
    name: 'blocking keys of cards that are gone',
    days: () => 0,
    forget: ({ db, organisationId, limit }) => pruneBlockingKeys(db, organisationId, limit),
  },
  {
    name: 'answers to repeated requests',
    days: () => ANSWER_DAYS,
    forget: (batch) => pruneKeys(batch.db, batch.organisationId, batch.before, batch.limit),
  },
];

async function forgetTombstones({ db, organisationId, before, limit }: Batch): Promise<number> {
  let forgotten = 0;
  for (const collectionId of await listCollectionsToPrune(db, organisationId, before, COLLECTIONS_AT_ONCE)) {
    forgotten += await pruneTombstones(db, organisationId, collectionId, before, limit);
  }
  return forgotten;
}

const COLLECTIONS_AT_ONCE = 100;
const ROWS_AT_ONCE = 1000;
/** More than this is left to the next night. */
const MOST_BATCHES = 1000;

export interface HousekeepingOptions {
  readonly retention: Retention;
  /** Rows removed by one statement; default 1000. */
  readonly rowsAtOnce?: number;
}

/** Rows forgotten by the name of the step; `failed` names `organisation: step` for those that did not get through. */
export interface HousekeepingReport {
  readonly forgotten: Readonly<Record<string, number>>;
  readonly failed: readonly string[];
}

/** Goes through all organisations and steps; one that fails is logged and costs no other. */
export async function keepHouse(context: Context, options: HousekeepingOptions): Promise<HousekeepingReport> {
  const forgotten: Record<string, number> = {};
  const failed: string[] = [];
  for (const organisationId of await listOrganisationIds(context.db)) {
    for (const step of HOUSEKEEPING_STEPS) {
      try {
        const rows = await inBatches(context, organisationId, step, options);
        forgotten[step.name] = (forgotten[step.name] ?? 0) + rows;
      } catch (error) {
        failed.push(`${organisationId}: ${step.name}`);
        context.log.error({ organisationId, step: step.name, error: String(error) }, 'housekeeping step failed');
      }
    }
  }
  await forgetFailedSignIns(context);
  context.log.info({ forgotten, failed: failed.length }, 'housekeeping done');
  return { forgotten, failed };
}

/** Wrong passwords belong to no organisation. */
async function forgetFailedSignIns({ db, clock, log }: Context): Promise<void> {
  const ago = (days: number) => new Date(clock.now() - days * DAY_MS);
  await pruneFailures(db, ago(FAILURE_DAYS), ago(KNOWN_ADDRESS_DAYS)).catch((error: unknown) => {
    log.error({ error: String(error) }, 'wrong passwords could not be forgotten');
  });
}

/** Until a batch finds nothing more: each is a transaction of its own, so that nobody waits long for its locks. */
async function inBatches(
  context: Context,
  organisationId: string,
  step: HousekeepingStep,
  { retention, rowsAtOnce = ROWS_AT_ONCE }: HousekeepingOptions,
): Promise<number> {
  const { db, clock } = context;
  const now = new Date(clock.now());
  const before = new Date(now.getTime() - step.days(retention) * DAY_MS);
  let rows = 0;
  for (let batch = 0; batch < MOST_BATCHES; batch++) {
    const removed = await step.forget({ context, db, organisationId, now, before, limit: rowsAtOnce, retention });
    rows += removed;
    if (removed === 0) break;
  }
  return rows;
}
