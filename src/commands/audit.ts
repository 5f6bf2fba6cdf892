/** Writes the audit log: who did what, when, from where; never a secret. */
import { uuidv7 } from '../base/ids.ts';
import { insertAuditEntry } from '../store/audit.ts';
import { findLogin } from '../store/principals.ts';
import type { Context } from './context.ts';

/** Everything that is noted. The page has a sentence for each. */
export const AUDIT_ACTIONS = [
  'sign-in',
  'sign-in-refused',
  'sign-out-elsewhere',
  'password-changed',
  'second-factor-on',
  'second-factor-off',
  'recovery-codes-renewed',
  'app-password-made',
  'app-password-renamed',
  'app-password-revoked',
  'app-passwords-revoked',
  'invitation-made',
  'invitation-revoked',
  'invitation-accepted',
  'user-created',
  'user-changed',
  'user-disabled',
  'user-enabled',
  'user-deleted',
  'users-imported',
  'alias-added',
  'alias-removed',
  'organisation-changed',
  'principal-created',
  'principal-changed',
  'principal-deleted',
  'merge',
  'merge-undone',
  'merge-redone',
  'exact-copies-merged',
  'run-undone',
  'sharing-changed',
  'collection-deleted',
  'collection-restored',
  'deletions-held',
  'deletions-confirmed',
  'deletions-discarded',
  'collection-forgotten',
  'collection-imported',
] as const;
export type AuditAction = (typeof AUDIT_ACTIONS)[number];

export interface Noted {
  readonly organisationId: string;
  readonly action: AuditAction;
  /** Undefined: somebody who is not signed in. */
  readonly actorId?: string | undefined;
  readonly actorName: string;
  /** What it was done to: a name, or an identifier. */
  readonly subject?: string;
  /** The principal it tells of, where that is not the actor. */
  readonly subjectId?: string | undefined;
  readonly address?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Adds an entry. The deed is done by then: a failure to write goes to the log, and does not make the deed look undone. */
export async function note(context: Context, noted: Noted): Promise<void> {
  const now = context.clock.now();
  try {
    await insertAuditEntry(context.db, {
      organisation_id: noted.organisationId,
      entry_id: uuidv7(now),
      happened_at: new Date(now),
      action: noted.action,
      actor_id: noted.actorId ?? null,
      actor_name: noted.actorName,
      subject: noted.subject ?? '',
      subject_id: noted.subjectId ?? null,
      address: noted.address ?? '',
      details: JSON.stringify(noted.details ?? {}),
    });
  } catch (error) {
    context.log.error({ action: noted.action, error: String(error) }, 'not written to the audit log');
  }
}

/** Notes a refused sign-in with the organisation that the name belongs to; an unknown name goes to the log only. */
export async function noteRefusedSignIn(
  context: Context,
  attempt: { readonly name: string; readonly address: string; readonly reason: string; readonly count?: number },
): Promise<void> {
  const { name, address, reason, count } = attempt;
  context.log.warn({ address, reason, count }, 'sign-in refused');
  // control characters and endless names come from strangers: they are no login names, and the log is read by people
  if (name.length > 200) return;
  const login = await findLogin(context.db, name);
  if (!login) return;
  await note(context, {
    organisationId: login.organisation_id,
    action: 'sign-in-refused',
    actorName: name,
    subject: name,
    subjectId: login.principal_id,
    address,
    details: count === undefined ? { reason } : { reason, count },
  });
}
