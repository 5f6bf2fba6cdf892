/** Every operation of the JSON API in one table: routes, validation and the OpenAPI document are made from it. */
import { z } from 'zod';
import * as contract from './contract.ts';

export const API_ROOT = '/api/v1';

export interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/api/v1`; `{name}` is a path parameter. */
  readonly path: string;
  readonly tag: string;
  readonly summary: string;
  /** Who may call it: anybody, or somebody signed in (by cookie with CSRF token, or by Basic authentication). Default `account`. */
  readonly access?: 'anybody' | 'account';
  /** True: a link to it may stand on any site. */
  readonly fromAnywhere?: true;
  /** True: works while the password is still a one-time one. */
  readonly whileTemporary?: true;
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media types of a body that is streamed as it is instead of JSON. */
  readonly streamedBody?: readonly string[];
  readonly answer?: z.ZodType;
  /** Media types of an answer that is not JSON. */
  readonly streamedAnswer?: readonly string[];
  /** Status of success; default 200. */
  readonly status?: 200 | 201 | 202;
  /** True: takes an `Idempotency-Key` header; the same key gives the first answer again. */
  readonly idempotent?: true;
}

const id = z.object({ id: z.uuid() });
const version = z.object({ id: z.uuid(), seq: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) });

export const OPERATIONS = {
  signIn: {
    method: 'POST',
    path: '/session',
    tag: 'session',
    access: 'anybody',
    whileTemporary: true,
    summary: 'Sign in with login name and password: sets the session cookie, answers with the CSRF token',
    body: contract.SignInRequest,
    answer: contract.Session,
    status: 201,
  },
  showSession: {
    method: 'GET',
    path: '/session',
    tag: 'session',
    whileTemporary: true,
    summary: 'Who is signed in, with the collections and the CSRF token',
    answer: contract.Session,
  },
  signOut: {
    method: 'DELETE',
    path: '/session',
    tag: 'session',
    whileTemporary: true,
    summary: 'Sign out: ends the session',
    answer: contract.Done,
  },
  changePassword: {
    method: 'PUT',
    path: '/account/password',
    tag: 'account',
    whileTemporary: true,
    summary: 'Change the password; a one-time password must be changed before anything else',
    body: contract.ChangePasswordRequest,
    answer: contract.Session,
  },
  changeAccount: {
    method: 'PATCH',
    path: '/account',
    tag: 'account',
    summary: 'Change display name, language, time zone or region of the account',
    body: contract.AccountSettingsRequest,
    answer: contract.Account,
  },
  listAppPasswords: {
    method: 'GET',
    path: '/app-passwords',
    tag: 'account',
    summary: 'The app passwords of the account, with their last use',
    answer: contract.AppPasswordList,
  },
  createAppPassword: {
    method: 'POST',
    path: '/app-passwords',
    tag: 'account',
    summary: 'Make an app password for one device: the secret is shown once',
    body: contract.NewAppPasswordRequest,
    answer: contract.NewAppPassword,
    status: 201,
  },
  revokeAppPassword: {
    method: 'DELETE',
    path: '/app-passwords/{id}',
    tag: 'account',
    summary: 'Revoke an app password at once',
    parameters: id,
    answer: contract.Done,
  },
  createSetUpLink: {
    method: 'POST',
    path: '/app-passwords/{id}/profile',
    tag: 'account',
    summary: 'Make a one-time link to an Apple configuration profile that holds this app password',
    parameters: id,
    body: contract.SetUpLinkRequest,
    answer: contract.SetUpLink,
    status: 201,
  },
  openSetUpLink: {
    method: 'GET',
    path: '/profiles/{ticket}',
    tag: 'account',
    access: 'anybody',
    fromAnywhere: true,
    summary: 'The configuration profile behind a one-time link',
    parameters: z.object({ ticket: z.string().max(200) }),
    streamedAnswer: ['application/x-apple-aspen-config'],
  },

  listCollections: {
    method: 'GET',
    path: '/collections',
    tag: 'collections',
    summary: 'Address books and calendars with their counts',
    answer: contract.CollectionList,
  },
  createCollection: {
    method: 'POST',
    path: '/collections',
    tag: 'collections',
    summary: 'Make an address book or a calendar',
    body: contract.NewCollectionRequest,
    answer: contract.CollectionView,
    status: 201,
  },
  changeCollection: {
    method: 'PATCH',
    path: '/collections/{id}',
    tag: 'collections',
    summary: 'Rename, describe or colour a collection',
    parameters: id,
    body: contract.CollectionChangeRequest,
    answer: contract.CollectionView,
  },
  deleteCollection: {
    method: 'DELETE',
    path: '/collections/{id}',
    tag: 'collections',
    summary: 'Delete a collection with everything in it',
    parameters: id,
    answer: contract.Done,
  },
  importObjects: {
    method: 'POST',
    path: '/collections/{id}/import',
    tag: 'collections',
    summary: 'Read a .vcf or .ics file into a collection: the body is the file, or a form with one file',
    parameters: id,
    query: contract.ImportQuery,
    streamedBody: ['text/vcard', 'text/calendar', 'application/octet-stream', 'multipart/form-data'],
    answer: contract.ImportReport,
  },
  exportCollection: {
    method: 'GET',
    path: '/collections/{id}/export',
    tag: 'collections',
    summary: 'All cards as one .vcf, or all calendar objects as one .ics',
    parameters: id,
    streamedAnswer: ['text/vcard', 'text/calendar'],
  },

  listCards: {
    method: 'GET',
    path: '/cards',
    tag: 'cards',
    summary: 'Cards by name, of one book or of all, narrowed by a search',
    query: contract.CardQuery,
    answer: contract.CardPage,
  },
  createCard: {
    method: 'POST',
    path: '/cards',
    tag: 'cards',
    summary: 'Store a new card as it is',
    body: contract.NewCardRequest,
    answer: contract.CardDetail,
    status: 201,
  },
  showCard: {
    method: 'GET',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'One card: its fields and its octets',
    parameters: id,
    answer: contract.CardDetail,
  },
  changeCard: {
    method: 'PUT',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'Store a card anew; 409 when it is no longer the version that was edited',
    parameters: id,
    body: contract.CardChangeRequest,
    answer: contract.CardDetail,
  },
  deleteCard: {
    method: 'DELETE',
    path: '/cards/{id}',
    tag: 'cards',
    summary: 'Delete a card',
    parameters: id,
    query: z.object({ etag: z.string().optional() }),
    answer: contract.Done,
  },
  showPhoto: {
    method: 'GET',
    path: '/cards/{id}/photo',
    tag: 'cards',
    summary: 'The photo inside a card, as JPEG, PNG, GIF or WebP',
    parameters: id,
    streamedAnswer: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
  },
  similarCards: {
    method: 'POST',
    path: '/cards/similar',
    tag: 'cards',
    summary: 'Who is like this card? Asked before it is saved',
    body: contract.SimilarRequest,
    answer: contract.SimilarCards,
  },

  listVersions: {
    method: 'GET',
    path: '/cards/{id}/versions',
    tag: 'history',
    summary: 'Earlier versions of a card, newest first',
    parameters: id,
    answer: contract.ObjectVersionList,
  },
  listDeleted: {
    method: 'GET',
    path: '/collections/{id}/bin',
    tag: 'history',
    summary: 'What was deleted from a collection and is not there again, newest first',
    parameters: id,
    answer: contract.ObjectVersionList,
  },
  showVersion: {
    method: 'GET',
    path: '/collections/{id}/versions/{seq}',
    tag: 'history',
    summary: 'One earlier version with its octets',
    parameters: version,
    answer: contract.ObjectVersionDetail,
  },
  restoreVersion: {
    method: 'POST',
    path: '/collections/{id}/versions/{seq}/restore',
    tag: 'history',
    summary: 'Put an earlier version back, as a new change that every device receives',
    parameters: version,
    answer: contract.RestoredObject,
  },
  listConflictCopies: {
    method: 'GET',
    path: '/conflicts',
    tag: 'history',
    summary: 'What devices sent too late, newest first',
    answer: contract.ConflictCopyList,
  },
  showConflictCopy: {
    method: 'GET',
    path: '/conflicts/{id}',
    tag: 'history',
    summary: 'One conflict copy with its octets',
    parameters: id,
    answer: contract.ConflictCopyDetail,
  },
  takeBackConflictCopy: {
    method: 'POST',
    path: '/conflicts/{id}/take-back',
    tag: 'history',
    summary: 'Store a conflict copy after all; what it replaces stays in the history',
    parameters: id,
    answer: contract.RestoredObject,
  },
  dropConflictCopy: {
    method: 'DELETE',
    path: '/conflicts/{id}',
    tag: 'history',
    summary: 'Drop a conflict copy',
    parameters: id,
    answer: contract.Done,
  },

  startRun: {
    method: 'POST',
    path: '/duplicates/runs',
    tag: 'duplicates',
    summary: 'Look for duplicates now, in the background',
    answer: contract.Run,
    status: 202,
  },
  listRuns: {
    method: 'GET',
    path: '/duplicates/runs',
    tag: 'duplicates',
    summary: 'The last runs, newest first',
    answer: contract.RunList,
  },
  showRun: {
    method: 'GET',
    path: '/duplicates/runs/{id}',
    tag: 'duplicates',
    summary: 'One run and how far it is',
    parameters: id,
    answer: contract.Run,
  },
  undoRun: {
    method: 'POST',
    path: '/duplicates/runs/{id}/undo',
    tag: 'merges',
    summary: 'Undo all merges of one run, newest first',
    parameters: id,
    body: contract.UndoRequest,
    answer: contract.RunUndoResult,
  },
  listSuggestions: {
    method: 'GET',
    path: '/duplicates/suggestions',
    tag: 'duplicates',
    summary: 'Clusters of cards that may be one person, best first',
    query: contract.SuggestionQuery,
    answer: contract.SuggestionPage,
  },
  showSuggestion: {
    method: 'GET',
    path: '/duplicates/suggestions/{id}',
    tag: 'duplicates',
    summary: 'One cluster: its cards side by side, field rows, evidence of each pair',
    parameters: id,
    answer: contract.SuggestionDetail,
  },
  previewMerge: {
    method: 'POST',
    path: '/duplicates/preview',
    tag: 'merges',
    summary: 'What a merge would store, by the same function that merges',
    body: contract.PreviewRequest,
    answer: contract.Preview,
  },
  mergeCards: {
    method: 'POST',
    path: '/duplicates/merge',
    tag: 'merges',
    summary: 'Merge cards into the reference card in one transaction, one sync step for every device',
    body: contract.MergeRequest,
    answer: contract.MergeResult,
    status: 201,
    idempotent: true,
  },
  listExactCopies: {
    method: 'GET',
    path: '/duplicates/exact',
    tag: 'merges',
    summary: 'Clusters of exact copies: what merging them all would merge',
    query: z.object({ collectionId: z.uuid().optional() }),
    answer: contract.ExactCopies,
  },
  mergeExact: {
    method: 'POST',
    path: '/duplicates/exact/merge',
    tag: 'merges',
    summary: 'Merge all exact copies, or those of the named suggestions; undone as one run',
    body: contract.MergeExactRequest,
    answer: contract.MergeExactResult,
    idempotent: true,
  },
  hideCards: {
    method: 'POST',
    path: '/duplicates/hide',
    tag: 'decisions',
    summary: 'Not the same person: the pairs are never suggested again',
    body: contract.DecisionRequest,
    answer: contract.Decision,
    status: 201,
  },
  postponeCards: {
    method: 'POST',
    path: '/duplicates/later',
    tag: 'decisions',
    summary: 'Ask again later',
    body: contract.DecisionRequest,
    answer: contract.Decision,
    status: 201,
  },
  listDecisions: {
    method: 'GET',
    path: '/duplicates/decisions',
    tag: 'decisions',
    summary: 'What was decided: not the same, later',
    answer: contract.DecisionList,
  },
  revokeDecision: {
    method: 'DELETE',
    path: '/duplicates/decisions/{id}',
    tag: 'decisions',
    summary: 'Take a decision back: its pairs may be suggested again',
    parameters: id,
    answer: contract.Done,
  },
  listMerges: {
    method: 'GET',
    path: '/duplicates/merges',
    tag: 'merges',
    summary: 'Merges, newest first, undone ones too',
    query: contract.PageQuery,
    answer: contract.MergePage,
  },
  undoMerge: {
    method: 'POST',
    path: '/duplicates/merges/{id}/undo',
    tag: 'merges',
    summary: 'Undo a merge; edits made since stay. 409 `undo-conflict` asks when both touched one line',
    parameters: id,
    body: contract.UndoRequest,
    answer: contract.UndoResult,
  },
  redoMerge: {
    method: 'POST',
    path: '/duplicates/merges/{id}/redo',
    tag: 'merges',
    summary: 'Undo an undo: merge the same cards again with the same choices',
    parameters: id,
    answer: contract.MergeResult,
  },
} as const satisfies Readonly<Record<string, Operation>>;

export type OperationId = keyof typeof OPERATIONS;
