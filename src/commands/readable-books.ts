/** The address books that a user's duplicates are looked for in: own ones, and those of others that the user may read. */
import { AppError } from '../base/errors.ts';
import { countObjects, listCollections } from '../store/collections.ts';
import type { Db, Tx } from '../store/database.ts';
import { listSharedBooks, RIGHTS_CHANGED, replaceSharedBooks, type SharedBook } from '../store/shared-books.ts';
import {
  type ReachableCollection,
  type Reader,
  readableCollections,
  readableOfOthers,
} from './reachable-collections.ts';

export interface ReadableBook extends ReachableCollection {
  /** May cards in it be changed, deleted and brought back? A merge does all of it, or its undo does. */
  readonly mayMerge: boolean;
}

const MERGING: readonly string[] = ['write-content', 'bind', 'unbind'];

/** The user's own address books, then those of others on which `read` was granted. */
export async function readableBooks(db: Db, reader: Reader): Promise<ReadableBook[]> {
  return (await readableCollections(db, reader, 'addressbook')).map(asBook);
}

const asBook = (reached: ReachableCollection): ReadableBook => ({
  ...reached,
  mayMerge: reached.collection.fed_by === null && MERGING.every((name) => reached.privileges.has(name)),
});

/** Ids of the user's own address books: what happens to many cards at once, or unattended, keeps to them. */
export async function ownBooks(db: Db, { organisationId, principalId }: Reader): Promise<string[]> {
  const own = await listCollections(db, organisationId, principalId, 'addressbook');
  return own.map((book) => book.collection_id);
}

/**
 * Brings what the engine compares for a user in step with what the user may read today. Returns the books of others as they
 * are compared; undefined when something changed: then only a full run makes the user's pairs right again, and `rescoreStale`
 * says so. `mostCards` of others are compared. The user's duplicates must be locked.
 */
export async function refreshSharedBooks(
  tx: Tx,
  reader: Reader,
  mostCards: number,
): Promise<readonly SharedBook[] | undefined> {
  const known = await listSharedBooks(tx, reader.organisationId, reader.principalId);
  if (areKnown(await booksOfOthers(tx, reader), known)) return known;
  await chooseSharedBooks(tx, reader, mostCards);
  return undefined;
}

/** As `refreshSharedBooks` before a full run, which counts anew how large the books are: they grow, and the limit may be another. */
export async function chooseSharedBooks(tx: Tx, reader: Reader, mostCards: number): Promise<void> {
  const { organisationId, principalId } = reader;
  const known = await listSharedBooks(tx, organisationId, principalId);
  const shared = await booksOfOthers(tx, reader);
  const compared = await smallEnough(tx, organisationId, shared, mostCards);
  const isChosen = (book: SharedBook): boolean => book.compared === compared.has(book.collection_id);
  if (areKnown(shared, known) && known.every(isChosen)) return;
  const rows = shared.map(({ collection, mayMerge }) => ({
    collection_id: collection.collection_id,
    owner_id: collection.owner_id,
    writable: mayMerge,
    compared: compared.has(collection.collection_id),
  }));
  await replaceSharedBooks(tx, organisationId, principalId, rows);
}

const booksOfOthers = async (tx: Tx, reader: Reader): Promise<ReadableBook[]> =>
  (await readableOfOthers(tx, reader, 'addressbook')).map(asBook);

const areKnown = (shared: readonly ReadableBook[], known: readonly SharedBook[]): boolean =>
  known.length === shared.length &&
  shared.every(({ collection, mayMerge }) =>
    known.some(
      (book) =>
        book.collection_id === collection.collection_id &&
        book.owner_id === collection.owner_id &&
        book.seen_seq !== RIGHTS_CHANGED &&
        book.writable === mayMerge,
    ),
  );

/** Ids of the books of others that the user may read and that are too large to be compared with the user's own. */
export async function leftOutBooks(db: Db, { organisationId, principalId }: Reader): Promise<Set<string>> {
  const known = await listSharedBooks(db, organisationId, principalId);
  const leftOut = known.filter((book) => !book.compared && book.seen_seq !== RIGHTS_CHANGED);
  return new Set(leftOut.map((book) => book.collection_id));
}

/** The small books first, as many as stay below the limit together. */
async function smallEnough(
  tx: Tx,
  organisationId: string,
  books: readonly ReadableBook[],
  most: number,
): Promise<Set<string>> {
  const ids = books.map((book) => book.collection.collection_id);
  const counts = await countObjects(tx, organisationId, ids);
  const sizes = ids.map((id) => ({ id, cards: counts.get(id) ?? 0 })).sort((a, b) => a.cards - b.cards);
  let sum = 0;
  return new Set(
    sizes.flatMap(({ id, cards }) => {
      sum += cards;
      return sum <= most ? [id] : [];
    }),
  );
}

/** Throws AppError 'read-only-book' (details.cards, details.books) when any of the cards stands in a book that the user may only read. */
export function requireMergeable(
  books: readonly ReadableBook[],
  cards: readonly { readonly object_id: string; readonly collection_id: string }[],
): void {
  const readOnly = new Map(books.filter((book) => !book.mayMerge).map((book) => [book.collection.collection_id, book]));
  const refused = cards.filter((card) => readOnly.has(card.collection_id));
  if (refused.length === 0) return;
  const [first] = refused.map((card) => readOnly.get(card.collection_id)!);
  const { display_name, name } = first!.collection;
  throw new AppError(
    'forbidden',
    'read-only-book',
    `The address book "${display_name ?? name}" may only be read by you: its cards cannot be merged.`,
    {
      cards: refused.map((card) => card.object_id),
      books: [...new Set(refused.map((card) => card.collection_id))],
    },
  );
}
