/** The schemas of accounts, security and administration, beside those of `contract.ts`. */
import { z } from 'zod';
import { Run } from './contract.ts';

const Id = z.uuid();
const Moment = z.iso.datetime();
const RoleName = z.enum(['member', 'administrator']);
const Password = z.string().min(1).max(1000);

// ---- security of the own account --------------------------------------------------------------------------------

/** A browser that is signed in. */
export const SessionView = z
  .object({
    id: z.string(),
    /** What the browser calls itself. */
    client: z.string().nullable(),
    createdAt: Moment,
    expiresAt: Moment,
    /** True for the session that asks. */
    current: z.boolean(),
  })
  .meta({ id: 'SessionView' });
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.object({ items: z.array(SessionView) }).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;

export const SecondFactor = z.object({ enabled: z.boolean(), recoveryCodesLeft: z.int() }).meta({ id: 'SecondFactor' });
export type SecondFactor = z.infer<typeof SecondFactor>;

/** The present password, asked for again before something that a stranger at an open page must not do. */
export const PasswordProof = z.object({ password: Password }).meta({ id: 'PasswordProof' });
export type PasswordProof = z.infer<typeof PasswordProof>;

/** What an authenticator app needs: `uri` for a QR code, `secret` (base32) to type. */
export const Enrolment = z.object({ secret: z.string(), uri: z.string() }).meta({ id: 'Enrolment' });
export type Enrolment = z.infer<typeof Enrolment>;

export const EnrolmentCode = z.object({ code: z.string().min(6).max(20) }).meta({ id: 'EnrolmentCode' });
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;

/** Shown once: each lets in once when the phone is lost. */
export const RecoveryCodes = z.object({ recoveryCodes: z.array(z.string()) }).meta({ id: 'RecoveryCodes' });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

/** Ways to sign in beside name and password. */
export const SignInOptions = z
  .object({ openId: z.object({ name: z.string(), href: z.string() }).nullable() })
  .meta({ id: 'SignInOptions' });
export type SignInOptions = z.infer<typeof SignInOptions>;

// ---- users ------------------------------------------------------------------------------------------------------

export const UserView = z
  .object({
    id: Id,
    name: z.string(),
    /** Further login names. */
    aliases: z.array(z.string()),
    displayName: z.string(),
    emails: z.array(z.string()),
    role: RoleName,
    disabled: z.boolean(),
    secondFactor: z.boolean(),
    passwordTemporary: z.boolean(),
    /** Octets; null: the default of the server holds. */
    quota: z.int().nullable(),
    /** The quota that holds; null: none. */
    effectiveQuota: z.int().nullable(),
    octetsUsed: z.int(),
    createdAt: Moment,
    lastSignInAt: Moment.nullable(),
  })
  .meta({ id: 'UserView' });
export type UserView = z.infer<typeof UserView>;

