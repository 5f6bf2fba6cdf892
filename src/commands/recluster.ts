/** From stored pairs to stored suggestions: of a whole book, or of the components that some cards touch. */
import { suggestFromPairs } from '../dedup/engine.ts';
import { type ContactRecord, isBelieved, needsConfirmation, type PairScore, type Suggestion } from '../dedup/types.ts';
import type { Tx } from '../store/database.ts';
import { findCardsByContent, findRecords, type StoredRecord } from '../store/dedup-index.ts';
import { findReturned } from '../store/merged-away.ts';
import { type ExplainedPair, explainPairs, pairsTouching, type StoredPair } from '../store/pairs.ts';
import {
  deleteSuggestions,
  deleteSuggestionsExcept,
  type NewSuggestion,
  saveSuggestions,
  suggestionsHolding,
} from '../store/suggestions.ts';
import type { Context, Owner } from './context.ts';
import { loadDecisions } from './known-decisions.ts';
import { newSuggestions, readOnlyBooks } from './new-suggestions.ts';

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
