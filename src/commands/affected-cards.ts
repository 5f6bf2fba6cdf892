/** What a change moves beside the changed cards: the pairs of those that hold a value which has become rarer or more common. */
import { append } from '../base/append.ts';
import { BLOCKING_RULES, type BlockingRule } from '../dedup/blocking/rules.ts';
import { scaleOf } from '../dedup/profile.ts';
import type { ContactRecord } from '../dedup/types.ts';
import type { StoredRecord } from '../store/dedup-index.ts';
import type { ScoredRecord } from '../store/scored-records.ts';
import { cardsMet, type KeyLookUp } from './key-look-up.ts';
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
  /** Cards that hold a name which has become rarer or commoner: the stored pairs of each are to be scored anew, and no others. */
  readonly named: readonly string[];
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
/** True where it matters to pairs of which one card alone holds the key. */
const mattersToOne = (move: Move, rule: BlockingRule): boolean =>
  (rule.oneSided === true || rule.foreseen === true) && reweighs(move, rule);
/** True where it matters to so many further holders by the rule. */
const mattersTo = (move: Move, further: number, rule: BlockingRule): boolean =>
  further > 1 ? matters(move, rule) : further === 1 && mattersToOne(move, rule);

/** The cards of the touched contents, and what moves with them. */
export async function findAffected(look: KeyLookUp, change: Change): Promise<Affected> {
  const firsts = firstsOf(change.records);
  const delta = keyDelta(change);
  const limits = limitsOf(firsts);
  const named = [...delta.keys()].map((key) => [key, Math.max(NAMED_AT_ONCE, limits.get(key) ?? 0)] as const);
  await look.read(new Map([...limits, ...named]));
  const moves = await movesOf(look, delta, firsts);
  const foreseen = [...moves].flatMap(([key, { rule }]) => (rule.foreseen ? key : []));
  const others = [...moves.keys()].filter((key) => !moves.get(key)!.rule.foreseen);
  await readAll(look, foreseen);
  const touched = new Set(change.records.map((record) => record.contentHash));
  const found = others.length > 0 ? await look.holding(others) : [];
  return {
    ...sorted(
      change,
      found.filter((record) => !touched.has(record.contentHash)),
      moves,
    ),
    named: [...new Set(foreseen.flatMap((key) => look.holders(key).cards))],
  };
}

/** Has all holders of the keys named, whose counts are known. */
const readAll = (look: KeyLookUp, keys: readonly number[]): Promise<void> =>
  look.read(new Map(keys.map((key) => [key, look.holders(key).count])));

/** Holders that are named with the counts, which costs little where they are so few. */
const NAMED_AT_ONCE = 64;

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

interface RuledMove extends Move {
  readonly rule: BlockingRule;
}

/** The moves that matter to somebody beside the touched contents, which are scored anew whatever becomes of their keys. */
async function movesOf(
  look: KeyLookUp,
  delta: ReadonlyMap<number, number>,
  touched: readonly ContactRecord[],
): Promise<Map<number, RuledMove>> {
  const own = new Map<number, number>();
  for (const record of touched) for (const key of keysOf(record).keys) own.set(key, (own.get(key) ?? 0) + 1);
  const furtherHolders = (key: number): number => look.holders(key).count - (own.get(key) ?? 0);
  const moves = new Map<number, Move>();
  for (const [key, by] of delta) {
    const to = look.holders(key).count;
    const move = { from: to - by, to };
    if (BLOCKING_RULES.some((rule) => mattersTo(move, furtherHolders(key), rule))) moves.set(key, move);
  }
  const rules = await rulesOf(look, [...moves.keys()], touched);
  return new Map(
    [...moves].flatMap(([key, move]) => {
      const rule = rules.get(key);
      return rule && mattersTo(move, furtherHolders(key), rule) ? [[key, { ...move, rule }] as const] : [];
    }),
  );
}

/** What rule each key comes from: only a card that holds it can tell. */
async function rulesOf(
  look: KeyLookUp,
  keys: readonly number[],
  known: readonly ContactRecord[],
): Promise<Map<number, BlockingRule>> {
  const rules = new Map<number, BlockingRule>();
  const note = (record: ContactRecord): void => {
    const held = keysOf(record);
    held.keys.forEach((key, at) => {
      rules.set(key, BLOCKING_RULES[held.rules[at]!]!);
    });
  };
  known.forEach(note);
  const untold = keys.filter((key) => !rules.has(key));
  if (untold.length === 0) return rules;
  await readAll(look, untold);
  const examples = new Set(untold.flatMap((key) => look.holders(key).cards.slice(0, 1)));
  // whom the touched cards meet is asked for next: it comes with the same answer
  const limits = limitsOf(known);
  const read = await look.records([...new Set([...examples, ...cardsMet(look, limits, [...limits.keys()])])]);
  for (const stored of read) if (examples.has(stored.objectId)) note(recordOf(stored));
  return rules;
}

/**
 * Most counts are asked of pairs of which both cards hold the value: then only the holders' pairs with each other move. Some
 * are asked of one card, whoever the other is.
 */
function sorted(
  change: Change,
  holders: readonly StoredRecord[],
  moves: ReadonlyMap<number, RuledMove>,
): Omit<Affected, 'named'> {
  const whole = new Set<string>();
  const groups = new Map<number, ContactRecord[]>();
  for (const record of firstsOf(holders))
    for (const key of keysOf(record).keys) {
      const move = moves.get(key);
      if (!move || move.rule.foreseen) continue;
      if (mattersToOne(move, move.rule)) whole.add(record.contentHash);
      append(groups, key, record);
    }
  const rest = [...groups.values()].map((group) => group.filter((record) => !whole.has(record.contentHash)));
  const moved = holders.filter((record) => whole.has(record.contentHash));
  return {
    whole: [...change.records, ...moved].sort((a, b) => (a.objectId < b.objectId ? -1 : 1)),
    groups: rest.filter((group) => group.length > 1),
  };
}
