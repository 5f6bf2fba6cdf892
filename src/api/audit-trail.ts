/** Which operations are noted in the audit log, and what an entry says it was done to. Refused ones change nothing and are not noted. */
import type { Context } from 'koa';
import { type AuditAction, note } from '../commands/audit.ts';
import { findPrincipal } from '../store/principals.ts';
import type { ApiContext, Caller } from './api-context.ts';
import type { OperationId } from './operations.ts';

/** What an operation was given and answered, as far as an entry may tell it. */
interface Deed {
  readonly parameters: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly answer: Readonly<Record<string, unknown>>;
}

interface Trail {
  readonly action: AuditAction | ((deed: Deed) => AuditAction);
  readonly subject: (deed: Deed) => string;
  /** The user it was done to, where `subject` leaves the name to be looked up. */
  readonly user?: (deed: Deed) => string;
  /** Default: always. */
  readonly when?: (deed: Deed) => boolean;
  /** Never a secret. */
  readonly details?: (deed: Deed) => Record<string, unknown>;
}

const byId = ({ parameters }: Deed): string => parameters.id ?? '';
const within = (value: unknown, ...keys: readonly string[]): string => {
  let found = value;
  for (const key of keys) found = (found as Record<string, unknown> | undefined)?.[key];
  return found === undefined || found === null ? '' : String(found);
};

const TRAILS: Partial<Readonly<Record<OperationId, Trail>>> = {
  changePassword: {
    action: 'password-changed',
    subject: ({ answer }) => within(answer, 'account', 'name'),
    details: ({ body }) => ({ signOutDevices: body.signOutDevices === true }),
  },
  confirmSecondFactor: { action: 'second-factor-on', subject: () => '' },
  endSecondFactor: { action: 'second-factor-off', subject: () => '' },
  endSession: { action: 'sign-out-elsewhere', subject: () => '' },
  endSessions: { action: 'sign-out-elsewhere', subject: () => '' },
  renewRecoveryCodes: { action: 'recovery-codes-renewed', subject: () => '' },
  renameAppPassword: { action: 'app-password-renamed', subject: ({ answer }) => within(answer, 'name') },
  revokeAppPasswords: { action: 'app-passwords-revoked', subject: () => '' },
  createAppPassword: { action: 'app-password-made', subject: ({ answer }) => within(answer, 'appPassword', 'name') },
  revokeAppPassword: { action: 'app-password-revoked', subject: byId },
  shareCollection: {
    action: 'sharing-changed',
    subject: byId,
    details: ({ body }) => ({ with: body.name, may: body.may }),
  },
  leaveSharedCollection: { action: 'sharing-changed', subject: byId, details: () => ({ may: 'nothing' }) },
  createPublication: {
    action: 'sharing-changed',
    subject: byId,
    details: ({ body }) => ({ link: within(body, 'name'), may: 'read' }),
  },
  revokePublication: { action: 'sharing-changed', subject: byId, details: () => ({ may: 'nothing' }) },
  deleteCollection: { action: 'collection-deleted', subject: byId },
  restoreDeletedCollection: {
    action: 'collection-restored',
    subject: byId,
    when: ({ answer }) => answer.dryRun !== true,
  },
  confirmDeletions: { action: 'deletions-confirmed', subject: byId },
  discardDeletions: { action: 'deletions-discarded', subject: byId },
  forgetDeletedCollection: { action: 'collection-forgotten', subject: byId },
  importObjects: { action: 'collection-imported', subject: byId },
  mergeCards: { action: 'merge', subject: ({ answer }) => within(answer, 'merge', 'id') },
  mergeExact: {
    action: 'exact-copies-merged',
    subject: ({ answer }) => within(answer, 'run', 'id'),
    details: ({ answer }) => ({ merged: answer.merged, removed: answer.removed }),
  },
  undoMerge: { action: 'merge-undone', subject: byId },
  redoMerge: { action: 'merge-redone', subject: byId },
  undoRun: { action: 'run-undone', subject: byId },
  createInvitation: {
    action: 'invitation-made',
    subject: ({ answer }) => within(answer, 'invitation', 'id'),
    details: ({ body }) => ({ role: body.role, email: body.email ?? null }),
  },
  revokeInvitation: { action: 'invitation-revoked', subject: byId },
  createUser: {
    action: 'user-created',
    subject: ({ answer }) => within(answer, 'user', 'name'),
    user: ({ answer }) => within(answer, 'user', 'id'),
    details: ({ body }) => ({ role: body.role }),
  },
  importUsers: {
    action: 'users-imported',
    subject: ({ answer }) => String((answer.lines as readonly unknown[]).length),
  },
  changeUser: {
    action: ({ body }) =>
      body.disabled === undefined ? 'user-changed' : body.disabled ? 'user-disabled' : 'user-enabled',
    subject: ({ answer }) => within(answer, 'name'),
    user: byId,
    details: ({ body }) => ({ ...body }),
  },
  deleteUser: { action: 'user-deleted', subject: ({ query }) => within(query, 'confirm'), user: byId },
  resetUserPassword: {
    action: 'password-changed',
    subject: () => '',
    user: byId,
    details: ({ body }) => ({ signOutDevices: body.signOutDevices === true }),
  },
  endUserSecondFactor: { action: 'second-factor-off', subject: () => '', user: byId },
  addAlias: {
    action: 'alias-added',
    subject: () => '',
    user: byId,
    details: ({ body }) => ({ alias: body.name }),
  },
  removeAlias: {
    action: 'alias-removed',
    subject: () => '',
    user: byId,
    details: ({ parameters }) => ({ alias: parameters.name }),
  },
  changeOrganisation: {
    action: 'organisation-changed',
    subject: ({ answer }) => within(answer, 'name'),
    details: ({ body }) => ({ ...body }),
  },
  createPrincipal: {
    action: 'principal-created',
    subject: ({ answer }) => within(answer, 'name'),
    details: ({ body }) => ({ kind: body.kind }),
  },
  changePrincipal: { action: 'principal-changed', subject: ({ answer }) => within(answer, 'name') },
  deletePrincipal: { action: 'principal-deleted', subject: ({ query }) => within(query, 'confirm') },
};

/** Notes an operation that succeeded, when it is one of those that are. */
export async function leaveTrail(
  api: ApiContext,
  ctx: Context,
  caller: Caller,
  id: OperationId,
  deed: { readonly parameters: unknown; readonly query: unknown; readonly body: unknown; readonly answer: unknown },
): Promise<void> {
  const trail = TRAILS[id];
  if (!trail) return;
  const told: Deed = {
    parameters: (deed.parameters ?? {}) as Deed['parameters'],
    query: (deed.query ?? {}) as Deed['query'],
    body: (deed.body ?? {}) as Deed['body'],
    answer: (deed.answer ?? {}) as Deed['answer'],
  };
  const subjectId = trail.user?.(told);
  // a handler that knows the name behind an identifier leaves it here
  const named = (ctx.state as { subject?: string }).subject ?? trail.subject(told);
  const looked = named === '' && subjectId ? await findPrincipal(api.db, caller.organisationId, subjectId) : undefined;
  if (trail.when?.(told) === false) return;
  await note(api, {
    organisationId: caller.organisationId,
    subjectId,
    action: typeof trail.action === 'function' ? trail.action(told) : trail.action,
    actorId: caller.principalId,
    actorName: caller.name,
    subject: looked?.name ?? named,
    address: ctx.ip,
    ...(trail.details ? { details: trail.details(told) } : {}),
  });
}
