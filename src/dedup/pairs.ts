/** Scoring many pairs: a whole book, or one changed card against its candidates. */
import { forEachCandidate, indexKeys } from './key-index.ts';
import { MODEL, modelFor } from './model.ts';
import { profileOf } from './profile.ts';
import { scoreIfKept, shareName } from './score.ts';
import { makeSieve } from './sketch.ts';
import { contentsOf, distinctContents, statisticsOf } from './statistics.ts';
import type { ContactRecord, PairScore, Statistics } from './types.ts';

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
export function scoreBook(records: readonly ContactRecord[]): PairScore[] {
  const { distinct, copies } = contentsOf(records);
  const profiles = distinct.map(profileOf);
  const index = indexKeys(distinct, profiles);
  const statistics = statisticsOf(distinct, index);
  const mayMatch = makeSieve(profiles, modelFor(statistics));
  const scores: PairScore[] = [];
  forEachCandidate(index, (a, b) => {
    const [one, other] = [profiles[a]!, profiles[b]!];
    const score = (mayMatch(a, b) || shareName(one, other)) && scoreIfKept(one, other, statistics);
    if (score) scores.push(score);
  });
  for (const [first, ...others] of copies) for (const copy of others) scores.push(copyPair(first!, copy));
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
    const score = scoreIfKept(profile, profileOf(candidate), statistics);
    if (score) scores.push(score);
  }
  return scores.sort(byIds);
}

const byIds = (x: PairScore, y: PairScore): number => (x.a === y.a ? compare(x.b, y.b) : compare(x.a, y.a));
const compare = (x: string, y: string): number => (x < y ? -1 : x > y ? 1 : 0);
