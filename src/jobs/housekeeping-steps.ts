/** What is forgotten every night: a table of steps, each on its own and in small batches. */
import type { Context } from '../commands/context.ts';
import { dropDepartedMembers } from '../commands/group-members.ts';
import type { Retention } from '../commands/retention.ts';
import { dropOldWindows } from '../commands/settle-deletions.ts';
import { pruneAudit } from '../store/audit.ts';
import { listCollectionsToPrune, pruneTombstones } from '../store/changes.ts';
import { pruneConflictCopies } from '../store/conflict-copies.ts';
import type { Db } from '../store/database.ts';
import { pruneDeletedCollections } from '../store/deleted-collections.ts';
import { pruneStates } from '../store/directory.ts';
import { pruneVersions, pruneVersionsBeyond } from '../store/history-pruning.ts';
import { pruneKeys } from '../store/idempotency.ts';
import { pruneBlockingKeys } from '../store/key-holders.ts';
import { forgetMerges, pruneMerges } from '../store/merge-pruning.ts';
import { pruneNights } from '../store/nights.ts';
import { pruneRuns } from '../store/runs.ts';
import { pruneSessions } from '../store/sessions.ts';

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

export interface HousekeepingStep {
  readonly name: string;
  /** Age in days from which on things go. */
  readonly days: (retention: Retention) => number;
  /** Removes some rows; returns how many. */
  readonly forget: (batch: Batch) => Promise<number>;
}

/** A device that was away for longer is told to start anew instead of what was deleted. */
const TOMBSTONE_DAYS = 180;
/** How long a merge still answers for the cards it took away, when a device brings one back. */
const MERGED_AWAY_DAYS = 730;
/** How long a mass deletion waits to be confirmed. */
const HELD_DAYS = 30;
const ANSWER_DAYS = 2;
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
