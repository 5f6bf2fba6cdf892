/** Scoring many pairs: a whole book, or one changed card against its candidates. */
import { forEachCandidate, indexKeys } from './key-index.ts';
import { MODEL, modelFor } from './model.ts';
import { profileOf } from './profile.ts';
import { pairWeight, scoreProfiles } from './score.ts';
import { makeSieve } from './sketch.ts';
import { distinctContents, statisticsOf } from './statistics.ts';
import type { ContactRecord, PairScore, Statistics } from './types.ts';

/** Ids of the cards that carry the same content, the first of each list standing for all. Only lists of two and more. */
export function exactCopies(records: readonly ContactRecord[]): string[][] {
  const byContent = new Map<string, string[]>();
  for (const record of records) {
    if (record.kind === 'group') continue;
    const same = byContent.get(record.contentHash);
    if (same) same.push(record.id);
    else byContent.set(record.contentHash, [record.id]);
  }
  return [...byContent.values()].filter((ids) => ids.length > 1).map((ids) => ids.sort());
}

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
 * All pairs of a book that are worth keeping: copies of one content against the first of them, and every candidate of
 * distinct contents whose weight is not below `MODEL.kept`. Order of ids.
 */
export function scoreBook(records: readonly ContactRecord[]): PairScore[] {
  const distinct = distinctContents(records);
  const index = indexKeys(distinct);
  const statistics = statisticsOf(distinct, index);
  const profiles = distinct.map(profileOf);
  const mayMatch = makeSieve(profiles, modelFor(statistics));
  const scores: PairScore[] = [];
  forEachCandidate(index, (a, b) => {
    if (!mayMatch(a, b) || pairWeight(profiles[a]!, profiles[b]!, statistics) < MODEL.kept) return;
    scores.push(scoreProfiles(profiles[a]!, profiles[b]!, statistics));
  });
  for (const [first, ...copies] of exactCopies(records)) for (const copy of copies) scores.push(copyPair(first!, copy));
  return scores.sort(byIds);
}

/**
 * The kept pairs of one changed card. `candidates`: records that share a crossed block with it (see `crossedKeys`),
 * one for each distinct content, the smallest id standing for copies.
 */
export function rescore(
  changed: ContactRecord,
  candidates: readonly ContactRecord[],
  statistics: Statistics,
): PairScore[] {
  if (changed.kind === 'group') return [];
  const profile = profileOf(changed);
  const scores: PairScore[] = [];
  for (const candidate of candidates) {
    if (candidate.id === changed.id || candidate.kind === 'group') continue;
    if (candidate.contentHash === changed.contentHash) {
      scores.push(copyPair(changed.id, candidate.id));
      continue;
    }
    const score = scoreProfiles(profile, profileOf(candidate), statistics);
    if (score.weight >= MODEL.kept) scores.push(score);
  }
  return scores.sort(byIds);
}

const byIds = (x: PairScore, y: PairScore): number => (x.a === y.a ? compare(x.b, y.b) : compare(x.a, y.a));
const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
