/** The organisation's name, and what its new users start with. */
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type OrganisationPatch, updateOrganisation } from '../store/organisations.ts';
import { findOrganisation } from '../store/principals.ts';
import type { Row } from '../store/schema.ts';
import type { Context } from './context.ts';

const NewUsers = z.object({
  language: z.string().nullable().default(null),
  timeZone: z.string().nullable().default(null),
  region: z.string().nullable().default(null),
  quota: z.number().nullable().default(null),
});

/** What new users start with, unless they are made with something else. */
export type NewUserDefaults = z.infer<typeof NewUsers>;

/** Throws AppError notFound when the organisation has gone. */
export async function requireOrganisation(context: Context, organisationId: string): Promise<Row<'organisation'>> {
  const found = await findOrganisation(context.db, organisationId);
  if (found) return found;
  throw new AppError('notFound', 'no-such-organisation', 'The organisation no longer exists.');
}

/** The defaults in an organisation's settings. */
export function newUserDefaults(organisation: Pick<Row<'organisation'>, 'settings'> | undefined): NewUserDefaults {
  return NewUsers.parse(organisation?.settings.newUsers ?? {});
}

/** The zone by its canonical name. Throws AppError 'unknown-time-zone'. */
export function checkedTimeZone(name: string | null): string | null {
  if (name === null) return null;
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
  } catch (error) {
    throw new AppError('invalid', 'unknown-time-zone', `"${name}" is no time zone such as Europe/Paris.`, {}, error);
  }
}

export interface OrganisationChange {
  readonly name?: string | undefined;
  readonly newUsers?:
    | Partial<{ readonly [Key in keyof NewUserDefaults]: NewUserDefaults[Key] | undefined }>
    | undefined;
}

/** Renames an organisation and changes its defaults; what is not named stays. Throws AppError 'unknown-time-zone'. */
export async function changeOrganisation(
  context: Context,
  organisationId: string,
  { name, newUsers = {} }: OrganisationChange,
): Promise<void> {
  const { timeZone, ...rest } = newUsers;
  const patch: OrganisationPatch = {
    ...(name === undefined ? {} : { name }),
    newUsers: { ...rest, ...(timeZone === undefined ? {} : { timeZone: checkedTimeZone(timeZone) }) },
  };
  await updateOrganisation(context.db, organisationId, patch);
}
