/** What users say about suggested cards: not the same person, ask later, and taking either back. */
import { AppError } from '../base/errors.ts';
import { uuidv7 } from '../base/ids.ts';
import { strongIdentifiers } from '../dedup/decisions.ts';
import type { ContactRecord } from '../dedup/types.ts';
import { inTransaction } from '../store/database.ts';
import {
  type DecisionRow,
  deleteDecision,
  listDecisions,
  type NewDecision,
  saveDecisions,
} from '../store/decisions.ts';
import { findNamedRecords, type NamedRecord } from '../store/dedup-index.ts';
import { lockDuplicates } from '../store/pair-writes.ts';
import { pairNames, readName } from './card-identity.ts';
import type { Context, Owner } from './context.ts';
import { cardsBehind, writeKnown } from './known-decisions.ts';
import { suggestAgain } from './recluster.ts';

export interface DecisionWish {
  readonly verdict: 'different' | 'later';
  /** All pairs among these cards are decided; with `apart`, those between these and the ones apart. */
  readonly cardIds: readonly string[];
  readonly apart?: readonly string[] | undefined;
  /** Only for `later`; default in 30 days. */
  readonly until?: Date | undefined;
}

/** One decision of the user, whatever number of pairs it holds for. */
export interface DecisionGroup {
  readonly id: string;
  readonly verdict: 'different' | 'later';
  readonly decidedAt: Date;
  readonly until: Date | null;
  readonly cards: readonly { readonly uid: string; readonly objectId: string | null }[];
}

const LATER_MS = 30 * 24 * 60 * 60_000;

/**
 * Stores a verdict on every pair named and takes its suggestions away at once. Throws AppError 'card-gone' (details.cards)
 * and 'invalid-decision' when there is no pair, or `until` has passed.
 */
export function decide(context: Context, owner: Owner, wish: DecisionWish): Promise<DecisionGroup> {
  const now = new Date(context.clock.now());
  const until = wish.verdict === 'later' ? (wish.until ?? new Date(now.getTime() + LATER_MS)) : null;
  if (until && until <= now) throw new AppError('invalid', 'invalid-decision', '"Later" names a moment to come.');
  const groupId = uuidv7(now.getTime());
  return inTransaction(context.db, async (tx) => {
    await lockDuplicates(tx, owner.organisationId, owner.principalId);
    const ids = [...new Set([...wish.cardIds, ...(wish.apart ?? [])])];
    const records = await findNamedRecords(tx, owner.organisationId, owner.principalId, ids);
    const byId = new Map(records.map((record) => [record.objectId, record]));
    const missing = ids.filter((id) => !byId.has(id));
    if (missing.length > 0) {
      throw new AppError('stale', 'card-gone', 'A card of this decision is no longer there.', { cards: missing });
    }
    const pairs = pairsOf(wish).map(([a, b]) => [byId.get(a)!, byId.get(b)!] as const);
    if (pairs.length === 0) throw new AppError('invalid', 'invalid-decision', 'A decision is about two cards or more.');
    const decisions = pairs.map(([a, b]) => newDecision(a, b, wish.verdict, groupId, until));
    await saveDecisions(tx, owner.organisationId, owner.principalId, decisions, now);
    await suggestAgain(context, tx, owner, ids);
    const cards = ids.map((id) => ({ uid: byId.get(id)!.uid ?? '', objectId: id }));
    return { id: groupId, verdict: wish.verdict, decidedAt: now, until, cards };
  });
}

function pairsOf({ cardIds, apart }: DecisionWish): (readonly [string, string])[] {
  const ids = [...new Set(cardIds)];
  if (apart) return ids.flatMap((a) => [...new Set(apart)].filter((b) => b !== a).map((b) => [a, b] as const));
  return ids.flatMap((a, at) => ids.slice(at + 1).map((b) => [a, b] as const));
}

function newDecision(
  a: NamedRecord,
  b: NamedRecord,
  verdict: DecisionWish['verdict'],
  groupId: string,
  until: Date | null,
): NewDecision {
  const [uidA, uidB] = pairNames(a, b);
  const known = strongIdentifiers(a.data as ContactRecord, b.data as ContactRecord);
  return { uidA, uidB, verdict, groupId, evidenceHash: writeKnown(known), until };
}

/** Which part of the list of decisions is wanted. */
export interface DecisionRange {
  readonly limit: number;
  /** Only what stands behind this one. */
  readonly after?: { readonly decidedAt: Date; readonly groupId: string } | undefined;
}

/** Decisions in force, newest first; of those made in one moment, by id. Cards are looked up for these only. */
export async function listDecisionGroups(
  context: Context,
  owner: Owner,
  { limit, after }: DecisionRange,
): Promise<DecisionGroup[]> {
  const now = new Date(context.clock.now());
  const all = await listDecisions(context.db, owner.organisationId, owner.principalId, now);
  const behind = after ? all.filter((row) => isBehind(row, after)) : all;
  const groups = [...Map.groupBy(behind, (row) => row.group_id).values()].slice(0, limit);
  const cards = await cardsBehind(context.db, owner.organisationId, owner.principalId, groups.flat());
  return groups.map((group) => groupOf(group, cards));
}

function isBehind(row: DecisionRow, { decidedAt, groupId }: NonNullable<DecisionRange['after']>): boolean {
  const later = row.decided_at.getTime() - decidedAt.getTime();
  return later < 0 || (later === 0 && row.group_id > groupId);
}

function groupOf(rows: readonly DecisionRow[], cards: ReadonlyMap<string, readonly string[]>): DecisionGroup {
  const [first] = rows as [DecisionRow];
  const names = [...new Set(rows.flatMap((row) => [row.uid_a, row.uid_b]))];
  return {
    id: first.group_id,
    verdict: first.verdict,
    decidedAt: first.decided_at,
    until: first.until_at,
    cards: names.map((name) => ({ uid: readName(name).uid ?? '', objectId: cards.get(name)?.[0] ?? null })),
  };
}

/** Takes a decision back; its pairs are suggested again at once. Throws AppError 'no-such-decision'. */
export function revokeDecision(context: Context, owner: Owner, groupId: string): Promise<void> {
  return inTransaction(context.db, async (tx) => {
    await lockDuplicates(tx, owner.organisationId, owner.principalId);
    const rows = await deleteDecision(tx, owner.organisationId, owner.principalId, groupId);
    if (rows.length === 0) throw new AppError('notFound', 'no-such-decision', 'There is no such decision.');
    const cards = await cardsBehind(tx, owner.organisationId, owner.principalId, rows);
    await suggestAgain(context, tx, owner, [...new Set([...cards.values()].flat())]);
  });
}
