/** A whole address book merged by given clusters: each into its reference card, group cards re-pointed. */
import { type Card, isGroup, readCard, uidOf } from '../vcard/card.ts';
import { rewriteGroup } from './group-cards.ts';
import { mergeCards } from './merge.ts';
import type { LineAccount } from './outcome.ts';

export interface BookMerge {
  /** The reference card's name: its UID, unless the cards were named otherwise. */
  readonly target: string;
  /** Names of the cards merged into it. */
  readonly sources: readonly string[];
}

export interface MergedBook {
  /** The cards that are left, in the order they had; untouched ones are the same objects. */
  readonly cards: readonly Card[];
  /** What became of each line of the cards merged away, one account per merge that was made. */
  readonly merges: readonly (BookMerge & { readonly account: readonly LineAccount[] })[];
}

export interface BookOptions {
  readonly region?: string;
  /** Names of the cards, in their order; without them their UIDs, of which the first card with one counts. */
  readonly names?: readonly string[];
}

/**
 * Merges the cards of a book that are named. Names that the book does not have, group cards, and cards already merged
 * away are passed over; a merge left without a source changes nothing.
 */
export function mergeBook(
  book: readonly Card[],
  merges: readonly BookMerge[],
  { names, ...options }: BookOptions = {},
): MergedBook {
  const byUid = new Map<string, Card>();
  for (const [at, card] of book.entries()) {
    const uid = names ? names[at] : uidOf(card);
    if (uid !== undefined && !byUid.has(uid) && !isGroup(card)) byUid.set(uid, card);
  }
  const pointers = new Map<string, string>();
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
      const [from, to] = [uidOf(byUid.get(uid)!), uidOf(reference)];
      if (from !== undefined && to !== undefined && from !== to) pointers.set(from, to);
    }
  }
  const cards = book
    .filter((card) => !removed.has(card))
    .map((card) => repointed(replaced.get(card) ?? card, pointers));
  return { cards, merges: made };
}

function repointed(card: Card, pointers: ReadonlyMap<string, string>): Card {
  const rewritten = isGroup(card) ? rewriteGroup(card, pointers) : undefined;
  return rewritten ? readCard(rewritten.octets) : card;
}
