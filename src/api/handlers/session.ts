/** Signing in and out, the account and its app passwords. */
import type { Context } from 'koa';
import { AppError } from '../../base/errors.ts';
import { requirePrincipal, setPassword } from '../../commands/accounts.ts';
import { issueAppPassword, revokeAppPassword } from '../../commands/app-passwords.ts';
import { note } from '../../commands/audit.ts';
import { makeBirthdayCalendar, removeBirthdayCalendar } from '../../commands/birthday-calendar.ts';
import { changePrincipal } from '../../commands/book-regions.ts';
import type { Actor } from '../../commands/context.ts';
import { checkedTimeZone } from '../../commands/organisation.ts';
import { beginSession, endSession, openSession } from '../../commands/sessions.ts';
import { deleteAppPasswordsOf, listAppPasswords, renameAppPassword } from '../../store/credentials.ts';
import { findPrincipal } from '../../store/principals.ts';
import type { ApiContext, Caller } from '../api-context.ts';
import type { Handlers } from '../call.ts';
import { SESSION_COOKIE, setSessionCookie } from '../caller.ts';
import type { Session } from '../contract/account.ts';
import type { CollectionView } from '../contract/collections.ts';
import type { AppPassword } from '../contract/devices.ts';
import { deviceUrls } from '../device-urls.ts';
import { requireOwnPassword, signedIn } from '../page-sign-in.ts';
import { accountView, collectionViews, sharedViews } from '../views/collection-view.ts';

async function sessionOf(
  api: ApiContext,
  who: Pick<Caller, 'organisationId' | 'principalId' | 'session'>,
): Promise<Session> {
  const principal = await requirePrincipal(api, who);
  const collections = await collectionViews(api.db, { ...who, name: principal.name });
  return {
    account: accountView(principal, collections.some(isBirthdays)),
    collections,
    shared: await sharedViews(api.db, who),
    csrfToken: who.session?.csrfToken ?? null,
    expiresAt: who.session?.expiresAt.toISOString() ?? null,
  };
}

const isBirthdays = ({ fedBy }: CollectionView): boolean => fedBy === 'birthdays';

/** The session that the browser was in until now: nobody uses it any more, whoever planted its ticket included. */
async function endSessionOf(api: ApiContext, ctx: Context): Promise<void> {
  const ticket = ctx.cookies.get(SESSION_COOKIE);
  const session = ticket ? await openSession(api, ticket) : undefined;
  if (session) await endSession(api, session.principal.organisation_id, session.sessionId);
}

/** Begins a session for somebody who has proved who it is, instead of the browser's last one: cookie, CSRF token, audit log. */
export async function beginBrowserSession(
  api: ApiContext,
  ctx: Context,
  actor: Actor,
  way = 'password',
): Promise<Session> {
  const { ticket, csrfToken, expiresAt } = await beginSession(api, actor, {
    client: ctx.get('User-Agent'),
    address: ctx.ip,
  });
  await endSessionOf(api, ctx);
  setSessionCookie(ctx, ticket, expiresAt);
  await note(api, {
    organisationId: actor.organisationId,
    action: 'sign-in',
    actorId: actor.principalId,
    actorName: actor.name,
    address: ctx.ip,
    details: { way },
  });
  return sessionOf(api, { ...actor, session: { id: '', csrfToken, expiresAt } });
}

type SessionOperations =
  | 'signIn'
  | 'showSession'
  | 'signOut'
  | 'changePassword'
  | 'changeAccount'
  | 'listAppPasswords'
  | 'createAppPassword'
  | 'renameAppPassword'
  | 'revokeAppPasswords'
  | 'revokeAppPassword';

export const sessionHandlers: Handlers<SessionOperations> = {
  signIn: async ({ api, ctx, body }) => beginBrowserSession(api, ctx, await signedIn(api, ctx, body)),

  showSession: ({ api, caller }) => sessionOf(api, caller),

  signOut: async ({ api, ctx, caller }) => {
    if (caller.session) await endSession(api, caller.organisationId, caller.session.id);
    setSessionCookie(ctx, undefined);
    return { done: true };
  },

  changePassword: async ({ api, caller, body }) => {
    await requireOwnPassword(api, caller, body.current);
    if (body.next === body.current) {
      throw new AppError('invalid', 'same-password', 'The new password must differ from the current one.');
    }
    await setPassword(api, caller, body.next, caller.session ? { keepSession: caller.session.id } : {});
    if (body.signOutDevices) await deleteAppPasswordsOf(api.db, caller.organisationId, caller.principalId);
    api.authenticator.forget(caller.principalId);
    return sessionOf(api, caller);
  },

  changeAccount: async ({ api, caller, body }) => {
    await changePrincipal(api, caller, {
      ...(body.displayName === undefined ? {} : { display_name: body.displayName }),
      ...(body.language === undefined ? {} : { language: body.language }),
      ...(body.timeZone === undefined ? {} : { time_zone: checkedTimeZone(body.timeZone) }),
      ...(body.region === undefined ? {} : { region: body.region }),
    });
    if (body.birthdayCalendar === true) await makeBirthdayCalendar(api, caller);
    if (body.birthdayCalendar === false) await removeBirthdayCalendar(api, caller);
    const principal = (await findPrincipal(api.db, caller.organisationId, caller.principalId))!;
    return accountView(principal, (await collectionViews(api.db, caller)).some(isBirthdays));
  },

  listAppPasswords: async ({ api, caller }) => ({ items: await appPasswordViews(api, caller) }),

  createAppPassword: async ({ api, ctx, caller, body }) => {
    const { id, secret } = await issueAppPassword(api, caller, body.name);
    const appPassword = (await appPasswordViews(api, caller)).find((item) => item.id === id)!;
    return {
      appPassword,
      secret,
      userName: caller.name,
      urls: deviceUrls(api, ctx, caller.name),
    };
  },

  renameAppPassword: async ({ api, caller, parameters, body }) => {
    const renamed = await renameAppPassword(api.db, caller, parameters.id, body.name);
    if (!renamed) throw new AppError('notFound', 'not-found', 'There is no such app password.');
    return (await appPasswordViews(api, caller)).find((item) => item.id === parameters.id)!;
  },

  revokeAppPassword: async ({ api, ctx, caller, parameters }) => {
    ctx.state.subject = await revokeAppPassword(api, caller, parameters.id);
    api.authenticator.forget(caller.principalId);
    return { done: true };
  },

  revokeAppPasswords: async ({ api, caller }) => {
    await deleteAppPasswordsOf(api.db, caller.organisationId, caller.principalId);
    api.authenticator.forget(caller.principalId);
    return { done: true };
  },
};

async function appPasswordViews(api: ApiContext, caller: Caller): Promise<AppPassword[]> {
  const rows = await listAppPasswords(api.db, caller.organisationId, caller.principalId);
  return rows.map((row) => ({
    id: row.app_password_id,
    name: row.name,
    createdAt: row.created_at.toISOString(),
    lastUsedAt: row.last_used_at?.toISOString() ?? null,
    lastUsedFrom: row.last_used_from,
  }));
}