export const UserQuery = z.object({
  /** Part of a name, displayed name or e-mail address. */
  search: z.string().max(200).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type UserQuery = z.input<typeof UserQuery>;

export const UserPage = z
  .object({ items: z.array(UserView), nextCursor: z.string().nullable() })
  .meta({ id: 'UserPage' });
export type UserPage = z.infer<typeof UserPage>;

const Emails = z.array(z.string().max(254)).max(20);

export const NewUserRequest = z
  .object({
    name: z.string().min(1).max(200),
    displayName: z.string().trim().min(1).max(200).optional(),
    emails: Emails.default([]),
    role: RoleName.default('member'),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .optional(),
    /** A one-time password is made when absent. */
    password: Password.optional(),
  })
  .meta({ id: 'NewUserRequest' });
export type NewUserRequest = z.input<typeof NewUserRequest>;

export const NewUser = z
  .object({ user: UserView, /** Shown once. */ oneTimePassword: z.string().nullable() })
  .meta({ id: 'NewUser' });
export type NewUser = z.infer<typeof NewUser>;

export const UserChangeRequest = z
  .object({
    displayName: z.string().trim().min(1).max(200),
    emails: Emails,
    role: RoleName,
    /** True: cannot sign in, and its devices cannot either; nothing is deleted. */
    disabled: z.boolean(),
    quota: z.int().min(0).nullable(),
  })
  .partial()
  .meta({ id: 'UserChangeRequest' });
export type UserChangeRequest = z.infer<typeof UserChangeRequest>;

/** `confirm` is the user's name: deleting cannot be undone. */
export const UserDeletion = z.object({ confirm: z.string().min(1).max(200) });
export type UserDeletion = z.infer<typeof UserDeletion>;

export const PasswordResetRequest = z
  .object({ /** Revokes the app passwords, too. */ signOutDevices: z.boolean().default(false) })
  .meta({ id: 'PasswordResetRequest' });
export type PasswordResetRequest = z.input<typeof PasswordResetRequest>;

export const OneTimePassword = z.object({ oneTimePassword: z.string() }).meta({ id: 'OneTimePassword' });
export type OneTimePassword = z.infer<typeof OneTimePassword>;

export const AliasRequest = z.object({ name: z.string().min(1).max(200) }).meta({ id: 'AliasRequest' });
export type AliasRequest = z.infer<typeof AliasRequest>;

/** One line for each line of the file; a refused one did not stop the others. */
export const UserImportReport = z
  .object({
    lines: z.array(
      z.object({
        name: z.string(),
        kind: z.string(),
        outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
        reason: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'UserImportReport' });
export type UserImportReport = z.infer<typeof UserImportReport>;

// ---- invitations ------------------------------------------------------------------------------------------------

export const InvitationView = z
  .object({
    id: Id,
    role: RoleName,
    email: z.string().nullable(),
    createdAt: Moment,
    expiresAt: Moment,
    /** The name of the user that it became, or null. */
    acceptedName: z.string().nullable(),
    state: z.enum(['open', 'accepted', 'expired']),
  })
  .meta({ id: 'InvitationView' });
export type InvitationView = z.infer<typeof InvitationView>;

export const InvitationList = z.object({ items: z.array(InvitationView) }).meta({ id: 'InvitationList' });
export type InvitationList = z.infer<typeof InvitationList>;

export const NewInvitationRequest = z
  .object({
    role: RoleName.default('member'),
    email: z.string().max(254).optional(),
    days: z.int().min(1).max(90).default(7),
  })
  .meta({ id: 'NewInvitationRequest' });
export type NewInvitationRequest = z.input<typeof NewInvitationRequest>;

/** The only answer that holds the link. */
export const NewInvitation = z.object({ invitation: InvitationView, link: z.string() }).meta({ id: 'NewInvitation' });
export type NewInvitation = z.infer<typeof NewInvitation>;

export const InvitationToken = z.object({ token: z.string().min(1).max(200) }).meta({ id: 'InvitationToken' });
export type InvitationToken = z.infer<typeof InvitationToken>;

/** What the invited person sees before accepting. */
export const OpenInvitation = z
  .object({ organisation: z.string(), role: RoleName, email: z.string().nullable(), expiresAt: Moment })
  .meta({ id: 'OpenInvitation' });
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

// ---- runs and the audit log -------------------------------------------------------------------------------------

export const AuditQuery = z.object({
  action: z.string().max(50).optional(),
  cursor: z.string().max(500).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type AuditQuery = z.input<typeof AuditQuery>;

export const AuditEntry = z
  .object({
    id: Id,
    at: Moment,
    /** `sign-in`, `sign-in-refused`, `merge`, `user-deleted`, … */
    action: z.string(),
    actor: z.string(),
    subject: z.string(),
    address: z.string(),
    details: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntry' });
export type AuditEntry = z.infer<typeof AuditEntry>;

export const AuditPage = z
  .object({ items: z.array(AuditEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'AuditPage' });
export type AuditPage = z.infer<typeof AuditPage>;

export const RunOfUser = Run.extend({ user: z.string() }).meta({ id: 'RunOfUser' });
export type RunOfUser = z.infer<typeof RunOfUser>;

export const RunPage = z
  .object({ items: z.array(RunOfUser), nextCursor: z.string().nullable() })
  .meta({ id: 'RunPage' });
export type RunPage = z.infer<typeof RunPage>;
