/** Incremental scoring: after cards came, changed or went, exactly those pairs move that a full run would give another score. */
import { isRegister, scaleOf } from '../dedup/profile.ts';
import { ENGINE_VERSION } from '../dedup/types.ts';
import { dropKeys, keepKeys } from '../store/blocking-keys.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { findRecords } from '../store/dedup-index.ts';
import { lockDuplicates, replacePairs, whileCardsLeave } from '../store/pair-writes.ts';
import { type Counts, forgetScored, settleScored } from '../store/scored-records.ts';
import { newestChanges, noteSeen } from '../store/shared-books.ts';
import { findTouched, findWaiting, type WaitingCard } from '../store/waiting-cards.ts';
import { type Change, findAffected, recordOf } from './affected-cards.ts';
import { scoreAffected } from './anew-pairs.ts';
import { addCounts, scoredRecord, statisticsFrom } from './book-counts.ts';
import { makeBookLookUp } from './book-look-up.ts';
import type { Context, Owner } from './context.ts';
import { refreshSharedBooks } from './readable-books.ts';
import { suggestAround } from './recluster.ts';

/** Cards scored in one transaction; more are cheaper by a full run. */
const MOST_AT_ONCE = 300;
/** Cards that have to be scored because the changed ones moved the rarity of what they hold. */
const MOST_AFFECTED = 3000;

/**
 * Scores the owner's stale cards, and those that changed in books of others, against their candidates, and whatever else their
 * change moves; then clusters the touched components anew: afterwards stored pairs and suggestions equal those of a full run.
 * Answers `needs a full run`, and scores nothing, where that is cheaper or the only way (first time, newer engine, book grown
 * past a power of two, other books in sight). With `hold` new suggestions wait for a night to show them.
 */
export function rescoreStale(
  context: Context,
  owner: Owner,
  { hold = false }: { readonly hold?: boolean } = {},
): Promise<'done' | 'needs a full run'> {
  return whileCardsLeave(() => inTransaction(context.db, (tx) => rescoreIn(context, tx, owner, hold)));
}

async function rescoreIn(context: Context, tx: Tx, owner: Owner, hold: boolean): Promise<'done' | 'needs a full run'> {
  const { organisationId, principalId } = owner;
  const before = await lockDuplicates(tx, organisationId, principalId);
  const books = await refreshSharedBooks(tx, owner, context.limits.mostSharedCards);
  if (!books || (before && before.engineVersion !== ENGINE_VERSION)) return 'needs a full run';
  const shared = books.some((book) => book.compared);
  const newest = shared ? await newestChanges(tx, organisationId, principalId) : [];
  const waiting = await findWaiting(tx, organisationId, principalId, MOST_AT_ONCE + 1);
  if (waiting.length === 0) {
    await noteSeen(tx, organisationId, principalId, newest);
    return 'done';
  }
  if (!before || waiting.length > MOST_AT_ONCE) return 'needs a full run';
  const change = await readChange(tx, owner, waiting);
  const counts = addCounts(addCounts(before.counts, change.appeared, 1), change.vanished, -1);
  if (bookZone(counts) !== bookZone(before.counts)) return 'needs a full run';
  await dropKeys(tx, organisationId, change.gone);
  if (before.keyed) await keepKeys(tx, organisationId, change.today);
  const look = makeBookLookUp(tx, owner, { keyed: before.keyed, shared }, change);
  const affected = await findAffected(look, change);
  if (affected.whole.length + affected.named.length > MOST_AFFECTED) return 'needs a full run';
  const { pairs, anew, records } = await scoreAffected(tx, owner, look, affected, counts);
  const replaced = { ...anew, touching: [...anew.touching, ...change.gone] };
  const moved = await replacePairs(tx, organisationId, principalId, replaced, pairs, ENGINE_VERSION);
  await forgetScored(tx, organisationId, principalId, change.gone);
  await settleScored(tx, organisationId, principalId, change.today, { counts, engineVersion: ENGINE_VERSION });
  await noteSeen(tx, organisationId, principalId, newest);
  const touched = [...change.records.map((record) => record.objectId), ...moved, ...change.gone];
  await suggestAround(context, tx, owner, [...new Set(touched)], { hold, known: records });
  return 'done';
}

async function readChange(
  tx: Tx,
  { organisationId, principalId }: Owner,
  waiting: readonly WaitingCard[],
): Promise<Change> {
  const now = waiting.flatMap(({ record }) => record ?? []);
  const before = waiting.flatMap((card) => card.before ?? []);
  const today = now.map((stored) => scoredRecord(recordOf(stored)));
  const held = new Map([...before, ...today].map((record) => [record.contentHash, record]));
  const { known, present } = await findTouched(tx, organisationId, principalId, [...held.keys()]);
  const there = new Set(now.map((record) => record.objectId));
  const copies = present.filter((card) => !there.has(card.objectId)).map((card) => card.objectId);
  const further = copies.length > 0 ? await findRecords(tx, organisationId, principalId, copies) : [];
  const records = [...now, ...further].sort((a, b) => (a.objectId < b.objectId ? -1 : 1));
  const contents = new Set(records.map((record) => record.contentHash));
  return {
    gone: waiting.flatMap((card) => (card.record ? [] : card.objectId)),
    today,
    records,
    appeared: [...held.values()].filter(({ contentHash }) => contents.has(contentHash) && !known.has(contentHash)),
    vanished: [...held.values()].filter(({ contentHash }) => known.has(contentHash) && !contents.has(contentHash)),
  };
}

/** Two counts in one zone mean the same to every score of the book. */
function bookZone(counts: Counts): string {
  const statistics = statisticsFrom(counts);
  return `${scaleOf(statistics.cards)} ${isRegister(statistics)}`;
}
