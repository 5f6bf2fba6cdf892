/** Ranking clusters and proposing the reference card. */
import type { Cluster } from './clustering/cluster.ts';
import { subscriberKey } from './normalize/phone.ts';
import { copyPair } from './pairs.ts';
import { probabilityOf } from './score.ts';
import { type ContactRecord, needsConfirmation, type PairScore, type Suggestion, type Tier } from './types.ts';

const TIER_ORDER: readonly Tier[] = ['certain', 'likely', 'possible'];

/** A card that tells less of the name than another is as good as one with so many fields less. */
const ABBREVIATED = 3;

/**
 * The card to keep: the fullest, then the one edited last, then the smallest id. Never empty. What a merge adds to it are fields, while
 * its name stays: `W. Khan` is kept beside `William Khan` only where it is much fuller.
 */
export function referenceOf(members: readonly ContactRecord[]): string {
  const told = Math.max(...members.map(namesTold));
  const fullness = (record: ContactRecord): number =>
    record.completeness - (namesTold(record) < told ? ABBREVIATED : 0);
  const [best] = [...members].sort(
    (x, y) => fullness(y) - fullness(x) || order(y.revised, x.revised) || order(x.id, y.id),
  );
  return best!.id;
}

/** How much of a name a card tells: a given name and a surname, each in full, half where it is a letter, or not at all. */
function namesTold({ name }: ContactRecord): number {
  const tells = (words: readonly string[]): number => (words.length === 0 ? 0 : words[0]!.length > 1 ? 2 : 1);
  return tells(name.given) + (name.completed ? 0 : tells(name.family));
}

const order = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);

/** The pairs that hold a cluster together: a maximum spanning tree. Its weakest pair is the cluster's weakest link. */
function spanningPairs(members: readonly string[], pairs: readonly PairScore[]): PairScore[] {
  const root = new Map(members.map((id) => [id, id]));
  const find = (id: string): string => {
    let at = id;
    while (root.get(at) !== at) at = root.get(at)!;
    return at;
  };
  const tree: PairScore[] = [];
  for (const pair of pairs) {
    const [a, b] = [find(pair.a), find(pair.b)];
    if (a === b) continue;
    root.set(a, b);
    tree.push(pair);
  }
  return tree;
}

/** A cluster with its scored pairs (strongest first) to a suggestion. */
export function suggestionOf(
  cluster: Cluster,
  pairs: readonly PairScore[],
  members: readonly ContactRecord[],
  fingerprint: string,
  reopened: boolean,
): Suggestion {
  const tree = spanningPairs(cluster.members, pairs);
  const weakest = tree.at(-1) ?? copyPair(cluster.members[0]!, cluster.members[1]!);
  const tiers = tree.map((pair) => pair.tier);
  const held = probabilityOf(Math.min(cluster.strength, weakest.weight));
  const doubtful = tiers.some((tier) => tier !== 'certain');
  const copies = members.length - new Set(members.map((record) => record.contentHash)).size;
  const exact = copies === members.length - 1;
  const confirm = needsConfirmation(members.length, exact);
  const tier = !doubtful && !confirm ? 'certain' : weakest.weight >= 0 && held >= 0.5 ? 'likely' : 'possible';
  return {
    members: cluster.members,
    referenceId: referenceOf(members),
    tier,
    probability: held,
    weakest,
    pairs,
    fingerprint,
    exact,
    copies,
    confirm,
    reopened,
  };
}

/**
 * Best first: by tier, then by what a merge is worth (confidence times the cards that go away and the fields that the
 * reference gains), the cluster with the latest edit first among equals. `recordOf` gives the record of a member.
 */
export function rankClusters(
  suggestions: readonly Suggestion[],
  recordOf: (id: string) => ContactRecord,
): Suggestion[] {
  const ranked = suggestions.map((suggestion) => {
    const records = suggestion.members.map(recordOf);
    const gain = records.length - 1 + completedFields(recordOf(suggestion.referenceId), records);
    const edited = records.reduce((latest, { revised }) => (revised > latest ? revised : latest), '');
    return { suggestion, tier: TIER_ORDER.indexOf(suggestion.tier), worth: suggestion.probability * gain, edited };
  });
  ranked.sort(
    (x, y) =>
      x.tier - y.tier ||
      y.worth - x.worth ||
      order(y.edited, x.edited) ||
      order(x.suggestion.members[0]!, y.suggestion.members[0]!),
  );
  return ranked.map(({ suggestion }) => suggestion);
}

type FieldValues = (record: ContactRecord) => readonly string[];

/** Fields a reference card may lack a value of. Addresses count as one: their spellings differ too much. */
const FIELDS: readonly FieldValues[] = [
  (record) => record.phones.map((phone) => subscriberKey(phone.number)),
  (record) => record.emails.map((email) => email.mailbox),
  (record) => (record.addresses.length > 0 ? ['address'] : []),
  (record) => (record.birthday ? ['birthday'] : []),
  (record) => record.organizations,
  (record) => (record.title ? ['title'] : []),
  (record) => record.urls,
  (record) => (record.photo ? ['photo'] : []),
];

/** How many values the other cards bring that the reference lacks. */
function completedFields(reference: ContactRecord, records: readonly ContactRecord[]): number {
  let completed = 0;
  for (const valuesOf of FIELDS) {
    const own = new Set(valuesOf(reference));
    const before = own.size;
    for (const record of records) for (const value of valuesOf(record)) own.add(value);
    completed += own.size - before;
  }
  return completed;
}
