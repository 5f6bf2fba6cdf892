/** Pairs that are scored anew: of the affected cards with everybody they meet, and of those of one group with each other. */
import { append } from '../base/append.ts';
import { copyPair, storedPair } from '../dedup/pairs.ts';
import { type Profile, profileOf } from '../dedup/profile.ts';
import type { ContactRecord, PairScore } from '../dedup/types.ts';
import type { Tx } from '../store/database.ts';
import type { StoredRecord } from '../store/dedup-index.ts';
import type { PairsAnew } from '../store/pair-writes.ts';
import { storedPairsTouching } from '../store/pairs.ts';
import type { Counts } from '../store/scored-records.ts';
import { type Affected, firstsOf, limitsOf, recordOf } from './affected-cards.ts';
import { withAskedHolders } from './asked-holders.ts';
import type { Owner } from './context.ts';
import { cardsMet, type KeyLookUp } from './key-look-up.ts';
import { keysOf } from './keys-of.ts';

/** Two records that share a crossed block, by their ids: one that two contents and at most its rule's limit of them hold. */
type Meetings = Map<string, readonly [ContactRecord, ContactRecord]>;

function meet(meetings: Meetings, one: ContactRecord, other: ContactRecord): void {
  const [a, b] = one.id < other.id ? [one, other] : [other, one];
  meetings.set(`${a.id}${b.id}`, [a, b]);
}

/** What became of the affected cards, and every record that was read for it. */
export interface ScoredAnew {
  readonly pairs: readonly PairScore[];
  /** In the place of which stored pairs the pairs are. */
  readonly anew: PairsAnew;
  readonly records: ReadonlyMap<string, StoredRecord>;
}

/** The pairs of the affected cards: the first of each content with its candidates, the others as its copies. */
export async function scoreAffected(
  tx: Tx,
  owner: Owner,
  look: KeyLookUp,
  { whole, groups, named }: Affected,
  counts: Counts,
): Promise<ScoredAnew> {
  const meetings: Meetings = new Map();
  const touching = whole.map((record) => record.objectId);
  const { within, beside } = await storedAround(tx, owner, { whole: new Set(touching), groups, named });
  const records = await meetCandidates(look, whole, beside, meetings);
  await meetWithin(look, groups, meetings);
  const profiles = new Map<ContactRecord, Profile>();
  const profile = (record: ContactRecord): Profile => {
    const known = profiles.get(record) ?? profileOf(record);
    profiles.set(record, known);
    return known;
  };
  const kept = await withAskedHolders(look, counts, [...meetings.values()], ([one, other], statistics) =>
    storedPair(profile(one), profile(other), statistics),
  );
  const copies = [...Map.groupBy(whole, (record) => record.contentHash).values()].flatMap(([first, ...rest]) =>
    rest.map((copy) => copyPair(first!.objectId, copy.objectId)),
  );
  const pairs = [...kept.flatMap((pair) => pair ?? []), ...copies];
  return { pairs, anew: { touching, between: [...within, ...beside] }, records };
}

/**
 * Brings the first of each content together with its candidates, and the two of each pair `beside`; returns all records that are
 * known by then.
 */
async function meetCandidates(
  look: KeyLookUp,
  whole: readonly StoredRecord[],
  beside: readonly Ends[],
  meetings: Meetings,
): Promise<Map<string, StoredRecord>> {
  const firsts = firstsOf(whole);
  const limits = limitsOf(firsts);
  await look.read(limits);
  const meetingWith = (record: ContactRecord): Set<string> =>
    new Set(cardsMet(look, limits, keysOf(record).keys).filter((id) => id !== record.id));
  const wanted = firsts.map((record) => ({ record, ids: meetingWith(record) }));
  const records = new Map(whole.map((stored) => [stored.objectId, stored]));
  const needed = new Set([...wanted.flatMap(({ ids }) => [...ids]), ...beside.flat()]);
  const unread = [...needed].filter((id) => !records.has(id));
  for (const stored of unread.length > 0 ? await look.records(unread) : []) records.set(stored.objectId, stored);
  for (const { record, ids } of wanted)
    for (const id of ids) {
      const other = records.get(id);
      if (other) meet(meetings, record, recordOf(other));
    }
  for (const [a, b] of beside) {
    const [one, other] = [records.get(a), records.get(b)];
    if (one && other) meet(meetings, recordOf(one), recordOf(other));
  }
  return records;
}

/** Brings those of each group together that share a crossed block: one that more of them hold than its limit is none. */
async function meetWithin(look: KeyLookUp, groups: Affected['groups'], meetings: Meetings): Promise<void> {
  const limits = limitsOf(groups.flat());
  const shared = groups.flatMap((group) => [...holdersWithin(group)].filter(([, held]) => held.length > 1));
  const blocks = shared.filter(([key, held]) => held.length <= limits.get(key)!);
  if (blocks.length === 0) return;
  // what is only counted is asked for when these are compared
  await look.read(new Map(shared.map(([key]) => [key, 0])));
  for (const [key, held] of blocks) {
    if (look.holders(key).count > limits.get(key)!) continue;
    held.forEach((one, at) => {
      for (const other of held.slice(at + 1)) meet(meetings, one, other);
    });
  }
}

function holdersWithin(group: readonly ContactRecord[]): Map<number, ContactRecord[]> {
  const holders = new Map<number, ContactRecord[]>();
  for (const record of group) for (const key of keysOf(record).keys) append(holders, key, record);
  return holders;
}

/** The cards of a stored pair, the smaller id first. */
type Ends = readonly [a: string, b: string];

/**
 * The stored pairs of any two cards of one group, and those beside them of cards with a name that became rarer or commoner: these
 * share a crossed block still, which only a group may have lost.
 */
async function storedAround(
  tx: Tx,
  { organisationId, principalId }: Owner,
  { whole, groups, named }: Pick<Affected, 'groups' | 'named'> & { readonly whole: ReadonlySet<string> },
): Promise<{ readonly within: readonly Ends[]; readonly beside: readonly Ends[] }> {
  const places = groups.map((group) => new Set(group.map(({ id }) => id)));
  const ids = new Set([...places.flatMap((group) => [...group]), ...named]);
  if (ids.size === 0) return { within: [], beside: [] };
  const isNamed = new Set(named);
  const [within, beside]: [Ends[], Ends[]] = [[], []];
  for (const { a, b } of await storedPairsTouching(tx, organisationId, principalId, [...ids])) {
    if (places.some((group) => group.has(a) && group.has(b))) within.push([a, b]);
    else if ((isNamed.has(a) || isNamed.has(b)) && !whole.has(a) && !whole.has(b)) beside.push([a, b]);
  }
  return { within, beside };
}
