/** The API's operations on sharing. */
import type { SharedCollectionList, ShareList, ShareRequest } from '../../api/contract/shares.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const listShares = (collectionId: string, signal: AbortSignal) =>
  request<ShareList>('GET', `/collections/${collectionId}/shares`, { signal });

export const shareCollection = (collectionId: string, body: ShareRequest) =>
  request<ShareList>('POST', `/collections/${collectionId}/shares`, { body });

export const listSharedCollections = () => request<SharedCollectionList>('GET', '/shared-collections');

export const leaveSharedCollection = (id: string) => request<Done>('DELETE', `/shared-collections/${id}`);
