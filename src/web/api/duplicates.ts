/** The API's operations on duplicates: runs, suggestions, merges, decisions. */
import type { Decision, DecisionList, DecisionRequest } from '../../api/contract/decisions.ts';
import type {
  ExactCopies,
  MergeExactRequest,
  MergeExactResult,
  MergePage,
  MergeRequest,
  MergeResult,
  Preview,
  PreviewRequest,
  UndoRequest,
  UndoResult,
} from '../../api/contract/merges.ts';
import type { Run, RunUndoResult } from '../../api/contract/runs.ts';
import type { SuggestionDetail, SuggestionPage, SuggestionQuery } from '../../api/contract/suggestions.ts';
import type { Done } from '../../api/contract/words.ts';
import { request } from './request.ts';

export const startRun = () => request<Run>('POST', '/duplicates/runs');

export const showRun = (id: string, signal?: AbortSignal) =>
  request<Run>('GET', `/duplicates/runs/${id}`, signal ? { signal } : {});

export const listSuggestions = (query: SuggestionQuery, signal?: AbortSignal) =>
  request<SuggestionPage>('GET', '/duplicates/suggestions', {
    query: query as Record<string, string>,
    ...(signal ? { signal } : {}),
  });

export const showSuggestion = (id: string, signal: AbortSignal) =>
  request<SuggestionDetail>('GET', `/duplicates/suggestions/${encodeURIComponent(id)}`, { signal });

export const previewMerge = (body: PreviewRequest, signal: AbortSignal) =>
  request<Preview>('POST', '/duplicates/preview', { body, signal });

export const mergeCards = (body: MergeRequest, idempotencyKey: string) =>
  request<MergeResult>('POST', '/duplicates/merge', { body, idempotencyKey });

export const hideCards = (body: DecisionRequest) => request<Decision>('POST', '/duplicates/hide', { body });

export const postponeCards = (body: DecisionRequest) => request<Decision>('POST', '/duplicates/later', { body });

export const listDecisions = (cursor: string | null, signal: AbortSignal) =>
  request<DecisionList>('GET', '/duplicates/decisions', { query: { cursor }, signal });

export const revokeDecision = (id: string) => request<Done>('DELETE', `/duplicates/decisions/${id}`);

export const listMerges = (cursor: string | null, signal: AbortSignal) =>
  request<MergePage>('GET', '/duplicates/merges', { query: { cursor, limit: 50 }, signal });

export const undoMerge = (id: string, body: UndoRequest) =>
  request<UndoResult>('POST', `/duplicates/merges/${id}/undo`, { body });

export const redoMerge = (id: string) => request<MergeResult>('POST', `/duplicates/merges/${id}/redo`);

export const undoRun = (id: string, body: UndoRequest) =>
  request<RunUndoResult>('POST', `/duplicates/runs/${id}/undo`, { body });

export const listExactCopies = (collectionId: string | null, cursor: string | null, signal: AbortSignal) =>
  request<ExactCopies>('GET', '/duplicates/exact', { query: { collectionId, cursor }, signal });

export const mergeExact = (body: MergeExactRequest, idempotencyKey: string) =>
  request<MergeExactResult>('POST', '/duplicates/exact/merge', { body, idempotencyKey });
