/** Signing in, and the own account. */
import { z } from 'zod';
import { CollectionView } from './collections.ts';
import { Id, Moment } from './words.ts';

export const SignInRequest = z
  .object({
    name: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    /** A code of the authenticator app or a recovery code, after 401 `second-factor-required`. */
    code: z.string().max(30).optional(),
  })
  .meta({ id: 'SignInRequest' });
export type SignInRequest = z.infer<typeof SignInRequest>;

export const Account = z
  .object({
    id: Id,
    name: z.string(),
    displayName: z.string(),
    emails: z.array(z.string()),
    role: z.enum(['member', 'administrator']),
    language: z.string().nullable(),
    timeZone: z.string().nullable(),
    region: z.string().nullable(),
    /** True: the password was a one-time one; everything but changing it is refused with `password-change-required`. */
    passwordTemporary: z.boolean(),
    /** True: there is a calendar of the birthdays and anniversaries in the account's address books. */
    birthdayCalendar: z.boolean(),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export const Session = z
  .object({
    account: Account,
    collections: z.array(CollectionView),
    /** To be sent back as `X-CSRF-Token` with every request that changes something; null with Basic authentication. */
    csrfToken: z.string().nullable(),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const ChangePasswordRequest = z
  .object({
    current: z.string().min(1).max(1000),
    next: z.string().min(1).max(1000),
    /** True also revokes every app password and ends the other sessions. */
    signOutDevices: z.boolean().default(false),
  })
  .meta({ id: 'ChangePasswordRequest' });
export type ChangePasswordRequest = z.input<typeof ChangePasswordRequest>;

export const AccountSettingsRequest = z
  .object({
    displayName: z.string().min(1).max(200),
    language: z.string().max(35).nullable(),
    timeZone: z.string().max(64).nullable(),
    region: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
    /** True makes the calendar of birthdays and keeps it in step, false takes it away. */
    birthdayCalendar: z.boolean(),
  })
  .partial()
  .meta({ id: 'AccountSettingsRequest' });
export type AccountSettingsRequest = z.infer<typeof AccountSettingsRequest>;
