/** A full run: every card of the books in an owner's sight compared, pairs and ranked suggestions stored. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { scoreStoredBook } from '../dedup/engine.ts';
import { distinctContents } from '../dedup/statistics.ts';
import { type ContactRecord, ENGINE_VERSION, type PairScore } from '../dedup/types.ts';
import { dropKeys, dropOwnKeys, keepKeys } from '../store/blocking-keys.ts';
import { inSnapshot, inTransaction } from '../store/database.ts';
import { streamRecords } from '../store/dedup-index.ts';
import { deletePairs, insertPairs, lockDuplicates, whileCardsLeave } from '../store/pair-writes.ts';
import { tellPlannerOfKeys, tellPlannerOfRecords, tellPlannerOfRun } from '../store/planner-statistics.ts';
import { failSilentRuns, findRun, findRunning, finishRun, insertRun, type RunRow, reportRun } from '../store/runs.ts';
import { findCounts, forgetScored, listScored, noteScored, saveCounts } from '../store/scored-records.ts';
import { newestChanges, noteSeen, type SeenBook } from '../store/shared-books.ts';
import { settleStale } from '../store/waiting-cards.ts';
import { scoredRecord, sumCounts } from './book-counts.ts';
import { learnRegions } from './book-regions.ts';
import type { Context, Owner } from './context.ts';
import { tellEndedRun } from './ended-run.ts';
import type { EngineRunRequest } from './engine-run.ts';
import { chooseSharedBooks } from './readable-books.ts';
import { suggestBook } from './recluster.ts';
import { rereadCards } from './reread-cards.ts';
import { rescoreStale } from './rescore-cards.ts';

/** A run that has not been heard of for so long belongs to a process that died. */
const SILENT_MS = 10 * 60_000;
/** Books with fewer cards are read quickly whatever the planner thinks. */
const WORTH_ANALYSING = 1000;
/** The trigger of a run whose new suggestions wait until the night has chosen which of them it shows. */
export const NIGHTLY = 'nightly';

/** Notes a new run, unless one of this owner's is going on already: then that one. The caller has it performed when `begun`. */
export async function beginRun(
  context: Context,
  owner: Owner,
  trigger: string,
): Promise<{ run: RunRow; begun: boolean }> {
  const { organisationId, principalId } = owner;
  const now = context.clock.now();
  return inTransaction(context.db, async (tx) => {
    await lockDuplicates(tx, organisationId, principalId);
    const since = new Date(now - SILENT_MS);
    await failSilentRuns(tx, organisationId, principalId, since, new Date(now));
    const running = await findRunning(tx, organisationId, principalId, since);
    if (running) return { run: running, begun: false };
    const run = await insertRun(tx, {
      organisation_id: organisationId,
      run_id: uuidv7(now),
      owner_id: principalId,
      trigger,
      state: 'running',
      started_at: new Date(now),
      heartbeat_at: new Date(now),
      finished_at: null,
      error: null,
    });
    return { run, begun: true };
  });
}

interface Book {
  readonly records: readonly ContactRecord[];
  readonly collections: ReadonlyMap<string, string>;
  /** Cards that their owner has not scored since they were written. */
  readonly stale: ReadonlySet<string>;
  /** Up to which change the books of others are in it. */
  readonly seen: readonly SeenBook[];
}

/**
 * Performs a run that was begun. Its row says how far it is, and in the end what came out or why it failed. Never rejects,
 * unless even that cannot be written.
 */
export async function performRun(
  context: Context,
  { organisationId, ownerId, runId }: EngineRunRequest,
): Promise<void> {
  const started = performance.now();
  const owner: Owner = { organisationId, principalId: ownerId };
  const moment = () => new Date(context.clock.now());
  const report = (numbers: Record<string, number>) => reportRun(context.db, organisationId, runId, numbers, moment());
  try {
    const hold = (await findRun(context.db, organisationId, ownerId, runId))?.trigger === NIGHTLY;
    const book = await loadBook(context, owner);
    await report({ cards: book.records.length, percent: 10 });
    const isLarge = book.records.length >= WORTH_ANALYSING;
    if (isLarge && !(await findCounts(context.db, organisationId, ownerId))) await tellPlannerOfRecords(context.db);
    const pairs = scoreStoredBook(book.records);
    await report({ pairs: pairs.filter(isTold).length, percent: 60 });
    const { suggestions, keyed } = await whileCardsLeave(() => saveBook(context, owner, book, pairs, hold));
    if (isLarge) await tellPlannerOfRun(context.db);
    if (isLarge && keyed) await tellPlannerOfKeys(context.db);
    await rescoreStale(context, owner);
    const milliseconds = Math.round(performance.now() - started);
    const numbers = { suggestions, percent: 100, milliseconds };
    await finishRun(context.db, organisationId, runId, numbers, moment());
  } catch (error) {
    context.log.error({ organisationId, ownerId, runId, error: describe(error) }, 'duplicate run failed');
    await finishRun(context.db, organisationId, runId, {}, moment(), describe(error));
  }
  await tellEndedRun(context, { organisationId, ownerId, runId });
}

