/** PROPPATCH on one resource: columns and dead properties together or not at all (RFC 4918 §9.2). */
import { type Collection, type CollectionPatch, updateCollection } from '../store/collections.ts';
import { inTransaction } from '../store/database.ts';
import { removeDeadProperty, setDeadProperty } from '../store/dead-properties.ts';
import { setGroupMembers } from '../store/group-members.ts';
import { patchSettings } from '../store/principals.ts';
import type { Context } from './context.ts';
import { type LockGuard, lockOne } from './locking.ts';

export interface DeadChange {
  readonly namespace: string;
  readonly localName: string;
  /** The element as XML; undefined: remove it, if it is there. */
  readonly xml: string | undefined;
}

export interface PropertyChanges {
  readonly organisationId: string;
  /** What the dead properties hang on. */
  readonly resourceId: string;
  /** The collection whose columns change, and whose moment of change is set. */
  readonly collection: Collection | undefined;
  readonly guard: LockGuard;
  readonly columns: CollectionPatch;
  readonly dead: readonly DeadChange[];
  /** The resource is a principal. */
  readonly principal?: PrincipalChange;
}

export interface PrincipalChange {
  /** It is a group, and these become its members: ids of principals. */
  readonly members?: readonly string[];
  /** The id of the card that stands for it; null: none of its own. */
  readonly cardId?: string | null;
}

/** The part of a principal's settings that CardDAV keeps. */
export const CARD_SETTINGS = 'carddav';

/** Makes all changes in one transaction. Throws AppError notFound when the collection has gone, and what the guard throws. */
export function patchProperties(context: Context, changes: PropertyChanges): Promise<void> {
  const { organisationId, resourceId, collection } = changes;
  return inTransaction(context.db, async (tx) => {
    if (collection) {
      await lockOne(tx, collection, changes.guard);
      const now = new Date(context.clock.now());
      await updateCollection(tx, organisationId, collection.collection_id, changes.columns, now);
    }
    const { members, cardId } = changes.principal ?? {};
    if (members) await setGroupMembers(tx, organisationId, resourceId, members);
    if (cardId !== undefined) await patchSettings(tx, organisationId, resourceId, CARD_SETTINGS, { cardId });
    for (const { namespace, localName, xml } of changes.dead) {
      if (xml === undefined) await removeDeadProperty(tx, organisationId, resourceId, namespace, localName);
      else
        await setDeadProperty(tx, organisationId, { resource_id: resourceId, namespace, local_name: localName, xml });
    }
  });
}
