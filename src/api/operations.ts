/** Every operation of the JSON API in one table: routes, validation and the OpenAPI document are made from it. */
import { ACCOUNT } from './operations/account.ts';
import { ADMINISTRATION } from './operations/administration.ts';
import { BIN } from './operations/bin.ts';
import { CARDS } from './operations/cards.ts';
import { COLLECTIONS } from './operations/collections.ts';
import { DELETIONS } from './operations/deletions.ts';
import { DUPLICATES } from './operations/duplicates.ts';
import { HISTORY } from './operations/history.ts';
import { INVITATIONS } from './operations/invitations.ts';
import { SECURITY } from './operations/security.ts';
import { SESSION } from './operations/session.ts';
import { SHARES } from './operations/shares.ts';
import { USERS } from './operations/users.ts';

export const API_ROOT = '/api/v1';

export const OPERATIONS = {
  ...SESSION,
  ...ACCOUNT,
  ...SECURITY,
  ...COLLECTIONS,
  ...SHARES,
  ...CARDS,
  ...HISTORY,
  ...BIN,
  ...DELETIONS,
  ...DUPLICATES,
  ...INVITATIONS,
  ...USERS,
  ...ADMINISTRATION,
} as const;

export type OperationId = keyof typeof OPERATIONS;
