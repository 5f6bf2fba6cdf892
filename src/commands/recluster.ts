/** From stored pairs to stored suggestions: of a whole book, or of the components that some cards touch. */
import { uuidv7 } from '../base/ids.ts';
import { suggestFromPairs } from '../dedup/engine.ts';
import { referenceOf } from '../dedup/rank.ts';
import { type ContactRecord, isBelieved, needsConfirmation, type PairScore, type Suggestion } from '../dedup/types.ts';
import type { Tx } from '../store/database.ts';
import { findCardsByContent, findRecords, type StoredRecord } from '../store/dedup-index.ts';
import { findReturned } from '../store/merged-away.ts';
import { type ExplainedPair, explainPairs, pairsTouching, type StoredPair } from '../store/pairs.ts';
import { listSharedBooks } from '../store/shared-books.ts';
import {
  deleteSuggestions,
  deleteSuggestionsExcept,
  type NewSuggestion,
  saveSuggestions,
  suggestionsHolding,
} from '../store/suggestions.ts';
import type { Actor, Context } from './context.ts';
import { type KnownDecisions, loadDecisions, type PostponedPair } from './known-decisions.ts';

export type Owner = Pick<Actor, 'organisationId' | 'principalId'>;

/** What a suggestion is made of beside the pairs. */
export interface ClusteredBook {
  readonly records: readonly ContactRecord[];
  readonly pairs: readonly PairScore[];
  /** Collection of each card. */
  readonly collections: ReadonlyMap<string, string>;
}

/**
 * Replaces all suggestions of the owner by those of a whole book. Returns how many of them are believed. The owner must be locked.
 * With `hold` those that are new wait for a night to show them; without, those that waited are shown.
 */
export async function suggestBook(
  context: Context,
  tx: Tx,
  owner: Owner,
  book: ClusteredBook,
  hold: boolean,
): Promise<number> {
  const now = new Date(context.clock.now());
  const decisions = await loadDecisions(tx, owner.organisationId, owner.principalId, now);
  const suggestions = suggestFromPairs(book.records, book.pairs, decisions.different);
  const ids = suggestions.flatMap((suggestion) => suggestion.members);
  const returned = await findReturned(tx, owner.organisationId, ids);
  const readOnly = await readOnlyBooks(tx, owner);
  const known = { records: book.records, collections: book.collections, readOnly, decisions, returned, hold };
  const rows = newSuggestions(context, suggestions, known);
  await deleteSuggestionsExcept(
    tx,
    owner.organisationId,
    owner.principalId,
    rows.map((row) => row.fingerprint),
  );
  await saveSuggestions(tx, owner.organisationId, owner.principalId, rows, now);
  return rows.filter(isBelieved).length;
}

interface Around {
  /** New suggestions wait for a night to show them. */
  readonly hold?: boolean;
  /** Records that were read in this transaction already. */
  readonly known?: ReadonlyMap<string, StoredRecord>;
}

/**
 * Clusters the components anew that hold any of the cards (cards that are gone count for the suggestions they were in), and
 * replaces the suggestions of those components. The owner must be locked.
 */
export async function suggestAround(
  context: Context,
  tx: Tx,
  owner: Owner,
  touched: readonly string[],
  { hold = false, known = new Map() }: Around = {},
): Promise<void> {
  if (touched.length === 0) return;
  const { organisationId, principalId } = owner;
  const before = await suggestionsHolding(tx, organisationId, principalId, touched);
  const asked = new Set([...touched, ...before.flatMap((row) => row.members)]);
  const component = await componentOf(tx, owner, [...asked]);
  const further = [...component.cards].filter((id) => !asked.has(id));
  const more = further.length > 0 ? await suggestionsHolding(tx, organisationId, principalId, further) : [];
  const now = new Date(context.clock.now());
  // most cards stand alone: nothing is asked about those
  const rows = component.pairs.length > 0 ? await clustersOf(context, tx, owner, component, { hold, now, known }) : [];
  const kept = new Set(rows.map((row) => row.fingerprint));
  const gone = [...before, ...more].filter((row) => !kept.has(row.fingerprint));
  await deleteSuggestions(tx, organisationId, principalId, [...new Set(gone.map((row) => row.suggestion_id))]);
  await saveSuggestions(tx, organisationId, principalId, rows, now);
}

interface Component {
  readonly cards: ReadonlySet<string>;
  readonly pairs: readonly StoredPair[];
}

