/** Deleted collections. */
import { z } from 'zod';
import { CollectionRestoreRequest, DeletedCollectionList, RestoredCollection } from '../contract/bin.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const BIN = {
  listDeletedCollections: {
    method: 'GET',
    path: '/bin',
    tag: 'history',
    summary: 'Deleted address books and calendars that can be brought back, newest first',
    answer: DeletedCollectionList,
  },
  restoreDeletedCollection: {
    method: 'POST',
    path: '/bin/{id}/restore',
    tag: 'history',
    summary: 'Bring a deleted collection back with its objects, properties and grants, or say what would come',
    parameters: id,
    body: CollectionRestoreRequest,
    answer: RestoredCollection,
  },
  forgetDeletedCollection: {
    method: 'DELETE',
    path: '/bin/{id}',
    tag: 'history',
    summary: 'Forget a deleted collection for good',
    parameters: id,
    answer: Done,
  },
} as const satisfies Record<string, Operation>;
