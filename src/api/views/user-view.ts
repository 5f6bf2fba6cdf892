/** Users, invitations and entries of the audit log as the API shows them to administrators. */
import { z } from 'zod';
import type { AuditEntry as AuditRow } from '../../store/audit.ts';
import { lastSignIns } from '../../store/audit.ts';
import type { Invitation } from '../../store/invitations.ts';
import type { Principal } from '../../store/principals.ts';
import { loginsOf, octetsUsedBy } from '../../store/users.ts';
import type { ApiContext } from '../api-context.ts';
import type { AuditEntry } from '../contract/administration.ts';
import type { InvitationView } from '../contract/invitations.ts';
import type { SignInEntry } from '../contract/security.ts';
import type { UserView } from '../contract/users.ts';

const SignInDetails = z.object({ way: z.string().optional(), reason: z.string().optional() });

/** Views of users of one organisation, in their order. */
export async function userViews(
  api: ApiContext,
  organisationId: string,
  users: readonly Principal[],
): Promise<UserView[]> {
  const ids = users.map((user) => user.principal_id);
  const [logins, used, signIns] = await Promise.all([
    loginsOf(api.db, organisationId, ids),
    octetsUsedBy(api.db, organisationId, ids),
    lastSignIns(api.db, organisationId, ids),
  ]);
  return users.map((user) => ({
    id: user.principal_id,
    name: user.name,
    aliases: (logins.get(user.principal_id) ?? []).filter((name) => name !== user.name),
    displayName: user.display_name,
    emails: user.emails,
    role: user.role,
    disabled: user.disabled_at !== null,
    secondFactor: user.second_factor,
    passwordTemporary: user.password_temporary,
    quota: user.quota_octets,
    effectiveQuota: user.quota_octets ?? api.limits.defaultQuota ?? null,
    octetsUsed: used.get(user.principal_id) ?? 0,
    createdAt: user.created_at.toISOString(),
    lastSignInAt: signIns.get(user.principal_id)?.toISOString() ?? null,
  }));
}

export function invitationView(row: Invitation, now: number): InvitationView {
  const open = row.expires_at.getTime() > now ? 'open' : 'expired';
  return {
    id: row.invitation_id,
    role: row.role,
    email: row.email,
    createdAt: row.created_at.toISOString(),
    expiresAt: row.expires_at.toISOString(),
    acceptedName: row.accepted_name,
    state: row.accepted_at ? 'accepted' : open,
  };
}

export function auditView(row: AuditRow): AuditEntry {
  return {
    id: row.entry_id,
    at: row.happened_at.toISOString(),
    action: row.action,
    actor: row.actor_name,
    subject: row.subject,
    subjectId: row.subject_id,
    actorId: row.actor_id,
    address: row.address,
    details: row.details,
  };
}

export function signInView(row: AuditRow): SignInEntry {
  const { way = null, reason = null } = SignInDetails.parse(row.details);
  return {
    id: row.entry_id,
    at: row.happened_at.toISOString(),
    succeeded: row.action === 'sign-in',
    way,
    reason,
    address: row.address,
  };
}