const describe = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Runs and waits: what the command line and the nightly job of a small installation need. Throws AppError 'run-failed'. */
export async function runNow(context: Context, owner: Owner, trigger: string): Promise<RunRow> {
  const { run, begun } = await beginRun(context, owner, trigger);
  if (!begun) return run;
  const { organisationId, principalId: ownerId } = owner;
  await performRun(context, { organisationId, ownerId, runId: run.run_id });
  const ended = (await findRun(context.db, organisationId, ownerId, run.run_id))!;
  if (ended.state === 'failed') throw new AppError('unavailable', 'run-failed', `The run failed: ${ended.error}`);
  return ended;
}

/** Every card that the owner's duplicates are looked for among, as of one moment. */
async function loadBook(context: Context, owner: Owner): Promise<Book> {
  const { organisationId, principalId } = owner;
  await inTransaction(context.db, (tx) => learnRegions(tx, owner));
  await inTransaction(context.db, async (tx) => {
    await lockDuplicates(tx, organisationId, principalId);
    await chooseSharedBooks(tx, owner, context.limits.mostSharedCards);
  });
  await rereadCards(context, owner);
  return inSnapshot(context.db, async (tx) => {
    const seen = await newestChanges(tx, organisationId, principalId);
    const records: ContactRecord[] = [];
    const collections = new Map<string, string>();
    const stale = new Set<string>();
    for await (const stored of streamRecords(tx, organisationId, principalId)) {
      records.push(stored.data as ContactRecord);
      collections.set(stored.objectId, stored.collectionId);
      if (stored.stale) stale.add(stored.objectId);
    }
    return { records, collections, stale, seen };
  });
}

/**
 * Replaces what was stored by what this run found. Cards that changed while it was computed stay, or become, stale: they
 * are scored right after it, so that a slow run never overwrites what is newer than its input. `keyed`: the book keeps rows of keys.
 */
async function saveBook(
  context: Context,
  owner: Owner,
  book: Book,
  pairs: readonly PairScore[],
  hold: boolean,
): Promise<{ readonly suggestions: number; readonly keyed: boolean }> {
  const { organisationId, principalId } = owner;
  const scored = book.records.map(scoredRecord);
  const distinct = new Set(distinctContents(book.records).map((record) => record.id));
  const keyed = distinct.size > context.limits.mostUnkeyed;
  return inTransaction(context.db, async (tx) => {
    const before = await lockDuplicates(tx, organisationId, principalId);
    await deletePairs(tx, organisationId, principalId);
    await insertPairs(tx, organisationId, principalId, pairs, ENGINE_VERSION);
    const present = new Set(scored.map((record) => record.objectId));
    const noted = await listScored(tx, organisationId, principalId);
    const isKeyed = ({ objectId, contentHash }: { readonly objectId: string; readonly contentHash: string }) =>
      before?.keyed &&
      before.engineVersion === ENGINE_VERSION &&
      noted.get(objectId) === contentHash &&
      !book.stale.has(objectId);
    if (!keyed) await dropOwnKeys(tx, organisationId, principalId);
    else
      await keepKeys(
        tx,
        organisationId,
        scored.filter((record) => !isKeyed(record)),
      );
    const gone = [...noted.keys()].filter((id) => !present.has(id));
    await dropKeys(tx, organisationId, gone);
    await forgetScored(tx, organisationId, principalId, gone);
    await noteScored(tx, organisationId, principalId, scored);
    await settleStale(tx, organisationId, principalId, scored);
    await noteSeen(tx, organisationId, principalId, book.seen);
    await saveCounts(tx, organisationId, principalId, {
      counts: sumCounts(scored.filter((record) => distinct.has(record.objectId))),
      engineVersion: ENGINE_VERSION,
      keyed,
    });
    const suggestions = await suggestBook(context, tx, owner, { ...book, pairs: pairs.filter(isTold) }, hold);
    return { suggestions, keyed };
  });
}

const isTold = ({ latent = false }: PairScore): boolean => !latent;
