/** The handler of every operation: the compiler refuses a table row without one. */
import type { Handlers } from './call.ts';
import { administrationHandlers } from './handlers/administration.ts';
import { binHandlers } from './handlers/bin.ts';
import { cardFormHandlers } from './handlers/card-forms.ts';
import { cardGroupHandlers } from './handlers/card-groups.ts';
import { cardHandlers } from './handlers/cards.ts';
import { collectionHandlers } from './handlers/collections.ts';
import { conflictCopyHandlers } from './handlers/conflict-copies.ts';
import { decisionHandlers } from './handlers/decisions.ts';
import { deletionHandlers } from './handlers/deletions.ts';
import { duplicateHandlers } from './handlers/duplicates.ts';
import { eventHandlers } from './handlers/events.ts';
import { historyHandlers } from './handlers/history.ts';
import { mergeHandlers } from './handlers/merges.ts';
import { nightHandlers } from './handlers/nights.ts';
import { openIdHandlers } from './handlers/open-id.ts';
import { organisationHandlers } from './handlers/organisation.ts';
import { publicationHandlers } from './handlers/publications.ts';
import { securityHandlers } from './handlers/security.ts';
import { sessionHandlers } from './handlers/session.ts';
import { setUpHandlers } from './handlers/set-up.ts';
import { shareHandlers } from './handlers/shares.ts';
import { subscriptionHandlers } from './handlers/subscriptions.ts';
import { transferHandlers } from './handlers/transfer.ts';
import { userHandlers } from './handlers/users.ts';

export const HANDLERS: Handlers = {
  ...sessionHandlers,
  ...setUpHandlers,
  ...collectionHandlers,
  ...cardHandlers,
  ...cardFormHandlers,
  ...cardGroupHandlers,
  ...eventHandlers,
  ...transferHandlers,
  ...duplicateHandlers,
  ...decisionHandlers,
  ...mergeHandlers,
  ...nightHandlers,
  ...historyHandlers,
  ...conflictCopyHandlers,
  ...binHandlers,
  ...deletionHandlers,
  ...publicationHandlers,
  ...shareHandlers,
  ...subscriptionHandlers,
  ...openIdHandlers,
  ...securityHandlers,
  ...userHandlers,
  ...administrationHandlers,
  ...organisationHandlers,
};
