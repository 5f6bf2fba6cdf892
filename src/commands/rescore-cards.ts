/** Incremental scoring: after cards came, changed or went, exactly those pairs move that a full run would give another score. */
import { turns } from '../base/turns.ts';
import { BLOCKING_RULES, type BlockingRule, keysByRule } from '../dedup/blocking.ts';
import { copyPair, rescore } from '../dedup/pairs.ts';
import { isRegister, scaleOf } from '../dedup/profile.ts';
import { type ContactRecord, ENGINE_VERSION, type PairScore, type Statistics } from '../dedup/types.ts';
import { keepKeys } from '../store/blocking-keys.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import {
  clearStale,
  countHolders,
  findHolders,
  findMeeting,
  findRecords,
  findRecordsByContent,
  findStale,
  type StoredRecord,
} from '../store/dedup-index.ts';
import { deletePairs, insertPairs, lockDuplicates, whileCardsLeave } from '../store/pairs.ts';
import {
  type Counts,
  findCounts,
  findScored,
  forgetScored,
  noteScored,
  type ScoredRecord,
  saveCounts,
  scoredContents,
} from '../store/scored-records.ts';
import { newestChanges, noteSeen } from '../store/shared-books.ts';
import { withAskedHolders } from './asked-holders.ts';
import { addCounts, scoredRecord, statisticsFrom } from './book-counts.ts';
import type { Context } from './context.ts';
import { refreshSharedBooks } from './readable-books.ts';
import { type Owner, suggestAround } from './recluster.ts';

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
  await lockDuplicates(tx, organisationId, principalId);
  if (await refreshSharedBooks(tx, owner)) return 'needs a full run';
  const before = await findCounts(tx, organisationId, principalId);
  if (before && before.engineVersion !== ENGINE_VERSION) return 'needs a full run';
  const newest = await newestChanges(tx, organisationId, principalId);
  const stale = await findStale(tx, organisationId, principalId, MOST_AT_ONCE + 1);
  const gone = await findScored(tx, organisationId, principalId, 'gone');
  if (stale.length + gone.length === 0) {
    await noteSeen(tx, organisationId, principalId, newest);
    return 'done';
  }
  if (!before || stale.length + gone.length > MOST_AT_ONCE) return 'needs a full run';
  const change = await readChange(
    tx,
    owner,
    stale.map((row) => row.object_id),
    gone,
  );
  await keepKeys(tx, organisationId, change.today);
  const counts = addCounts(addCounts(before.counts, change.appeared, 1), change.vanished, -1);
  if (bookZone(counts) !== bookZone(before.counts)) return 'needs a full run';
  const affected = await affectedRecords(tx, owner, change);
  if (affected.length > MOST_AFFECTED) return 'needs a full run';
  const goneIds = gone.map((row) => row.objectId);
  const loose = await deletePairs(tx, organisationId, principalId, [
    ...affected.map((record) => record.objectId),
    ...goneIds,
  ]);
  await insertPairs(tx, organisationId, principalId, await scoreAffected(tx, owner, affected, counts), ENGINE_VERSION);
  await forgetScored(tx, organisationId, principalId, goneIds);
  await noteScored(tx, organisationId, principalId, change.today);
  await clearStale(tx, organisationId, principalId, change.now);
  await noteSeen(tx, organisationId, principalId, newest);
  await saveCounts(tx, organisationId, principalId, { counts, engineVersion: ENGINE_VERSION });
  const touched = [...affected.map((record) => record.objectId), ...loose, ...goneIds];
  await suggestAround(context, tx, owner, touched, hold);
  return 'done';
}

const recordOf = (stored: StoredRecord): ContactRecord => stored.data as ContactRecord;

interface Change {
  /** The stale cards as they are. */
  readonly now: readonly StoredRecord[];
  /** What is to be noted of each of them. */
  readonly today: readonly ScoredRecord[];
  /** Contents that stale cards hold or held, and gone cards held. */
  readonly touched: ReadonlySet<string>;
  /** Contents that no card held when pairs were last scored. */
  readonly appeared: readonly ScoredRecord[];
  /** Contents that no card holds any more. */
  readonly vanished: readonly ScoredRecord[];
}

async function readChange(
  tx: Tx,
  { organisationId, principalId }: Owner,
  staleIds: readonly string[],
  gone: Awaited<ReturnType<typeof findScored>>,
): Promise<Change> {
  const now = await findRecords(tx, organisationId, principalId, staleIds);
  const before = [...(await findScored(tx, organisationId, principalId, staleIds)), ...gone];
  const today = now.map((stored) => scoredRecord(recordOf(stored)));
  const held = new Map([...before, ...today].map((record) => [record.contentHash, record]));
  const touched = new Set(held.keys());
  const known = await scoredContents(tx, organisationId, principalId, [...touched]);
  const present = new Set(
    (await findRecordsByContent(tx, organisationId, principalId, [...touched])).map((record) => record.contentHash),
  );
  return {
    now,
    today,
    touched,
    appeared: [...held.values()].filter(({ contentHash }) => present.has(contentHash) && !known.has(contentHash)),
    vanished: [...held.values()].filter(({ contentHash }) => known.has(contentHash) && !present.has(contentHash)),
  };
}

