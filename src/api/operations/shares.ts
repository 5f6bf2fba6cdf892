/** Sharing collections, and what others share. */
import { z } from 'zod';
import { SharedCollectionList, ShareList, ShareRequest } from '../contract/shares.ts';
import { Done, Id } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });

export const SHARES = {
  listShares: {
    method: 'GET',
    path: '/collections/{id}/shares',
    tag: 'shares',
    summary: 'With whom a collection is shared, and for what',
    parameters: id,
    answer: ShareList,
  },
  shareCollection: {
    method: 'POST',
    path: '/collections/{id}/shares',
    tag: 'shares',
    summary: 'Let a user, a group or everybody of the organisation read a collection, write in it, or neither any more',
    parameters: id,
    body: ShareRequest,
    answer: ShareList,
  },
  listSharedCollections: {
    method: 'GET',
    path: '/shared-collections',
    tag: 'shares',
    summary:
      'Address books and calendars that others share with the caller, whose they are, and what the caller may do there',
    answer: SharedCollectionList,
  },
  leaveSharedCollection: {
    method: 'DELETE',
    path: '/shared-collections/{id}',
    tag: 'shares',
    summary:
      'Give back what somebody shares with the caller by name: it is no longer seen, and its owner can share it again',
    parameters: id,
    answer: Done,
  },
} as const satisfies Readonly<Record<string, Operation>>;
