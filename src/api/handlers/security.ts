/** Security of the own account: browsers that are signed in, two-factor sign-in. */
import { z } from 'zod';
import { AppError } from '../../base/errors.ts';
import type { AuditAction } from '../../commands/audit.ts';
import {
  beginEnrolment,
  confirmEnrolment,
  endSecondFactor,
  renewRecoveryCodes,
  secondFactorState,
} from '../../commands/second-factor.ts';
import { listAuditEntries } from '../../store/audit.ts';
import { deleteSessionOf, deleteSessionsOf, listSessions } from '../../store/sessions.ts';
import type { Handlers } from '../call.ts';
import { cutPage, readCursor } from '../cursor.ts';
import { requireOwnPassword } from '../page-sign-in.ts';
import { signInView } from '../views/user-view.ts';

type SecurityOperations =
  | 'listSessions'
  | 'endSession'
  | 'endSessions'
  | 'listSignIns'
  | 'showSecondFactor'
  | 'beginSecondFactor'
  | 'confirmSecondFactor'
  | 'renewRecoveryCodes'
  | 'endSecondFactor';

const SIGN_INS: readonly AuditAction[] = ['sign-in', 'sign-in-refused'];

export const securityHandlers: Handlers<SecurityOperations> = {
  listSessions: async ({ api, caller }) => {
    const now = new Date(api.clock.now());
    const rows = await listSessions(api.db, caller.organisationId, caller.principalId, now);
    return {
      items: rows.map((row) => ({
        id: row.session_id,
        client: row.client,
        createdAt: row.created_at.toISOString(),
        lastUsedAt: row.last_used_at?.toISOString() ?? null,
        address: row.address,
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

  listSignIns: async ({ api, caller, query }) => {
    const filter = {
      actions: SIGN_INS,
      principalId: caller.principalId,
      before: readCursor(query.cursor, z.uuid()),
    };
    const rows = await listAuditEntries(api.db, caller.organisationId, filter, query.limit + 1);
    const { page, nextCursor } = cutPage(rows, query.limit, (last) => last.entry_id);
    return { items: page.map(signInView), nextCursor };
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

  renewRecoveryCodes: async ({ api, caller, body }) => {
    await requireOwnPassword(api, caller, body.password);
    return { recoveryCodes: await renewRecoveryCodes(api, caller) };
  },

  endSecondFactor: async ({ api, caller, body }) => {
    await requireOwnPassword(api, caller, body.password);
    await endSecondFactor(api, caller);
    api.authenticator.forget(caller.principalId);
    return { done: true };
  },
};
