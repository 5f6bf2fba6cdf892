/** Exact copies collapse first: what is clustered are contents, and every content stands for all of its cards. */
import { append } from '../base/append.ts';
import { type Cluster, clusterPairs } from './clustering/cluster.ts';
import type { Joining } from './clustering/join-queue.ts';
import type { LinkedPair } from './clustering/linked-cards.ts';
import type { PairDecisions } from './decisions.ts';
import { MODEL } from './model.ts';
import { countFields } from './statistics.ts';
import type { ContactRecord, PairScore, Statistics } from './types.ts';

/** Which cards carry one content. */
export interface Copies {
  /** Of the distinct contents: what the book's kind is told from. */
  readonly figures: Pick<Statistics, 'cards' | 'withPhone' | 'withBirthday'>;
  /** The cards of every content that several carry, by the smallest id among them. */
  readonly cards: ReadonlyMap<string, readonly string[]>;
  /** The card that stands for the content of a card; undefined for groups and cards that are not there. */
  standIn(id: string): string | undefined;
}

/** Groups cards by content. A copy that was dismissed as different from the first one stands for itself. */
export function copiesOf(records: ReadonlyMap<string, ContactRecord>, dismissed: PairDecisions): Copies {
  const first = new Map<string, string>();
  const repeated = new Set<string>();
  const distinct: ContactRecord[] = [];
  for (const record of records.values()) {
    const { id, contentHash, kind } = record;
    if (kind === 'group') continue;
    const known = first.get(contentHash);
    if (known === undefined) distinct.push(record);
    else repeated.add(contentHash);
    if (known === undefined || id < known) first.set(contentHash, id);
  }
  const cards = new Map<string, string[]>();
  const leaders = new Map<string, string>();
  for (const { id, contentHash, kind } of repeated.size > 0 ? records.values() : []) {
    if (kind === 'group' || !repeated.has(contentHash)) continue;
    const known = first.get(contentHash)!;
    const leader = dismissed.forbids(known, id) ? id : known;
    leaders.set(id, leader);
    append(cards, leader, id);
  }
  const isCard = (id: string): boolean => (records.get(id)?.kind ?? 'group') !== 'group';
  const figures = { cards: distinct.length, ...countFields(distinct) };
  return { figures, cards, standIn: (id) => leaders.get(id) ?? (isCard(id) ? id : undefined) };
}

/** Clusters contents by their pairs and dismissals, then lets every content stand for its cards again. */
export function clusterContents(
  pairs: readonly PairScore[],
  dismissed: PairDecisions,
  copies: Copies,
  joining: Joining,
): Cluster[] {
  const linked = new Map<string, LinkedPair>();
  const plain: LinkedPair[] = [];
  const link = (pair: LinkedPair): void => {
    const [one, other] = [copies.standIn(pair.a), copies.standIn(pair.b)];
    if (one === undefined || other === undefined || one === other) return;
    if (!copies.cards.has(one) && !copies.cards.has(other)) {
      plain.push(pair);
      return;
    }
    const [a, b] = one < other ? [one, other] : [other, one];
    const known = linked.get(`${a}\n${b}`);
    const never = pair.never || (known?.never ?? false);
    linked.set(`${a}\n${b}`, { a, b, weight: Math.max(pair.weight, known?.weight ?? pair.weight), never });
  };
  for (const pair of pairs) link(dismissed.forbids(pair.a, pair.b) ? { ...pair, never: true } : pair);
  for (const pair of dismissed.forbidden(pairs)) link(pair);
  const clusters = clusterPairs([...plain, ...linked.values()], joining).map(({ members, strength }) => ({
    members: members.flatMap((id) => copies.cards.get(id) ?? id).sort(),
    strength,
  }));
  const taken = new Set(clusters.flatMap(({ members }) => members));
  for (const [id, cards] of copies.cards)
    if (cards.length > 1 && !taken.has(id)) clusters.push({ members: [...cards].sort(), strength: MODEL.copy });
  return clusters.sort((x, y) => (x.members[0]! < y.members[0]! ? -1 : 1));
}
