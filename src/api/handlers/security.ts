/** Security of the own account: browsers that are signed in, two-factor sign-in. */
import { AppError } from '../../base/errors.ts';
import { beginEnrolment, confirmEnrolment, endSecondFactor, secondFactorState } from '../../commands/second-factor.ts';
import { deleteSessionOf, deleteSessionsOf, listSessions } from '../../store/credentials.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';

type SecurityOperations =
  | 'listSessions'
  | 'endSession'
  | 'endSessions'
  | 'showSecondFactor'
  | 'beginSecondFactor'
  | 'confirmSecondFactor'
  | 'endSecondFactor';

export const securityHandlers: Handlers<SecurityOperations> = {
  listSessions: async ({ api, caller }) => {
    const now = new Date(api.clock.now());
    const rows = await listSessions(api.db, caller.organisationId, caller.principalId, now);
    return {
      items: rows.map((row) => ({
        id: row.session_id,
        client: row.client,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        current: row.session_id === caller.session?.id,
      })),
    };
  },

  endSession: async ({ api, caller, parameters }) => {
    const ended = await deleteSessionOf(api.db, caller.organisationId, caller.principalId, parameters.id);
    if (!ended) throw new AppError('notFound', 'no-such-session', 'There is no such session.');
    return { done: true };
  },

  endSessions: async ({ api, caller }) => {
    await deleteSessionsOf(api.db, caller.organisationId, caller.principalId, caller.session?.id);
    return { done: true };
  },

  showSecondFactor: ({ api, caller }) => secondFactorState(api, caller),

  beginSecondFactor: async ({ api, caller, body }) => {
    await requireOwnPassword(api, caller, body.password);
    return beginEnrolment(api, caller);
  },

  confirmSecondFactor: async ({ api, caller, body }) => {
    const recoveryCodes = await confirmEnrolment(api, caller, body.code).catch((error: unknown) => {
      // 401 would tell the page that its session is over
      if (error instanceof AppError && error.code === 'wrong-code')
        throw new AppError('invalid', error.code, error.message);
      throw error;
    });
    api.authenticator.forget(caller.principalId);
    return { recoveryCodes };
  },

  endSecondFactor: async ({ api, caller, body }) => {
    await requireOwnPassword(api, caller, body.password);
    await endSecondFactor(api, caller);
    api.authenticator.forget(caller.principalId);
    return { done: true };
  },
};

/** Throws AppError 'wrong-password' (403) unless it is the account's own; guessing is slowed as at sign-in. */
async function requireOwnPassword(api: ApiContext, caller: Caller, password: string): Promise<void> {
  const attempt = api.signInThrottle.attempt('own password', caller.principalId);
  const verified = await api.authenticator.authenticate(caller.name, password);
  if (!verified || verified.appPasswordId || verified.principalId !== caller.principalId) {
    throw new AppError('forbidden', 'wrong-password', 'The current password is wrong.');
  }
  attempt.succeeded();
}
