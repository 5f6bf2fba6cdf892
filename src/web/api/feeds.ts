/** The API's operations on calendars from elsewhere and on links for others. */
import type { NewPublication, PublicationList } from '../../api/contract/publications.ts';
import type {
  NewSubscriptionRequest,
  Subscription,
  SubscriptionChangeRequest,
  SubscriptionList,
} from '../../api/contract/subscriptions.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const listSubscriptions = (signal: AbortSignal) =>
  request<SubscriptionList>('GET', '/subscriptions', { signal });

export const createSubscription = (body: NewSubscriptionRequest) =>
  request<Subscription>('POST', '/subscriptions', { body });

export const changeSubscription = (id: string, body: SubscriptionChangeRequest) =>
  request<Subscription>('PATCH', `/subscriptions/${id}`, { body });

export const refreshSubscription = (id: string) => request<Subscription>('POST', `/subscriptions/${id}/refresh`);

export const deleteSubscription = (id: string) => request<Done>('DELETE', `/subscriptions/${id}`);

export const listPublications = (collectionId: string, signal: AbortSignal) =>
  request<PublicationList>('GET', `/collections/${collectionId}/publications`, { signal });

export const createPublication = (collectionId: string, name: string) =>
  request<NewPublication>('POST', `/collections/${collectionId}/publications`, { body: { name } });

export const revokePublication = (id: string) => request<Done>('DELETE', `/publications/${id}`);
