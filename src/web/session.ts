/** Who is signed in, shared by all pages. */
import { useEffect } from 'preact/hooks';
import type { Session } from '../api/contract/account.ts';
import type { CollectionView } from '../api/contract/collections.ts';
import type { SharedCollection } from '../api/contract/shares.ts';
import { listCollections } from './api/collections.ts';
import { listSharedCollections } from './api/shares.ts';
import { sharedState, useShared } from './parts/shared-state.ts';

/** Undefined: not yet known. Null: nobody. */
export const session = sharedState<Session | null | undefined>(undefined);

/** Fetches books and calendars anew after a change to them or their contents. */
export async function refreshCollections(): Promise<void> {
  const [own, others] = await Promise.all([listCollections(), listSharedCollections()]);
  renew({ collections: own.items, shared: others.items });
}

/** Asks anew what others share, each time the component comes; draws it again when that is known. */
export function useShares(): void {
  useShared(session);
  useEffect(() => {
    // what was known stays where the answer cannot be had
    listSharedCollections().then(
      ({ items }) => renew({ shared: items }),
      () => undefined,
    );
  }, []);
}

function renew(part: Partial<Session>): void {
  const current = session.get();
  if (current) session.set({ ...current, ...part });
}

const ownOf = (kind: CollectionView['kind']): readonly CollectionView[] =>
  (session.get()?.collections ?? []).filter((collection) => collection.kind === kind);

const sharedOf = (kind: CollectionView['kind']): readonly SharedCollection[] =>
  (session.get()?.shared ?? []).filter((collection) => collection.kind === kind && collection.readable);

export const addressBooks = () => ownOf('addressbook');
export const calendars = () => ownOf('calendar');
/** Address books of others that the user may read. */
export const sharedBooks = () => sharedOf('addressbook');
export const sharedCalendars = () => sharedOf('calendar');

/** Is there a card in any book that the user may read? */
export const hasCards = (): boolean => [...addressBooks(), ...sharedBooks()].some((book) => book.count > 0);

/** The collection of somebody else with this id; undefined for an own one. */
export const sharedCollection = (id: string): SharedCollection | undefined =>
  session.get()?.shared.find((collection) => collection.id === id);

/** May the user change what is in this address book? */
export const mayWrite = (id: string): boolean => (sharedCollection(id)?.may ?? 'write') === 'write';

/** The colour of a collection as `#RRGGBB`, or null. */
export const collectionColour = (id: string): string | null =>
  (ownCollection(id) ?? sharedCollection(id))?.color?.slice(0, 7) ?? null;

/** The name of a collection, with whose it is where it is somebody else's; the empty string when it is not known. */
export function collectionName(id: string): string {
  const shared = sharedCollection(id);
  return shared ? sharedName(shared) : (ownCollection(id)?.displayName ?? '');
}

/** Two people may have a book of one name: this says whose it is. */
export const sharedName = ({ displayName, ownerName }: Pick<SharedCollection, 'displayName' | 'ownerName'>): string =>
  `${displayName} (${ownerName})`;

const ownCollection = (id: string) => session.get()?.collections.find((collection) => collection.id === id);
