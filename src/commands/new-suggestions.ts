/** What is stored of a suggestion beside what the engine says: who may merge it, what it is worth, until when it is hidden. */
import { uuidv7 } from '../base/ids.ts';
import { referenceOf } from '../dedup/rank.ts';
import { type ContactRecord, isBelieved, type Suggestion } from '../dedup/types.ts';
import type { Tx } from '../store/database.ts';
import { listSharedBooks } from '../store/shared-books.ts';
import type { NewSuggestion } from '../store/suggestions.ts';
import type { Context, Owner } from './context.ts';
import type { KnownDecisions, PostponedPair } from './known-decisions.ts';

/** Reasons shown in a list. */
const MOST_REASONS = 3;

/** What a suggestion is told beside what the engine says. */
interface Known {
  readonly records: readonly ContactRecord[];
  readonly collections: ReadonlyMap<string, string>;
  /** Books of others that the user may only read. */
  readonly readOnly: ReadonlySet<string>;
  readonly decisions: KnownDecisions;
  /** Cards that a device brought back, changed, after a merge had taken them away. */
  readonly returned: ReadonlySet<string>;
  readonly hold: boolean;
}

/** What makes a cluster with a returned card the first of its tier. */
const RETURNED_BENEFIT = 1000;
/** The reason of a group that holds a card which a device brought back. */
export const RETURNED_CODE = 'merged.before';
const RETURNED_REASON = { code: RETURNED_CODE, params: {}, weight: 0 };

/** Collections of others that the owner may read and not write. */
export async function readOnlyBooks(tx: Tx, { organisationId, principalId }: Owner): Promise<Set<string>> {
  const books = await listSharedBooks(tx, organisationId, principalId);
  return new Set(books.flatMap((book) => (book.writable ? [] : [book.collection_id])));
}

/** Rows of the suggestions; those that hold nothing but cards of books that the user may only read are nobody's business here. */
export function newSuggestions(context: Context, suggestions: readonly Suggestion[], known: Known): NewSuggestion[] {
  if (known.readOnly.size === 0)
    return suggestions.map((each) => newSuggestion(context, each, each.referenceId, known));
  const byId = new Map(known.records.map((record) => [record.id, record]));
  return suggestions.flatMap((each) => {
    const kept = each.members.filter((id) => !known.readOnly.has(known.collections.get(id) ?? ''));
    if (kept.length === 0) return [];
    // a card that cannot be changed cannot be the one that the others are merged into
    const referenceId = kept.includes(each.referenceId)
      ? each.referenceId
      : referenceOf(kept.map((id) => byId.get(id)!));
    return newSuggestion(context, each, referenceId, known);
  });
}

function newSuggestion(
  context: Context,
  suggestion: Suggestion,
  referenceId: string,
  { collections, decisions, returned, hold }: Known,
): NewSuggestion {
  const { members, weakest, pairs, probability } = suggestion;
  const isReturn = members.some((id) => returned.has(id));
  const reasons = (pairs[0]?.evidence ?? []).filter((line) => line.weight > 0).slice(0, MOST_REASONS);
  return {
    suggestionId: uuidv7(context.clock.now()),
    fingerprint: suggestion.fingerprint,
    tier: suggestion.tier,
    probability,
    referenceId,
    weakest: { a: weakest.a, b: weakest.b, probability: weakest.probability },
    members,
    collections: [...new Set(members.flatMap((id) => collections.get(id) ?? []))].sort(),
    exact: suggestion.exact,
    copies: suggestion.copies,
    reopened: suggestion.reopened,
    reasons: isReturn ? [RETURNED_REASON, ...reasons] : reasons,
    benefit: probability * (members.length - 1) + (isReturn ? RETURNED_BENEFIT : 0),
    hiddenUntil: postponedUntil(members, decisions.later),
    // what is only possible is no news of a night: it waits where people look for it
    held: hold && isBelieved(suggestion),
  };
}

/** A cluster is postponed while every pair of its members is: a card that joins it asks again. */
function postponedUntil(members: readonly string[], later: readonly PostponedPair[]): Date | null {
  if (later.length === 0) return null;
  const within = new Set(members);
  const pairs = new Map(
    later.filter((pair) => within.has(pair.a) && within.has(pair.b)).map((pair) => [`${pair.a}${pair.b}`, pair.until]),
  );
  if (pairs.size < (members.length * (members.length - 1)) / 2) return null;
  return new Date(Math.min(...[...pairs.values()].map((until) => until.getTime())));
}
