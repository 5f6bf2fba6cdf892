/** What an administrator does to the users of the organisation: create, change, disable, delete, further login names. */
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import { deleteAppPasswordsOf } from '../store/credentials.ts';
import { inTransaction } from '../store/database.ts';
import {
  findPrincipal,
  insertLogin,
  type Principal,
  type PrincipalPatch,
  updatePrincipal,
} from '../store/principals.ts';
import type { Role } from '../store/schema/accounts.ts';
import { deleteSessionsOf } from '../store/sessions.ts';
import { deleteLogin, deletePrincipal, lockAdministrators, loginsOf } from '../store/users.ts';
import { checkLoginName, createPrincipal, loginName, type NewPrincipal, setPassword } from './accounts.ts';
import type { Actor, Context } from './context.ts';
import { forgetQuota } from './quota.ts';

const ONE_TIME_OCTETS = 12;
const MOST_LOGINS = 20;
/** RFC 5321 §4.5.3.1.3, and the shape that every address has: the mailbox itself is checked by no rule but a message. */
const LONGEST_EMAIL = 254;
const EMAIL = /^[^\s@<>(),;:\\"[\]]+@[^\s@<>(),;:\\"[\].]+(?:\.[^\s@<>(),;:\\"[\].]+)*$/u;

/** A password that lets in once, to choose another. */
export const oneTimePassword = (): string => secretToken(ONE_TIME_OCTETS);

/** Throws AppError 'invalid-email' unless the text may be an e-mail address. */
export function checkEmail(email: string): void {
  if (EMAIL.test(email) && email.length <= LONGEST_EMAIL) return;
  throw new AppError('invalid', 'invalid-email', `"${email.slice(0, 300)}" is no e-mail address.`);
}

/** A user of the organisation. Throws AppError notFound: of another organisation looks like missing. */
export async function requireUserOf(context: Context, organisationId: string, userId: string): Promise<Principal> {
  const user = await findPrincipal(context.db, organisationId, userId);
  if (user?.kind === 'user') return user;
  throw new AppError('notFound', 'no-such-user', 'There is no such user.');
}

/** Makes a user; without a password, with a one-time one that is returned. Throws as `createPrincipal`, and 'invalid-email'. */
export async function createUser(
  context: Context,
  wanted: Omit<NewPrincipal, 'kind'>,
): Promise<{ userId: string; oneTimePassword: string | undefined }> {
  for (const email of wanted.emails ?? []) checkEmail(email);
  const made = wanted.password === undefined ? oneTimePassword() : undefined;
  const password = wanted.password ?? made!;
  const userId = await createPrincipal(context, {
    ...wanted,
    kind: 'user',
    password,
    temporary: made !== undefined,
  });
  return { userId, oneTimePassword: made };
}

export interface UserChange {
  readonly displayName?: string | undefined;
  readonly emails?: readonly string[] | undefined;
  readonly role?: Role | undefined;
  readonly disabled?: boolean | undefined;
  /** Octets; null: the setting's default. */
  readonly quota?: number | null | undefined;
}

/**
 * Changes a user; disabling ends the sessions and keeps everything else, so that enabling gives it back. Throws AppError
 * notFound, 'invalid-email', 'last-administrator'. The caller tells the authenticator to forget the user.
 */
export async function changeUser(
  context: Context,
  organisationId: string,
  userId: string,
  change: UserChange,
): Promise<Principal> {
  for (const email of change.emails ?? []) checkEmail(email);
  await inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const user = await requireUserOf(inside, organisationId, userId);
    if (change.role === 'member' || change.disabled) await keepAnAdministrator(inside, user);
    const patch = patchOf(change, user, new Date(context.clock.now()));
    if (Object.keys(patch).length > 0) await updatePrincipal(tx, organisationId, userId, patch);
    if (change.disabled) await deleteSessionsOf(tx, organisationId, userId);
  });
  forgetQuota(context, userId);
  return requireUserOf(context, organisationId, userId);
}

