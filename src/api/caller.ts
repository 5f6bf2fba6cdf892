/** Who calls the API: a session cookie with its CSRF token, or Basic authentication with a password or app password. */
import { timingSafeEqual } from 'node:crypto';
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { actorOf } from '../commands/authenticate.ts';
import { openSession } from '../commands/sessions.ts';
import { appPasswordRequired, basicCredentials, judgeCredentials, needsAppPassword } from '../http/authenticate.ts';
import { requireEncryption } from '../http/encryption.ts';
import type { ApiContext, Caller } from './api-context.ts';

export const SESSION_COOKIE = 'doublon_session';
export const CSRF_HEADER = 'X-CSRF-Token';

const HARMLESS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The caller, or undefined when the request carries no credentials. Throws AppError 'unauthenticated' for wrong ones. */
export async function findCaller(api: ApiContext, ctx: Context): Promise<Caller | undefined> {
  const authorization = ctx.get('Authorization');
  if (authorization) return byBasic(api, ctx, authorization);
  const ticket = ctx.cookies.get(SESSION_COOKIE);
  if (!ticket) return undefined;
  const session = await openSession(api, ticket, ctx.ip);
  if (!session) throw new AppError('unauthenticated', 'session-over', 'The session is over; sign in again.');
  const { principal, sessionId, csrfToken, expiresAt } = session;
  if (!HARMLESS.has(ctx.method)) requireCsrfToken(ctx, csrfToken);
  return {
    ...actorOf(principal),
    temporary: principal.password_temporary,
    appPasswordId: undefined,
    session: { id: sessionId, csrfToken, expiresAt },
  };
}

async function byBasic(api: ApiContext, ctx: Context, authorization: string): Promise<Caller> {
  requireEncryption(ctx, api.gate.plainHttp);
  const credentials = basicCredentials(authorization);
  const actor = credentials && (await judgeCredentials(ctx.ip, credentials, api.gate));
  if (!actor) throw new AppError('unauthenticated', 'wrong-credentials', 'Login name or password is wrong.');
  if (needsAppPassword(actor)) throw appPasswordRequired();
  return { ...actor, session: undefined };
}

/** A page of another site can make a browser send the cookie, but can neither read nor set this header. */
function requireCsrfToken(ctx: Context, expected: string): void {
  const given = Buffer.from(ctx.get(CSRF_HEADER));
  const wanted = Buffer.from(expected);
  if (given.length === wanted.length && timingSafeEqual(given, wanted)) return;
  throw new AppError(
    'forbidden',
    'csrf-token-wrong',
    `A request that changes something carries the session's token in ${CSRF_HEADER}.`,
  );
}

/** Refuses a sign-in that another site's page sends: there is no session yet whose token could prove it. */
export function refuseForeignOrigin(ctx: Context): void {
  const site = ctx.get('Sec-Fetch-Site');
  if (site && site !== 'same-origin' && site !== 'none') {
    throw new AppError('forbidden', 'foreign-origin', 'Sign-in works from this server’s own page only.');
  }
}

/** Sets or (undefined) removes the session cookie: out of reach of scripts, same site only, encrypted where the page is. */
export function setSessionCookie(ctx: Context, ticket: string | undefined, expires?: Date): void {
  ctx.cookies.set(SESSION_COOKIE, ticket ?? '', {
    httpOnly: true,
    sameSite: 'lax',
    secure: ctx.secure,
    path: '/',
    overwrite: true,
    expires: expires ?? new Date(0),
  });
}
