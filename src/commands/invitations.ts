/** Invitations: a one-time link with which a new user chooses name and password. */
import { createHash } from 'node:crypto';
import { AppError } from '../base/errors.ts';
import { secretToken, uuidv7 } from '../base/ids.ts';
import { inTransaction } from '../store/database.ts';
import { acceptInvitationRow, findOpenInvitation, type Invitation, insertInvitation } from '../store/invitations.ts';
import type { Role } from '../store/schema/accounts.ts';
import { createPrincipal } from './accounts.ts';
import type { Actor, Context } from './context.ts';
import { checkEmail } from './users.ts';

const DAY_MS = 24 * 60 * 60_000;

const digest = (secret: string): string => createHash('sha256').update(secret).digest('base64url');

export interface NewInvitation {
  readonly role: Role;
  readonly email?: string | undefined;
  readonly days: number;
}

/** Makes an invitation to the actor's organisation; the token goes into the link and is kept nowhere. Throws AppError 'invalid-email'. */
export async function invite(
  context: Context,
  actor: Actor,
  wanted: NewInvitation,
): Promise<{ invitationId: string; token: string }> {
  if (wanted.email !== undefined) checkEmail(wanted.email);
  const now = context.clock.now();
  const secret = secretToken();
  const invitationId = uuidv7(now);
  await insertInvitation(context.db, {
    organisation_id: actor.organisationId,
    invitation_id: invitationId,
    token_hash: digest(secret),
    role: wanted.role,
    email: wanted.email ?? null,
    inviter_id: actor.principalId,
    created_at: new Date(now),
    expires_at: new Date(now + wanted.days * DAY_MS),
    accepted_at: null,
    accepted_name: null,
  });
  return { invitationId, token: `${actor.organisationId}.${secret}` };
}

const TOKEN = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([A-Za-z0-9_-]{43})$/;

/** The invitation behind a link's token. Throws AppError 'no-such-invitation' when it is unknown, used or expired. */
export async function openInvitation(context: Context, token: string): Promise<Invitation> {
  const [, organisationId, secret] = TOKEN.exec(token) ?? [];
  const now = new Date(context.clock.now());
  const found =
    organisationId && secret ? await findOpenInvitation(context.db, organisationId, digest(secret), now) : undefined;
  if (found) return found;
  throw new AppError('notFound', 'no-such-invitation', 'This invitation does not exist, was used, or has expired.');
}

export interface Acceptance {
  readonly token: string;
  readonly name: string;
  readonly password: string;
  readonly displayName?: string | undefined;
}

/** Makes the user that was invited, once. Throws AppError 'no-such-invitation', and as `createPrincipal`: then the link still works. */
export async function acceptInvitation(context: Context, acceptance: Acceptance): Promise<Actor> {
  const invitation = await openInvitation(context, acceptance.token);
  const { organisation_id: organisationId, role, email } = invitation;
  const { name, password, displayName } = acceptance;
  const now = new Date(context.clock.now());
  const principalId = await inTransaction(context.db, async (tx) => {
    const taken = await acceptInvitationRow(tx, organisationId, invitation.invitation_id, name, now);
    if (!taken) throw new AppError('notFound', 'no-such-invitation', 'This invitation was used a moment ago.');
    return createPrincipal(
      { ...context, db: tx },
      {
        organisationId,
        kind: 'user',
        name,
        password,
        role,
        ...(displayName ? { displayName } : {}),
        ...(email ? { emails: [email] } : {}),
      },
    );
  });
  return { organisationId, principalId, name, role };
}
