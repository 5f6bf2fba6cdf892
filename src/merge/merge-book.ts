/** A whole address book merged by given clusters: each into its reference card, group cards re-pointed. */
import { type Card, isGroup, readCard, uidOf } from '../vcard/card.ts';
import { rewriteGroup } from './group-cards.ts';
import { mergeCards } from './merge.ts';
import type { LineAccount } from './outcome.ts';

export interface BookMerge {
  /** The reference card's UID. */
  readonly target: string;
  /** UIDs of the cards merged into it. */
  readonly sources: readonly string[];
}

export interface MergedBook {
  /** The cards that are left, in the order they had; untouched ones are the same objects. */
  readonly cards: readonly Card[];
  /** What became of each line of the cards merged away, one account per merge that was made. */
  readonly merges: readonly (BookMerge & { readonly account: readonly LineAccount[] })[];
}

/**
 * Merges the cards of a book that are named by UID. UIDs that the book does not have, group cards, and cards already merged
 * away are passed over; a merge left without a source changes nothing.
 */
export function mergeBook(
  book: readonly Card[],
  merges: readonly BookMerge[],
  options: { readonly region?: string } = {},
): MergedBook {
  const byUid = new Map<string, Card>();
  for (const card of book) {
    const uid = uidOf(card);
    if (uid !== undefined && !byUid.has(uid) && !isGroup(card)) byUid.set(uid, card);
  }
  const replaced = new Map<Card, Card>();
  const gone = new Map<string, string>();
  const removed = new Set<Card>();
  const made: (BookMerge & { readonly account: readonly LineAccount[] })[] = [];
  for (const { target, sources } of merges) {
    const reference = byUid.get(target);
    if (!reference || gone.has(target)) continue;
    const others = [...new Set(sources)].filter((uid) => uid !== target && byUid.has(uid) && !gone.has(uid));
    if (others.length === 0) continue;
    const current = replaced.get(reference) ?? reference;
    const sourceCards = others.map((uid) => replaced.get(byUid.get(uid)!) ?? byUid.get(uid)!);
    const merged = mergeCards(current, sourceCards, {}, options);
    made.push({ target, sources: others, account: merged.account });
    replaced.set(reference, readCard(merged.octets));
    for (const uid of others) {
      gone.set(uid, target);
      removed.add(byUid.get(uid)!);
    }
  }
  const cards = book.filter((card) => !removed.has(card)).map((card) => repointed(replaced.get(card) ?? card, gone));
  return { cards, merges: made };
}

function repointed(card: Card, gone: ReadonlyMap<string, string>): Card {
  const rewritten = isGroup(card) ? rewriteGroup(card, gone) : undefined;
  return rewritten ? readCard(rewritten.octets) : card;
}
