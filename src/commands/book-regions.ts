/** The country of a book: named by its owner, or guessed from its cards while nobody has named one. */
import { guessRegion } from '../dedup/region/guess-region.ts';
import { listFollowingRegions, listUnnamedRegions, sampleCards, setRegions } from '../store/book-regions.ts';
import type { Collection } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { findPrincipal, type PrincipalPatch, updatePrincipal } from '../store/principals.ts';
import { readCard } from '../vcard/card.ts';
import type { Context, Owner } from './context.ts';

/** Cards that the country of a book is told from; larger ones mostly hold a photo. */
const SAMPLE = { most: 1000, largest: 16 * 1024 };

const told = (cards: readonly Buffer[]): string | undefined => guessRegion(cards.map((octets) => readCard(octets)));

/**
 * Guesses the country of the owner's books that have none, again while they grow: devices fill most books, and a phone number
 * without a country is compared as what it is, a mobile or a landline, only where its country is known.
 */
export async function learnRegions(tx: Tx, { organisationId, principalId }: Owner): Promise<void> {
  for (const { collectionId, guessed } of await listUnnamedRegions(tx, organisationId, principalId)) {
    const cards = await sampleCards(tx, organisationId, collectionId, SAMPLE);
    const region = told(cards);
    if (region === undefined || region === guessed) continue;
    await setRegions(tx, organisationId, principalId, [collectionId], { region, guessed: true });
  }
}

/** The country that cards on their way into a book without one suggest; the book keeps it as a guess. Null: they suggest none. */
export async function guessedRegion(
  context: Context,
  book: Collection,
  cards: readonly Buffer[],
): Promise<string | null> {
  const region = told(cards);
  if (region === undefined) return null;
  const { organisation_id, owner_id, collection_id } = book;
  const guess = { region, guessed: true };
  await inTransaction(context.db, (tx) => setRegions(tx, organisation_id, owner_id, [collection_id], guess));
  return region;
}

/**
 * Changes the account's own properties. With another country, or none, go the books that followed the one before or had none
 * of their own: their cards are read anew.
 */
export async function changePrincipal(context: Context, owner: Owner, patch: PrincipalPatch): Promise<void> {
  const { organisationId, principalId } = owner;
  await inTransaction(context.db, async (tx) => {
    const before = (await findPrincipal(tx, organisationId, principalId))?.region ?? null;
    await updatePrincipal(tx, organisationId, principalId, patch);
    const { region = before } = patch;
    if (region === before) return;
    const books = await listFollowingRegions(tx, organisationId, principalId, before);
    if (books.length > 0) await setRegions(tx, organisationId, principalId, books, { region, guessed: false });
  });
}
