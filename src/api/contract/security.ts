/** Security of the own account: sessions, the second factor, the OpenID provider. */
import { z } from 'zod';
import { Id, Moment, Password } from './words.ts';

/** A browser that is signed in. */
export const SessionView = z
  .object({
    id: z.string(),
    /** What the browser calls itself. */
    client: z.string().nullable(),
    createdAt: Moment,
    /** To a few minutes. */
    lastUsedAt: Moment.nullable(),
    /** Address it was last used from. */
    address: z.string().nullable(),
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

/** One sign-in on the page, or a refused one there or by a device. */
export const SignInEntry = z
  .object({
    id: Id,
    at: Moment,
    /** False: it was refused. */
    succeeded: z.boolean(),
    /** `password`, `openid`, `invitation`; null for a refused one. */
    way: z.string().nullable(),
    /** Why it was refused: `wrong-credentials`, `wrong-code`, …; null for one that succeeded. */
    reason: z.string().nullable(),
    address: z.string(),
  })
  .meta({ id: 'SignInEntry' });
export type SignInEntry = z.infer<typeof SignInEntry>;

export const SignInPage = z
  .object({ items: z.array(SignInEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'SignInPage' });
export type SignInPage = z.infer<typeof SignInPage>;

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
