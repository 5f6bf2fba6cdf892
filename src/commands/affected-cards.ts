/** What a change moves beside the changed cards: the pairs of those that hold a value which has become rarer or more common. */
import { append } from '../base/append.ts';
import { BLOCKING_RULES, type BlockingRule } from '../dedup/blocking.ts';
import { scaleOf } from '../dedup/profile.ts';
import type { ContactRecord } from '../dedup/types.ts';
import type { StoredRecord } from '../store/dedup-index.ts';
import type { ScoredRecord } from '../store/scored-records.ts';
import type { KeyLookUp } from './key-look-up.ts';
import { keysOf } from './keys-of.ts';

/** What became of some cards since pairs were last scored. */
export interface Change {
  /** Cards that left. */
  readonly gone: readonly string[];
  /** What is to be noted of each of the stale cards. */
  readonly today: readonly ScoredRecord[];
  /** The cards that hold what stale cards hold or held, and gone cards held: the stale ones and their copies, by id. */
  readonly records: readonly StoredRecord[];
  /** Contents that no card held when pairs were last scored. */
  readonly appeared: readonly ScoredRecord[];
  /** Contents that no card holds any more. */
  readonly vanished: readonly ScoredRecord[];
}

export interface Affected {
  /** Cards all of whose pairs are to be scored anew, copies and all, in order of their ids. */
  readonly whole: readonly StoredRecord[];
  /** Further cards that stand for their contents: every pair of two in one group is to be scored anew. */
  readonly groups: readonly (readonly ContactRecord[])[];
}

export const recordOf = (stored: StoredRecord): ContactRecord => stored.data as ContactRecord;

/** One card for each content, that with the smallest id; records in order of their ids. */
export function firstsOf(records: readonly StoredRecord[]): ContactRecord[] {
  const firsts = Map.groupBy(records, (record) => record.contentHash).values();
  return [...firsts].map(([first]) => recordOf(first!)).filter((record) => record.kind !== 'group');
}

/** The limit of each key of the records: how many may hold it for its block to be crossed. */
export function limitsOf(records: readonly ContactRecord[]): Map<number, number> {
  const limits = new Map<number, number>();
  for (const record of records) {
    const { keys, rules } = keysOf(record);
    keys.forEach((key, at) => {
      limits.set(key, BLOCKING_RULES[rules[at]!]!.limit);
    });
  }
  return limits;
}

/** How many contents hold a key now, and before the change. */
interface Move {
  readonly from: number;
  readonly to: number;
}

const isScaleMoved = ({ from, to }: Move, alike = 1): boolean =>
  scaleOf(Math.max(from, alike)) !== scaleOf(Math.max(to, alike));
const isLimitPassed = ({ from, to }: Move, limit: number): boolean => limit > 0 && from <= limit !== to <= limit;

/** True where the move matters to what pairs of those that hold the key by this rule weigh. */
const reweighs = (move: Move, { weighs = false, alike }: BlockingRule): boolean => weighs && isScaleMoved(move, alike);
/** True where it matters to their weight, or to their block. */
const matters = (move: Move, rule: BlockingRule): boolean => reweighs(move, rule) || isLimitPassed(move, rule.limit);
/** True where it matters to one card, whoever the other of a pair is. */
const mattersToOne = (move: Move, rule: BlockingRule): boolean => rule.oneSided === true && reweighs(move, rule);
/**
 * True where it may matter to so many further holders by some rule: what rule a key comes from is known only of a card that
 * holds it.
 */
const mayMatter = (move: Move, further: number): boolean =>
  BLOCKING_RULES.some((rule) => (further > 1 ? matters(move, rule) : further === 1 && mattersToOne(move, rule)));

/** The cards of the touched contents, and what moves with them. */
export async function findAffected(look: KeyLookUp, change: Change): Promise<Affected> {
  const firsts = firstsOf(change.records);
  const delta = keyDelta(change);
  await look.read(new Map([...[...delta.keys()].map((key) => [key, 0] as const), ...limitsOf(firsts)]));
  const moves = movesOf(look, delta, firsts);
  if (moves.size === 0) return { whole: change.records, groups: [] };
  const touched = new Set(change.records.map((record) => record.contentHash));
  const found = await look.holding([...moves.keys()]);
  return sorted(
    change,
    found.filter((record) => !touched.has(record.contentHash)),
    moves,
  );
}

/** By how much the holders of each key have become more. */
function keyDelta({ appeared, vanished }: Change): Map<number, number> {
  const delta = new Map<number, number>();
  const add = (contents: readonly ScoredRecord[], sign: number) => {
    for (const { keys } of contents) for (const key of keys) delta.set(key, (delta.get(key) ?? 0) + sign);
  };
  add(appeared, 1);
  add(vanished, -1);
  for (const [key, by] of delta) if (by === 0) delta.delete(key);
  return delta;
}

/** The moves that may matter to somebody beside the touched contents, which are scored anew whatever becomes of their keys. */
function movesOf(
  look: KeyLookUp,
  delta: ReadonlyMap<number, number>,
  touched: readonly ContactRecord[],
): Map<number, Move> {
  const own = new Map<number, number>();
  for (const record of touched) for (const key of keysOf(record).keys) own.set(key, (own.get(key) ?? 0) + 1);
  const moves = new Map<number, Move>();
  for (const [key, by] of delta) {
    const to = look.holders(key).count;
    const move = { from: to - by, to };
    if (mayMatter(move, to - (own.get(key) ?? 0))) moves.set(key, move);
  }
  return moves;
}

/**
 * Most counts are asked of pairs of which both cards hold the value: then only the holders' pairs with each other move. Some
 * are asked of one card, whoever the other is.
 */
function sorted(change: Change, holders: readonly StoredRecord[], moves: ReadonlyMap<number, Move>): Affected {
  const whole = new Set<string>();
  const groups = new Map<number, ContactRecord[]>();
  for (const record of firstsOf(holders)) {
    const { keys, rules } = keysOf(record);
    keys.forEach((key, at) => {
      const move = moves.get(key);
      const rule = BLOCKING_RULES[rules[at]!]!;
      if (!move || !matters(move, rule)) return;
      if (mattersToOne(move, rule)) whole.add(record.contentHash);
      append(groups, key, record);
    });
  }
  const rest = [...groups.values()].map((group) => group.filter((record) => !whole.has(record.contentHash)));
  const moved = holders.filter((record) => whole.has(record.contentHash));
  return {
    whole: [...change.records, ...moved].sort((a, b) => (a.objectId < b.objectId ? -1 : 1)),
    groups: rest.filter((group) => group.length > 1),
  };
}
