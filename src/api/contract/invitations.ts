/** Invitations to an account. */
import { z } from 'zod';
import { Id, Moment, Password, RoleName } from './words.ts';

export const InvitationView = z
  .object({
    id: Id,
    role: RoleName,
    email: z.string().nullable(),
    createdAt: Moment,
    expiresAt: Moment,
    acceptedName: z.string().nullable().describe('The name of the user that it became, or null.'),
    state: z.enum(['open', 'accepted', 'expired']),
  })
  .meta({ id: 'InvitationView' });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationPage = z
  .object({ items: z.array(InvitationView), nextCursor: z.string().nullable() })
  .meta({ id: 'InvitationPage' });
export type InvitationPage = z.infer<typeof InvitationPage>;

export const NewInvitationRequest = z
  .object({
    role: RoleName.default('member'),
    email: z.string().max(254).optional(),
    days: z.int().min(1).max(90).default(7),
  })
  .meta({ id: 'NewInvitationRequest' });
export type NewInvitationRequest = z.input<typeof NewInvitationRequest>;

export const NewInvitation = z
  .object({ invitation: InvitationView, link: z.string() })
  .meta({ id: 'NewInvitation', description: 'The only answer that holds the link.' });
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationToken = z.object({ token: z.string().min(1).max(200) }).meta({ id: 'InvitationToken' });
export type InvitationToken = z.infer<typeof InvitationToken>;

export const OpenInvitation = z
  .object({ organisation: z.string(), role: RoleName, email: z.string().nullable(), expiresAt: Moment })
  .meta({ id: 'OpenInvitation', description: 'What the invited person sees before accepting.' });
export type OpenInvitation = z.infer<typeof OpenInvitation>;

export const AcceptInvitationRequest = z
  .object({
    token: z.string().min(1).max(200),
    name: z.string().min(1).max(200),
    password: Password,
    displayName: z.string().trim().min(1).max(200).optional(),
  })
  .meta({ id: 'AcceptInvitationRequest' });
export type AcceptInvitationRequest = z.infer<typeof AcceptInvitationRequest>;
