/** Who is signed in, shared by all pages. */
import type { Session } from '../api/contract/account.ts';
import type { CollectionView } from '../api/contract/collections.ts';
import { listCollections } from './api/collections.ts';
import { sharedState } from './parts/shared-state.ts';

/** Undefined: not yet known. Null: nobody. */
export const session = sharedState<Session | null | undefined>(undefined);

/** Fetches books and calendars anew after a change to them or their contents. */
export async function refreshCollections(): Promise<void> {
  const { items } = await listCollections();
  const current = session.get();
  if (current) session.set({ ...current, collections: items });
}

export function addressBooks(): readonly CollectionView[] {
  return (session.get()?.collections ?? []).filter((collection) => collection.kind === 'addressbook');
}

export function calendars(): readonly CollectionView[] {
  return (session.get()?.collections ?? []).filter((collection) => collection.kind === 'calendar');
}

/** The colour of a collection as `#RRGGBB`, or null. */
export function collectionColour(id: string): string | null {
  return (
    session
      .get()
      ?.collections.find((collection) => collection.id === id)
      ?.color?.slice(0, 7) ?? null
  );
}

/** The name of a collection, or the empty string when it is not the user's own. */
export function collectionName(id: string): string {
  return session.get()?.collections.find((collection) => collection.id === id)?.displayName ?? '';
}
