/** Earlier versions, the bin, and bodies that came too late. */
import { z } from 'zod';
import { ConflictCopyDetail, ConflictCopyList } from '../contract/conflict-copies.ts';
import {
  ObjectVersionDetail,
  ObjectVersionPage,
  RestoredObject,
  RestorePlan,
  RestoreRequest,
} from '../contract/history.ts';
import { Done, Id, PageQuery } from '../contract/words.ts';
import type { Operation } from './operation.ts';

const id = z.object({ id: Id });
const version = z.object({ id: Id, seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const HISTORY = {
  listVersions: {
    method: 'GET',
    path: '/cards/{id}/versions',
    tag: 'history',
    summary: 'Earlier versions of a card, newest first',
    parameters: id,
    query: PageQuery,
    answer: ObjectVersionPage,
  },
  listDeleted: {
    method: 'GET',
    path: '/collections/{id}/bin',
    tag: 'history',
    summary: 'What was deleted from a collection and is not there again, newest first',
    parameters: id,
    query: PageQuery,
    answer: ObjectVersionPage,
  },
  showVersion: {
    method: 'GET',
    path: '/collections/{id}/versions/{seq}',
    tag: 'history',
    summary: 'One earlier version with its octets',
    parameters: version,
    answer: ObjectVersionDetail,
  },
  restoreVersion: {
    method: 'POST',
    path: '/collections/{id}/versions/{seq}/restore',
    tag: 'history',
    summary: 'Put an earlier version back, as a new change that every device receives',
    parameters: version,
    answer: RestoredObject,
  },
  restoreCollection: {
    method: 'POST',
    path: '/collections/{id}/restore',
    tag: 'history',
    summary: 'Take a collection back to a moment, or say what that would change',
    parameters: id,
    body: RestoreRequest,
    answer: RestorePlan,
  },
  listConflictCopies: {
    method: 'GET',
    path: '/conflicts',
    tag: 'history',
    summary: 'What devices sent too late, newest first',
    query: PageQuery,
    answer: ConflictCopyList,
  },
  showConflictCopy: {
    method: 'GET',
    path: '/conflicts/{id}',
    tag: 'history',
    summary: 'One conflict copy with its octets',
    parameters: id,
    answer: ConflictCopyDetail,
  },
  takeBackConflictCopy: {
    method: 'POST',
    path: '/conflicts/{id}/take-back',
    tag: 'history',
    summary: 'Store a conflict copy after all; what it replaces stays in the history',
    parameters: id,
    answer: RestoredObject,
  },
  dropConflictCopy: {
    method: 'DELETE',
    path: '/conflicts/{id}',
    tag: 'history',
    summary: 'Drop a conflict copy',
    parameters: id,
    answer: Done,
  },
} as const satisfies Readonly<Record<string, Operation>>;