async function clustersOf(
  context: Context,
  tx: Tx,
  owner: Owner,
  component: Component,
  { hold, now, known }: Required<Around> & { readonly now: Date },
): Promise<NewSuggestion[]> {
  const { organisationId, principalId } = owner;
  const unread = [...component.cards].filter((id) => !known.has(id));
  const stored = [...component.cards].flatMap((id) => known.get(id) ?? []);
  if (unread.length > 0) stored.push(...(await findRecords(tx, organisationId, principalId, unread)));
  const collections = new Map(stored.map((record) => [record.objectId, record.collectionId]));
  const records = stored.map((record) => record.data as ContactRecord);
  const pairs = component.pairs.filter((pair) => collections.has(pair.a) && collections.has(pair.b));
  const decisions = await loadDecisions(tx, organisationId, principalId, now);
  const light = suggestFromPairs(records, pairs.map(lightPair), decisions.different);
  if (light.length === 0) return [];
  const suggestions = await explained(tx, owner, light);
  const members = suggestions.flatMap((suggestion) => suggestion.members);
  const returned = await findReturned(tx, organisationId, members);
  const readOnly = await readOnlyBooks(tx, owner);
  return newSuggestions(context, suggestions, { records, collections, readOnly, decisions, returned, hold });
}

/** Everything that pairs connect with the cards. */
async function componentOf(
  tx: Tx,
  { organisationId, principalId }: Owner,
  from: readonly string[],
): Promise<Component> {
  const cards = new Set(from);
  const pairs = new Map<string, StoredPair>();
  let frontier = [...cards];
  while (frontier.length > 0) {
    const next = new Set<string>();
    for (const pair of await pairsTouching(tx, organisationId, principalId, frontier)) {
      pairs.set(`${pair.a}${pair.b}`, pair);
      for (const id of [pair.a, pair.b]) if (!cards.has(id)) next.add(id);
    }
    for (const id of next) cards.add(id);
    frontier = [...next];
  }
  return { cards, pairs: [...pairs.values()] };
}

/** Clustering needs weights only: evidence is fetched for what came out of it. */
function lightPair(pair: StoredPair): PairScore {
  return { ...pair, evidence: [] };
}

async function explained(tx: Tx, owner: Owner, suggestions: readonly Suggestion[]): Promise<Suggestion[]> {
  const ids = [...new Set(suggestions.flatMap((suggestion) => suggestion.members))];
  const pairs = await explainPairs(tx, owner.organisationId, owner.principalId, ids);
  const evidence = new Map(pairs.map((pair) => [`${pair.a}${pair.b}`, evidenceOf(pair)]));
  return suggestions.map((suggestion) => ({
    ...suggestion,
    pairs: suggestion.pairs.map((pair) => ({ ...pair, evidence: evidence.get(`${pair.a}${pair.b}`) ?? [] })),
  }));
}

const evidenceOf = (pair: ExplainedPair): PairScore['evidence'] => pair.evidence as PairScore['evidence'];

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
export const RETURNED_CODE = 'merged.before';
const RETURNED_REASON = { code: RETURNED_CODE, params: {}, weight: 0 };

async function readOnlyBooks(tx: Tx, { organisationId, principalId }: Owner): Promise<Set<string>> {
  const books = await listSharedBooks(tx, organisationId, principalId);
  return new Set(books.flatMap((book) => (book.writable ? [] : [book.collection_id])));
}

/** Rows of the suggestions; those that hold nothing but cards of books that the user may only read are nobody's business here. */
function newSuggestions(context: Context, suggestions: readonly Suggestion[], known: Known): NewSuggestion[] {
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

/** True for a stored suggestion of which each card should be looked at before it is merged. */
export const asksToLook = ({
  members,
  exact,
}: {
  readonly members: readonly string[];
  readonly exact: boolean;
}): boolean => needsConfirmation(members.length, exact);

/** Suggestions that hold any of the cards, or copies of their content, are clustered anew: after a decision, a merge, an undo. */
export async function suggestAgain(context: Context, tx: Tx, owner: Owner, cardIds: readonly string[]): Promise<void> {
  const { organisationId, principalId } = owner;
  const records = await findRecords(tx, organisationId, principalId, cardIds);
  const contents = records.map((record) => record.contentHash);
  const copies = await findCardsByContent(tx, organisationId, principalId, contents);
  await suggestAround(context, tx, owner, [...cardIds, ...copies.map((record) => record.objectId)]);
}
