/** Address books and calendars. */
import { AppError } from '../../base/errors.ts';
import { uuidv7 } from '../../base/ids.ts';
import { changeCollection, createCollection, deleteCollection } from '../../commands/collections.ts';
import { type Collection, countObjects, findCollectionById } from '../../store/collections.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import type { CollectionView } from '../contract/collections.ts';
import { collectionView, collectionViews } from '../views/collection-view.ts';

export const NO_COLLECTION = () =>
  new AppError('notFound', 'no-such-collection', 'There is no such address book or calendar.');

/** A collection that the caller owns. Throws AppError notFound: another's looks like one that does not exist. */
export async function requireCollection(api: ApiContext, caller: Caller, id: string): Promise<Collection> {
  const collection = await findCollectionById(api.db, caller.organisationId, id);
  if (!collection || collection.owner_id !== caller.principalId || collection.kind === 'plain') {
    throw NO_COLLECTION();
  }
  return collection;
}

async function shown(api: ApiContext, caller: Caller, id: string): Promise<CollectionView> {
  const collection = await requireCollection(api, caller, id);
  const counts = await countObjects(api.db, caller.organisationId, [id]);
  return collectionView(collection, caller.name, counts.get(id) ?? 0)[0]!;
}

type CollectionOperations = 'listCollections' | 'createCollection' | 'changeCollection' | 'deleteCollection';

export const collectionHandlers: Handlers<CollectionOperations> = {
  listCollections: async ({ api, caller }) => ({ items: await collectionViews(api.db, caller) }),

  createCollection: async ({ api, caller, body }) => {
    const created = await createCollection(api, {
      organisationId: caller.organisationId,
      ownerId: caller.principalId,
      kind: body.kind,
      name: body.name ?? uuidv7(api.clock.now()),
      properties: {
        display_name: body.displayName,
        description: body.description ?? null,
        color: body.color ?? null,
      },
    });
    return shown(api, caller, created.collection_id);
  },

  changeCollection: async ({ api, caller, parameters, body }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    const patch = {
      ...(body.displayName === undefined ? {} : { display_name: body.displayName }),
      ...(body.description === undefined ? {} : { description: body.description }),
      ...(body.color === undefined ? {} : { color: body.color }),
    };
    await changeCollection(api, collection, patch);
    return shown(api, caller, parameters.id);
  },

  deleteCollection: async ({ api, ctx, caller, parameters }) => {
    const collection = await requireCollection(api, caller, parameters.id);
    await deleteCollection(api, collection);
    ctx.state.subject = collection.name;
    return { done: true };
  },
};
