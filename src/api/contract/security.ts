/** Security of the own account: sessions, the second factor, the OpenID provider. */
import { z } from 'zod';
import { Id, Moment, Password } from './words.ts';

export const SessionView = z
  .object({
    id: z.string(),
    client: z.string().nullable().describe('What the browser calls itself.'),
    createdAt: Moment,
    lastUsedAt: Moment.nullable().describe('To a few minutes.'),
    address: z.string().nullable().describe('Address it was last used from.'),
    expiresAt: Moment,
    current: z.boolean().describe('True for the session that asks.'),
  })
  .meta({ id: 'SessionView', description: 'A browser that is signed in.' });
export type SessionView = z.infer<typeof SessionView>;

export const SessionList = z.object({ items: z.array(SessionView) }).meta({ id: 'SessionList' });
export type SessionList = z.infer<typeof SessionList>;

export const SecondFactor = z.object({ enabled: z.boolean(), recoveryCodesLeft: z.int() }).meta({ id: 'SecondFactor' });
export type SecondFactor = z.infer<typeof SecondFactor>;

export const SignInEntry = z
  .object({
    id: Id,
    at: Moment,
    succeeded: z.boolean().describe('False: it was refused.'),
    way: z.string().nullable().describe('`password`, `openid`, `invitation`; null for a refused one.'),
    reason: z
      .string()
      .nullable()
      .describe('Why it was refused: `wrong-credentials`, `wrong-code`, …; null for one that succeeded.'),
    address: z.string(),
  })
  .meta({ id: 'SignInEntry', description: 'One sign-in on the page, or a refused one there or by a device.' });
export type SignInEntry = z.infer<typeof SignInEntry>;

export const SignInPage = z
  .object({ items: z.array(SignInEntry), nextCursor: z.string().nullable() })
  .meta({ id: 'SignInPage' });
export type SignInPage = z.infer<typeof SignInPage>;

export const PasswordProof = z.object({ password: Password }).meta({
  id: 'PasswordProof',
  description: 'The present password, asked for again before something that a stranger at an open page must not do.',
});
export type PasswordProof = z.infer<typeof PasswordProof>;

export const Enrolment = z.object({ secret: z.string(), uri: z.string() }).meta({
  id: 'Enrolment',
  description: 'What an authenticator app needs: `uri` for a QR code, `secret` (base32) to type.',
});
export type Enrolment = z.infer<typeof Enrolment>;

export const EnrolmentCode = z.object({ code: z.string().min(6).max(20) }).meta({ id: 'EnrolmentCode' });
export type EnrolmentCode = z.infer<typeof EnrolmentCode>;

export const RecoveryCodes = z
  .object({ recoveryCodes: z.array(z.string()) })
  .meta({ id: 'RecoveryCodes', description: 'Shown once: each lets in once when the phone is lost.' });
export type RecoveryCodes = z.infer<typeof RecoveryCodes>;

export const SignInOptions = z
  .object({ openId: z.object({ name: z.string(), href: z.string() }).nullable() })
  .meta({ id: 'SignInOptions', description: 'Ways to sign in beside name and password.' });
export type SignInOptions = z.infer<typeof SignInOptions>;
