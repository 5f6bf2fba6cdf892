/** Subscribed calendars: where each is fetched from, how that went, when it is due again. */
import type { Db } from './database.ts';
import type { NewRow, Row } from './schema.ts';

export type Subscription = Row<'subscription'>;

export async function insertSubscription(db: Db, row: NewRow<'subscription'>): Promise<void> {
  await db.insertInto('subscription').values(row).execute();
}

export function findSubscription(
  db: Db,
  organisationId: string,
  collectionId: string,
): Promise<Subscription | undefined> {
  return db
    .selectFrom('subscription')
    .selectAll()
    .where('organisation_id', '=', organisationId)
    .where('collection_id', '=', collectionId)
    .executeTakeFirst();
}

/** The subscriptions of an owner, oldest first. */
export function listSubscriptions(db: Db, organisationId: string, ownerId: string): Promise<Subscription[]> {
  return db
    .selectFrom('subscription')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'subscription.organisation_id')
        .onRef('collection.collection_id', '=', 'subscription.collection_id'),
    )
    .selectAll('subscription')
    .where('subscription.organisation_id', '=', organisationId)
    .where('collection.organisation_id', '=', organisationId)
    .where('collection.owner_id', '=', ownerId)
    .orderBy('subscription.collection_id')
    .execute();
}

export type SubscriptionPatch = Partial<Omit<NewRow<'subscription'>, 'organisation_id' | 'collection_id'>>;

/** Changes a subscription and gives it back; undefined when it has gone. */
export function updateSubscription(
  db: Db,
  { organisation_id, collection_id }: Pick<Subscription, 'organisation_id' | 'collection_id'>,
  patch: SubscriptionPatch,
): Promise<Subscription | undefined> {
  return db
    .updateTable('subscription')
    .set(patch)
    .where('organisation_id', '=', organisation_id)
    .where('collection_id', '=', collection_id)
    .returningAll()
    .executeTakeFirst();
}

/**
 * Subscriptions of every organisation that are due, longest due first, without those of disabled owners, whom nobody can ask what is
 * fetched in their name: for the background queue, never on a request's way.
 */
export function listDueSubscriptions(db: Db, now: Date, limit: number): Promise<Subscription[]> {
  return db
    .selectFrom('subscription')
    .innerJoin('collection', (join) =>
      join
        .onRef('collection.organisation_id', '=', 'subscription.organisation_id')
        .onRef('collection.collection_id', '=', 'subscription.collection_id'),
    )
    .innerJoin('principal', (join) =>
      join
        .onRef('principal.organisation_id', '=', 'collection.organisation_id')
        .onRef('principal.principal_id', '=', 'collection.owner_id'),
    )
    .selectAll('subscription')
    .where('next_at', '<=', now)
    .where('principal.disabled_at', 'is', null)
    .orderBy('next_at')
    .limit(limit)
    .execute();
}

/** Moves a due subscription ahead; false when another process did so first, and so fetches it. */
export async function claimSubscription(db: Db, due: Subscription, until: Date): Promise<boolean> {
  const result = await db
    .updateTable('subscription')
    .set({ next_at: until })
    .where('organisation_id', '=', due.organisation_id)
    .where('collection_id', '=', due.collection_id)
    .where('next_at', '=', due.next_at)
    .executeTakeFirst();
  return result.numUpdatedRows === 1n;
}