function patchOf(change: UserChange, user: Principal, now: Date): PrincipalPatch {
  return {
    ...(change.displayName === undefined ? {} : { display_name: change.displayName }),
    ...(change.emails === undefined ? {} : { emails: [...change.emails] }),
    ...(change.role === undefined ? {} : { role: change.role }),
    ...(change.disabled === undefined ? {} : { disabled_at: change.disabled ? (user.disabled_at ?? now) : null }),
    ...(change.quota === undefined ? {} : { quota_octets: change.quota }),
  };
}

/** Throws AppError 'last-administrator' when nobody else could look after the organisation. Call inside a transaction. */
export async function keepAnAdministrator(context: Context, user: Principal): Promise<void> {
  const others = (await lockAdministrators(context.db, user.organisation_id)).filter((id) => id !== user.principal_id);
  if (user.role !== 'administrator' || user.disabled_at || others.length > 0) return;
  throw new AppError('conflict', 'last-administrator', `${user.name} is the last administrator, and one must remain.`);
}

/**
 * Deletes a user with everything it owns. `confirmation` must be its name. Throws AppError notFound, 'not-confirmed',
 * 'last-administrator', 'own-account'. The caller tells the authenticator to forget the user.
 */
export async function deleteUser(
  context: Context,
  actor: Actor,
  userId: string,
  confirmation: string,
): Promise<string> {
  return inTransaction(context.db, async (tx) => {
    const inside = { ...context, db: tx };
    const user = await requireUserOf(inside, actor.organisationId, userId);
    if (user.name !== confirmation) {
      throw new AppError('conflict', 'not-confirmed', "The user's name must be given to delete it for good.");
    }
    if (user.principal_id === actor.principalId)
      throw new AppError('conflict', 'own-account', 'Another administrator must delete this account.');
    await keepAnAdministrator(inside, user);
    await deletePrincipal(tx, actor.organisationId, userId);
    return user.name;
  });
}

/** Gives the user a one-time password and ends its sessions; with `devices`, its app passwords too. */
export async function resetPassword(
  context: Context,
  organisationId: string,
  userId: string,
  devices: boolean,
): Promise<string> {
  await requireUserOf(context, organisationId, userId);
  const password = oneTimePassword();
  await setPassword(context, { organisationId, principalId: userId }, password, { temporary: true });
  if (devices) await deleteAppPasswordsOf(context.db, organisationId, userId);
  return password;
}

/** Adds a login name. Throws AppError notFound, 'invalid-name', 'name-taken', 'too-many-aliases'. */
export async function addAlias(context: Context, organisationId: string, userId: string, alias: string): Promise<void> {
  const name = loginName(alias);
  checkLoginName(name);
  const user = await requireUserOf(context, organisationId, userId);
  const logins = (await loginsOf(context.db, organisationId, [userId])).get(userId) ?? [];
  if (logins.length >= MOST_LOGINS) {
    throw new AppError(
      'conflict',
      'too-many-aliases',
      `${user.name} has ${MOST_LOGINS} login names, which is the limit.`,
      {
        limit: MOST_LOGINS,
      },
    );
  }
  const added = await insertLogin(context.db, { name, organisation_id: organisationId, principal_id: userId });
  if (!added) throw new AppError('conflict', 'name-taken', `The name "${name}" is already taken.`);
}

/** Takes a login name away. Throws AppError notFound, 'own-name' for the user's own name. */
export async function removeAlias(
  context: Context,
  organisationId: string,
  userId: string,
  name: string,
): Promise<void> {
  const user = await requireUserOf(context, organisationId, userId);
  if (user.name === name)
    throw new AppError('conflict', 'own-name', `"${name}" is the name of the user itself, not an alias.`);
  const gone = await deleteLogin(context.db, organisationId, userId, name);
  if (!gone) throw new AppError('notFound', 'no-such-alias', `${user.name} has no alias "${name}".`);
}
