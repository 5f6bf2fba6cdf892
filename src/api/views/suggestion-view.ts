/** Suggestions, runs and evidence as the API shows them. */
import { z } from 'zod';
import type { ReadableBook } from '../../commands/readable-books.ts';
import { asksToLook } from '../../commands/recluster.ts';
import type { ExplainedPair } from '../../store/pairs.ts';
import type { RunRow } from '../../store/runs.ts';
import type { SuggestionRow } from '../../store/suggestions.ts';
import type { CardSummary } from '../contract/cards.ts';
import type { Run } from '../contract/runs.ts';
import {
  type PairEvidence,
  type SharedBookView,
  type SuggestionSummary,
  WeakestLink,
} from '../contract/suggestions.ts';
import { Evidence } from '../contract/words.ts';

const EvidenceList = z.array(Evidence);

export function runView(row: RunRow): Run {
  return {
    id: row.run_id,
    trigger: row.trigger,
    state: row.state,
    startedAt: row.started_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
    numbers: row.numbers,
    error: row.error,
    nextTryAt: row.next_try_at?.toISOString() ?? null,
  };
}

/** A suggestion that stands at place `rank` (from 1), or undefined when cards that are gone leave fewer than two: the queue has not caught up yet. */
export function suggestionSummary(
  row: SuggestionRow,
  cards: ReadonlyMap<string, CardSummary>,
  rank: number,
  books: readonly ReadableBook[],
): SuggestionSummary | undefined {
  const members = row.members.flatMap((id) => cards.get(id) ?? []);
  if (members.length < 2) return undefined;
  const present = new Set(members.map((member) => member.id));
  const places = books.filter(({ collection }) =>
    members.some((member) => member.collectionId === collection.collection_id),
  );
  const merging = new Set(places.filter((book) => book.mayMerge).map((book) => book.collection.collection_id));
  return {
    id: row.suggestion_id,
    rank,
    tier: row.tier,
    probability: row.probability,
    members: members.sort((a, b) => Number(b.id === row.reference_id) - Number(a.id === row.reference_id)),
    collectionIds: row.collections,
    sharedBooks: places.flatMap(sharedBookView),
    mergeable: members.filter((member) => merging.has(member.collectionId)).length > 1,
    referenceId: present.has(row.reference_id) ? row.reference_id : members[0]!.id,
    reasons: EvidenceList.parse(row.reasons),
    weakest: WeakestLink.nullable().parse(row.weakest),
    exact: row.exact,
    copies: row.copies,
    confirm: asksToLook(row),
    reopened: row.reopened,
    createdAt: row.created_at.toISOString(),
  };
}

/** Nothing for an own book. */
export function sharedBookView({ collection, ownerName, mayMerge }: ReadableBook): SharedBookView[] {
  if (ownerName === undefined) return [];
  const { collection_id: id, display_name, name } = collection;
  return [{ id, displayName: display_name ?? name, ownerName, mayMerge }];
}

export function pairEvidence(pair: ExplainedPair): PairEvidence {
  return {
    a: pair.a,
    b: pair.b,
    score: pair.weight,
    probability: pair.probability,
    evidence: EvidenceList.parse(pair.evidence),
  };
}
