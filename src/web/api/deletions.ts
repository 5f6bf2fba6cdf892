/** Mass deletions by one device that wait for an answer. */
import type { ConfirmedDeletions, DiscardedDeletions, HeldDeletionsList } from '../../api/contract/deletions.ts';
import { request } from './request.ts';

export const listHeldDeletions = (signal: AbortSignal) => request<HeldDeletionsList>('GET', '/deletions', { signal });

export const confirmDeletions = (id: string) => request<ConfirmedDeletions>('POST', `/deletions/${id}/confirm`);

export const discardDeletions = (id: string) => request<DiscardedDeletions>('POST', `/deletions/${id}/discard`);
