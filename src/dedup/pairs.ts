/** Scoring many pairs: a whole book, or one changed card against its candidates. */
import { forEachCandidate, indexKeys } from './blocking/key-index.ts';
import { MODEL } from './model.ts';
import { type Profile, profileOf } from './profile.ts';
import { scoreIfKept, scorePair } from './score.ts';
import { makeSieve } from './sieve/sketch.ts';
import { contentsOf, distinctContents, statisticsOf } from './statistics.ts';
import type { ContactRecord, PairScore, Statistics } from './types.ts';

/** Order of pairs: the strongest first, then by their cards. */
export const strongestFirst = (x: PairScore, y: PairScore): number =>
  y.weight - x.weight || (x.a + x.b < y.a + y.b ? -1 : 1);

/** The pair of a copy with the card that stands for its content: certain, whatever the content is. */
export function copyPair(first: string, copy: string): PairScore {
  const [a, b] = first < copy ? [first, copy] : [copy, first];
  const evidence = [{ code: 'content.same', params: {}, weight: MODEL.copy }];
  return { a, b, weight: MODEL.copy, probability: 1, evidence, tier: 'certain', never: false };
}

/** Candidate pairs of a book, by id, `a < b`: every two distinct contents that share a crossed block. */
export function candidatePairs(records: readonly ContactRecord[]): [a: string, b: string][] {
  const distinct = distinctContents(records);
  const pairs: [string, string][] = [];
  forEachCandidate(indexKeys(distinct), (a, b) => pairs.push([distinct[a]!.id, distinct[b]!.id]));
  return pairs;
}

/**
 * All pairs of a book that are worth keeping: copies of one content against the first of them, every candidate of distinct
 * contents whose weight is not below `MODEL.kept`, namesakes that may be one person. Order of ids.
 */
export const scoreBook = (records: readonly ContactRecord[]): PairScore[] => keptPairs(records, { told: true }).pairs;

/** As `scoreBook`, with the latent pairs: what has to be stored for changed cards to be scored by themselves later on. */
export const scoreStoredBook = (records: readonly ContactRecord[]): PairScore[] =>
  keptPairs(records, { told: true, latentToo: true }).pairs;

/** Pairs whose evidence is told only where somebody asks: most are never looked at, and their evidence is most of what they hold. */
export interface WeighedBook {
  readonly pairs: PairScore[];
  /** A pair of these with its evidence. */
  explain(pair: PairScore): PairScore;
}

/** As `scoreBook`, without evidence. */
export function weighBook(records: readonly ContactRecord[]): WeighedBook {
  const { pairs, statistics } = keptPairs(records, { told: false });
  let byId: ReadonlyMap<string, ContactRecord> | undefined;
  const explain = (pair: PairScore): PairScore => {
    if (pair.evidence.length > 0) return pair;
    byId ??= new Map(records.map((record) => [record.id, record]));
    return scorePair(byId.get(pair.a)!, byId.get(pair.b)!, statistics);
  };
  return { pairs, explain };
}

function keptPairs(
  records: readonly ContactRecord[],
  { told, latentToo = false }: { readonly told: boolean; readonly latentToo?: boolean },
): { pairs: PairScore[]; statistics: Statistics } {
  const { distinct, copies } = contentsOf(records);
  const profiles = distinct.map(profileOf);
  const index = indexKeys(distinct, profiles);
  const statistics = statisticsOf(distinct, index);
  const mayMatch = makeSieve(profiles, statistics, latentToo);
  const pairs: PairScore[] = [];
  forEachCandidate(index, (a, b) => {
    const score = mayMatch(a, b) && scoreIfKept(profiles[a]!, profiles[b]!, statistics, told, latentToo);
    if (score) pairs.push(score);
  });
  for (const [first, ...others] of copies) for (const copy of others) pairs.push(copyPair(first!, copy));
  return { pairs: pairs.sort(byIds), statistics };
}

/**
 * The kept pairs of one changed card. `candidates`: records that share a crossed block with it (see `forEachCandidate`),
 * one for each distinct content, the smallest id standing for copies.
 */
export function rescore(
  changed: ContactRecord,
  candidates: readonly ContactRecord[],
  statistics: Statistics,
): PairScore[] {
  const profile = profileOf(changed);
  return candidates
    .flatMap((candidate) =>
      candidate.id === changed.id ? [] : (storedPair(profile, profileOf(candidate), statistics) ?? []),
    )
    .filter((pair) => !pair.latent)
    .sort(byIds);
}

/** The pair of two cards that share a crossed block, where it is worth keeping or latent. */
export function storedPair(one: Profile, other: Profile, statistics: Statistics): PairScore | undefined {
  if (one.record.kind === 'group' || other.record.kind === 'group') return undefined;
  if (one.record.contentHash === other.record.contentHash) return copyPair(one.record.id, other.record.id);
  return scoreIfKept(one, other, statistics, true, true);
}

const byIds = (x: PairScore, y: PairScore): number => (x.a === y.a ? compare(x.b, y.b) : compare(x.a, y.a));
const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
