/** Signing in, and the own account. */
import { z } from 'zod';
import { CollectionView } from './collections.ts';
import { SharedCollection } from './shares.ts';
import { Id, Moment } from './words.ts';

export const SignInRequest = z
  .object({
    name: z.string().min(1).max(200),
    password: z.string().min(1).max(1000),
    code: z
      .string()
      .max(30)
      .optional()
      .describe('A code of the authenticator app or a recovery code, after 401 `second-factor-required`.'),
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
    passwordTemporary: z
      .boolean()
      .describe(
        'True: the password was a one-time one; everything but changing it is refused with `password-change-required`.',
      ),
    birthdayCalendar: z
      .boolean()
      .describe("True: there is a calendar of the birthdays and anniversaries in the account's address books."),
  })
  .meta({ id: 'Account' });
export type Account = z.infer<typeof Account>;

export const Session = z
  .object({
    account: Account,
    collections: z.array(CollectionView),
    shared: z.array(SharedCollection).describe('What others share with the account.'),
    csrfToken: z
      .string()
      .nullable()
      .describe(
        'To be sent back as `X-CSRF-Token` with every request that changes something; null with Basic authentication.',
      ),
    expiresAt: Moment.nullable(),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const ChangePasswordRequest = z
  .object({
    current: z.string().min(1).max(1000),
    next: z.string().min(1).max(1000),
    signOutDevices: z
      .boolean()
      .default(false)
      .describe('True also revokes every app password and ends the other sessions.'),
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
    birthdayCalendar: z
      .boolean()
      .describe('True makes the calendar of birthdays and keeps it in step, false takes it away.'),
  })
  .partial()
  .meta({ id: 'AccountSettingsRequest' });
export type AccountSettingsRequest = z.infer<typeof AccountSettingsRequest>;
