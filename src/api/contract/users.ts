/** Users, as their administrator sees them. */
import { z } from 'zod';
import { Id, Moment, Password, RoleName } from './words.ts';

export const UserView = z
  .object({
    id: Id,
    name: z.string(),
    aliases: z.array(z.string()).describe('Further login names.'),
    displayName: z.string(),
    emails: z.array(z.string()),
    role: RoleName,
    disabled: z.boolean(),
    secondFactor: z.boolean(),
    passwordTemporary: z.boolean(),
    quota: z.int().nullable().describe('Octets; null: the default of the server holds.'),
    effectiveQuota: z.int().nullable().describe('The quota that holds; null: none.'),
    octetsUsed: z.int(),
    createdAt: Moment,
    lastSignInAt: Moment.nullable(),
  })
  .meta({ id: 'UserView' });
export type UserView = z.infer<typeof UserView>;

export const UserQuery = z.object({
  search: z.string().max(200).optional().describe('Part of a name, displayed name or e-mail address.'),
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
    password: Password.optional().describe('A one-time password is made when absent.'),
  })
  .meta({ id: 'NewUserRequest' });
export type NewUserRequest = z.input<typeof NewUserRequest>;

export const NewUser = z
  .object({ user: UserView, oneTimePassword: z.string().nullable().describe('Shown once.') })
  .meta({ id: 'NewUser' });
export type NewUser = z.infer<typeof NewUser>;

export const UserChangeRequest = z
  .object({
    displayName: z.string().trim().min(1).max(200),
    emails: Emails,
    role: RoleName,
    disabled: z.boolean().describe('True: cannot sign in, and its devices cannot either; nothing is deleted.'),
    quota: z.int().min(0).nullable(),
  })
  .partial()
  .meta({ id: 'UserChangeRequest' });
export type UserChangeRequest = z.infer<typeof UserChangeRequest>;

export const UserDeletion = z.object({
  confirm: z.string().min(1).max(200).describe("The user's name: deleting cannot be undone."),
});
export type UserDeletion = z.infer<typeof UserDeletion>;

export const PasswordResetRequest = z
  .object({ signOutDevices: z.boolean().default(false).describe('Revokes the app passwords, too.') })
  .meta({ id: 'PasswordResetRequest' });
export type PasswordResetRequest = z.input<typeof PasswordResetRequest>;

export const OneTimePassword = z.object({ oneTimePassword: z.string() }).meta({ id: 'OneTimePassword' });
export type OneTimePassword = z.infer<typeof OneTimePassword>;

export const AliasRequest = z.object({ name: z.string().min(1).max(200) }).meta({ id: 'AliasRequest' });
export type AliasRequest = z.infer<typeof AliasRequest>;

export const UserImportReport = z
  .object({
    lines: z.array(
      z.object({
        line: z.int().describe('Line of the file, from 1; the first one names the columns.'),
        name: z.string(),
        kind: z.string(),
        outcome: z.enum(['created', 'changed', 'unchanged', 'refused']),
        reason: z.string().nullable(),
        oneTimePassword: z.string().nullable().describe('Of a user that was made without a password; shown once.'),
      }),
    ),
  })
  .meta({
    id: 'UserImportReport',
    description: 'One line for each line of the file; a refused one did not stop the others.',
  });
export type UserImportReport = z.infer<typeof UserImportReport>;