/** Two counts in one zone mean the same to every score of the book. */
function bookZone(counts: Counts): string {
  const statistics = statisticsFrom(counts);
  return `${scaleOf(statistics.cards)} ${isRegister(statistics)}`;
}

/** How many contents hold a key now, and before the change. */
interface Move {
  readonly from: number;
  readonly to: number;
}

const isScaleMoved = ({ from, to }: Move): boolean => scaleOf(from) !== scaleOf(to);
const isLimitPassed = ({ from, to }: Move, limit: number): boolean => from <= limit !== to <= limit;

/** True where the move matters to the pairs of those that hold the key by this rule: to its weight, or to its block. */
const matters = (move: Move, { limit, weighs = false }: BlockingRule): boolean =>
  (weighs && isScaleMoved(move)) || (limit > 0 && isLimitPassed(move, limit));

/** True where it may matter by some rule: what rule a key comes from is known only of a card that holds it. */
const mayMatter = (move: Move): boolean => isScaleMoved(move) || BLOCKING_RULES.some((rule) => matters(move, rule));

/** Cards of the touched contents, and the holders of every key whose rarity or block the change moved. */
async function affectedRecords(tx: Tx, owner: Owner, change: Change): Promise<StoredRecord[]> {
  const { organisationId, principalId } = owner;
  const delta = new Map<number, number>();
  for (const content of change.appeared) for (const key of content.keys) delta.set(key, (delta.get(key) ?? 0) + 1);
  for (const content of change.vanished) for (const key of content.keys) delta.set(key, (delta.get(key) ?? 0) - 1);
  const keys = [...delta.keys()].filter((key) => delta.get(key) !== 0);
  const holders = await countHolders(tx, organisationId, principalId, keys);
  const moves = new Map<number, Move>();
  for (const key of keys) {
    const to = holders.get(key) ?? 0;
    const move = { from: to - delta.get(key)!, to };
    if (mayMatter(move)) moves.set(key, move);
  }
  const contents = new Set(change.touched);
  for (const holder of await findHolders(tx, organisationId, principalId, [...moves.keys()]))
    contents.add(holder.contentHash);
  const found = await findRecordsByContent(tx, organisationId, principalId, [...contents]);
  return found.filter((stored) => change.touched.has(stored.contentHash) || isMoved(recordOf(stored), moves));
}

function isMoved(record: ContactRecord, moves: ReadonlyMap<number, Move>): boolean {
  const { keys, rules } = keysByRule(record);
  return keys.some((key, at) => {
    const move = moves.get(key);
    return move !== undefined && matters(move, BLOCKING_RULES[rules[at]!]!);
  });
}

/** The pairs of the affected cards: the first of each content against its candidates, the others as its copies. */
async function scoreAffected(
  tx: Tx,
  owner: Owner,
  affected: readonly StoredRecord[],
  counts: Counts,
): Promise<PairScore[]> {
  const contents = Map.groupBy(affected, (record) => record.contentHash);
  const firsts = [...contents.values()].map((records) => recordOf(records[0]!)).filter((r) => r.kind !== 'group');
  const candidates = await candidatesOf(tx, owner, firsts);
  const pairs = await withAskedHolders(tx, owner, counts, (statistics) => scoreAgainst(candidates, statistics));
  const copies = [...contents.values()].flatMap(([first, ...rest]) =>
    rest.map((copy) => copyPair(first!.objectId, copy.objectId)),
  );
  return [...pairs, ...copies];
}

/** A card with those that share a crossed block with it: one that two contents and at most its rule's limit of them hold. */
interface Compared {
  readonly record: ContactRecord;
  readonly others: readonly ContactRecord[];
}

async function candidatesOf(tx: Tx, owner: Owner, firsts: readonly ContactRecord[]): Promise<Compared[]> {
  const { organisationId, principalId } = owner;
  // requests are answered by this thread, too
  const turn = turns();
  const own = new Map<string, readonly number[]>();
  const limits = new Map<number, number>();
  for (const record of firsts) {
    await turn();
    const { keys, rules } = keysByRule(record);
    own.set(record.id, keys);
    keys.forEach((key, at) => {
      limits.set(key, BLOCKING_RULES[rules[at]!]!.limit);
    });
  }
  const meeting = Map.groupBy(await findMeeting(tx, organisationId, principalId, limits), (holder) => holder.key);
  const meetingWith = (record: ContactRecord): string[] => {
    const ids = own.get(record.id)!.flatMap((key) => meeting.get(key)?.map((holder) => holder.objectId) ?? []);
    return [...new Set(ids)].filter((id) => id !== record.id);
  };
  const wanted = new Map(firsts.map((record) => [record, meetingWith(record)]));
  const found = await findRecords(tx, organisationId, principalId, [...new Set([...wanted.values()].flat())]);
  const byId = new Map(found.map((record) => [record.objectId, recordOf(record)]));
  return [...wanted].map(([record, ids]) => ({ record, others: ids.flatMap((id) => byId.get(id) ?? []) }));
}

async function scoreAgainst(compared: readonly Compared[], statistics: Statistics): Promise<PairScore[]> {
  const turn = turns();
  const pairs = new Map<string, PairScore>();
  for (const { record, others } of compared) {
    await turn();
    for (const pair of rescore(record, others, statistics)) pairs.set(`${pair.a}${pair.b}`, pair);
  }
  return [...pairs.values()];
}
