/** Group cards when a member is deleted (RFC 6350 §6.6.5; Apple's X-ADDRESSBOOKSERVER-MEMBER): who takes it off their lists, and when. */
import { withoutMembers } from '../merge/group-cards.ts';
import { findDepartedCards, findPointingCards } from '../store/cards.ts';
import { type Collection, lockCollections } from '../store/collections.ts';
import { inTransaction, type Tx } from '../store/database.ts';
import { putObjects } from '../store/object-writes.ts';
import { isGroup, readCard } from '../vcard/card.ts';
import type { Context } from './context.ts';
import { limitsOfStored } from './limits.ts';
import { scopeOf } from './locking.ts';
import { OBJECT_KINDS } from './object-kinds.ts';
import { lockedOf } from './write-locks.ts';

/**
 * Takes the UIDs off the member lists of the group cards in a book, octet for octet otherwise, each group as a change of its
 * own; one that a WebDAV lock holds on is left as it is, for a later night. The book must be locked. Returns how many groups changed.
 */
export async function dropMembers(
  tx: Tx,
  context: Context,
  book: Collection,
  uids: readonly string[],
): Promise<number> {
  if (book.kind !== 'addressbook' || uids.length === 0) return 0;
  const pointing = await findPointingCards(tx, book.organisation_id, [book.collection_id]);
  const limits = limitsOfStored(context.limits);
  const writes = pointing.flatMap(({ object_id: objectId, name, body }) => {
    const card = readCard(body);
    const octets = isGroup(card) ? withoutMembers(card, uids) : undefined;
    if (!octets) return [];
    return { ...OBJECT_KINDS.addressbook.read(octets, book, limits, objectId), objectId, name };
  });
  const effects = writes.map(({ name }) => ({ collection: book, name, on: 'state' }) as const);
  const locked = new Set((await lockedOf({ ...context, db: tx }, effects)).map(({ effect }) => effect.name));
  const free = writes.filter(({ name }) => !locked.has(name));
  if (free.length > 0) await putObjects(tx, scopeOf(book), free, new Date(context.clock.now()));
  return free.length;
}

/** How far back a night looks: a server that was off for a few nights still catches up. */
const LOOK_BACK_MS = 14 * 24 * 3_600_000;

/**
 * Takes cards that were deleted before a moment (within two weeks of it) off the groups of their books. Devices that delete a
 * card over CardDAV are left to write its groups themselves: most do so right before or after, with If-Match on the version
 * they know, and a server that had rewritten the group meanwhile would answer 412, lose the rest of that edit and keep a
 * conflict copy of it. A device that deletes a card only to create it anew under the same UID does not lose it from its groups
 * either. What is left over after that day is nobody's any more, and goes here. Returns how many groups changed.
 */
export async function dropDepartedMembers(context: Context, organisationId: string, before: Date): Promise<number> {
  const since = new Date(before.getTime() - LOOK_BACK_MS);
  const departed = await findDepartedCards(context.db, organisationId, since, before);
  let changed = 0;
  for (const [collectionId, cards] of Map.groupBy(departed, (card) => card.collection_id)) {
    changed += await inTransaction(context.db, async (tx) => {
      const [book] = await lockCollections(tx, organisationId, [collectionId]);
      const uids = cards.map(({ uid }) => uid);
      return book ? dropMembers(tx, context, book, uids) : 0;
    });
  }
  return changed;
}
