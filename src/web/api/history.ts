/** The API's operations on nights, and on what devices sent too late. */
import type { DeletedCollectionList, RestoredCollection } from '../../api/contract/bin.ts';
import type { ConflictCopyDetail, ConflictCopyList } from '../../api/contract/conflict-copies.ts';
import type { RestoredObject } from '../../api/contract/history.ts';
import type { NightList, NightSettings, NightSettingsRequest } from '../../api/contract/nights.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const showNightSettings = (signal: AbortSignal) => request<NightSettings>('GET', '/account/nights', { signal });

export const changeNightSettings = (body: NightSettingsRequest) =>
  request<NightSettings>('PATCH', '/account/nights', { body });

export const listNights = (cursor: string | null, signal: AbortSignal) =>
  request<NightList>('GET', '/duplicates/nights', { query: { cursor, limit: 30 }, signal });

export const listDeletedCollections = (signal: AbortSignal) =>
  request<DeletedCollectionList>('GET', '/bin', { signal });

export const restoreDeletedCollection = (id: string) =>
  request<RestoredCollection>('POST', `/bin/${id}/restore`, { body: {} });

export const forgetDeletedCollection = (id: string) => request<Done>('DELETE', `/bin/${id}`);

export const listConflictCopies = (cursor: string | null, signal: AbortSignal) =>
  request<ConflictCopyList>('GET', '/conflicts', { query: { cursor }, signal });

export const showConflictCopy = (id: string, signal: AbortSignal) =>
  request<ConflictCopyDetail>('GET', `/conflicts/${id}`, { signal });

export const takeBackConflictCopy = (id: string) => request<RestoredObject>('POST', `/conflicts/${id}/take-back`);

export const dropConflictCopy = (id: string) => request<Done>('DELETE', `/conflicts/${id}`);
