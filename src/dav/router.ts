/** The DAV rim: authenticates, resolves the path, hands the request to its method, renders errors; Allow and DAV from the tables. */
import type { Context as KoaContext, Middleware } from 'koa';
import type { Authentication } from '../commands/authenticate.ts';
import type { Context } from '../commands/context.ts';
import { CONTEXT_ROOT } from '../commands/resource-paths.ts';
import { authenticateBasic, type BasicGate, probableSender, standingSender } from '../http/authenticate.ts';
import { answerError } from '../http/error-handler.ts';
import type { Requester } from './access.ts';
import { asDavError, DavError, renderDavError } from './error.ts';
import { parsePath } from './href.ts';
import type { Method } from './methods/method.ts';
import { METHODS, methodNamed, methodsBelow, methodsOn } from './methods/registry.ts';
import { reportsOn } from './reports/registry.ts';
import { DAV_LIMITS, type DavContext, type DavLimits, type DavRequest, preferencesOf, type Tables } from './request.ts';
import { type Resolution, resolvePath } from './resolve.ts';
import type { Owner } from './resource.ts';

export interface DavParts extends Context {
  readonly gate: BasicGate;
  readonly davLimits?: DavLimits;
  readonly baseUrl?: string | undefined;
}

const TABLES: Tables = { reportsOn, methodsOn };

/** Compliance classes and extensions, each with what must be in the tables for it to be true (RFC 4918 §10.1). */
const COMPLIANCE: readonly { readonly token: string; readonly needs: readonly string[] }[] = [
  { token: '1', needs: ['PROPFIND', 'PROPPATCH', 'MKCOL', 'COPY', 'MOVE', 'DELETE'] },
  { token: '2', needs: ['LOCK', 'UNLOCK'] },
  { token: '3', needs: ['PROPFIND'] },
  { token: 'access-control', needs: ['ACL'] },
  { token: 'extended-mkcol', needs: ['MKCOL'] },
  { token: 'calendar-access', needs: ['MKCALENDAR', 'REPORT'] },
  { token: 'calendar-no-timezone', needs: ['MKCALENDAR', 'REPORT'] },
  { token: 'addressbook', needs: ['REPORT', 'PUT'] },
  { token: 'calendarserver-principal-search', needs: ['REPORT'] },
];

const DAV_HEADER = COMPLIANCE.filter(({ needs }) =>
  needs.every((name) => METHODS.some((method) => method.name === name)),
)
  .map(({ token }) => token)
  .join(', ');

/** Methods that mean DAV even on the paths where clients begin to look: "/" and "/principals/". */
const DISCOVERY = new Set(['PROPFIND', 'REPORT', 'OPTIONS']);

/** True for the paths this rim answers. */
function isOurs(ctx: KoaContext): boolean {
  const { path } = ctx;
  if (path === `/${CONTEXT_ROOT}` || path.startsWith(`/${CONTEXT_ROOT}/`)) return true;
  if (/^\/+(?:dav(?:\/|$)|$)/.test(path) && path !== '/') return true;
  return /^\/(?:principals\/?)?$/.test(path) && DISCOVERY.has(ctx.method);
}

/** `OPTIONS *` asks about the server as a whole (RFC 9110 §9.3.7); it needs no credentials. */
function isAboutServer({ method, req }: KoaContext): boolean {
  return method === 'OPTIONS' && req.url === '*';
}

function tellServer(ctx: KoaContext): void {
  ctx.set('DAV', DAV_HEADER);
  ctx.set('Allow', METHODS.map(({ name }) => name).join(', '));
  ctx.status = 200;
  ctx.body = '';
  ctx.remove('Content-Type');
}

/** Everything below `/dav/`. Other requests go on to the next middleware. */
export function davRoutes(parts: DavParts): Middleware {
  const app: DavContext = { davLimits: DAV_LIMITS, ...parts };
  return async (ctx, next) => {
    if (isAboutServer(ctx)) return tellServer(ctx);
    if (!isOurs(ctx)) return next();
    try {
      await dispatch(ctx, app, parts.gate);
    } catch (error) {
      const known = asDavError(error);
      if (known) renderDavError(ctx, known);
      else
        answerError(ctx, error, app.log, (_ctx, status, _code, message) =>
          renderDavError(ctx, new DavError(status, message)),
        );
    }
  };
}

async function dispatch(ctx: KoaContext, app: DavContext, gate: BasicGate): Promise<void> {
  ctx.set('DAV', DAV_HEADER);
  const method = methodNamed(ctx.method);
  if (await doneAtOnce(ctx, app, gate, method)) return;
  const { requester, resolution } = await admitted(ctx, app, gate, method);
  ctx.set('Allow', allowed(resolution));
  if (!method) throw new DavError(501, `${ctx.method} is not implemented.`);
  requireMethod(method, resolution);
  const request: DavRequest = { ...resolution, ...requester, ctx, tables: TABLES, deviceId: deviceOf(ctx) };
  await method.handle(request);
  if (ctx.method !== 'OPTIONS' && ctx.status < 400) ctx.remove('Allow');
  if (ctx.body === '') ctx.remove('Content-Type');
  if (ctx.status === 207) tellPreferences(ctx);
}

/** Those who were let in lately may be served without being looked up: by a statement that asks whether they still are. */
async function doneAtOnce(
  ctx: KoaContext,
  app: DavContext,
  gate: BasicGate,
  method: Method | undefined,
): Promise<boolean> {
  const sender = method?.atOnce && standingSender(ctx, gate);
  if (!sender || !(await method.atOnce?.(ctx, app, rawPath(ctx), sender))) return false;
  ctx.state.principal = sender.authentication;
  if (ctx.body === '') ctx.remove('Content-Type');
  return true;
}

/** Who asks, and for what. The path is looked up while the credentials of a sender that is known are judged anew. */
async function admitted(
  ctx: KoaContext,
  app: DavContext,
  gate: BasicGate,
  method: Method | undefined,
): Promise<{ requester: Requester; resolution: Resolution }> {
  const lookUp = async (who: Authentication) => {
    const requester = requesterOf(app, who);
    return {
      requester,
      resolution: await resolvePath(requester, parsePath(rawPath(ctx)), { body: method?.body === true }),
    };
  };
  const probable = probableSender(ctx, gate);
  const early = probable && lookUp(probable);
  // whether it failed matters only to a sender that is let in
  early?.catch(() => {});
  if (probable) method?.foresee?.(ctx, app, probable);
  const who = await authenticateBasic(ctx, gate);
  ctx.state.principal = who;
  const same = probable?.principalId === who.principalId && probable.role === who.role;
  return early && same ? early : lookUp(who);
}

/** The device that was let in: the one probable before may have been another of the same principal. */
function deviceOf(ctx: KoaContext): string {
  const who = ctx.state.principal as Authentication;
  return who.appPasswordId ?? who.principalId;
}

function requesterOf(app: DavContext, actor: Authentication): Requester {
  const principal: Owner = {
    organisation_id: actor.organisationId,
    principal_id: actor.principalId,
    kind: actor.kind,
    name: actor.name,
  };
  return { app, principal, actor };
}

/** Which preferences shaped a multistatus (RFC 7240 §3, RFC 8144 §2). */
function tellPreferences(ctx: KoaContext): void {
  const { minimal, depthNoroot } = preferencesOf(ctx);
  const noroot = depthNoroot && ctx.method === 'PROPFIND';
  const applied = [...(minimal ? ['return=minimal'] : []), ...(noroot ? ['depth-noroot'] : [])];
  if (applied.length > 0) ctx.set('Preference-Applied', applied.join(', '));
  ctx.vary('Brief, Prefer');
}

/** The path as it was sent: Koa's own has been decoded in places where only whole segments may be. */
function rawPath(ctx: KoaContext): string {
  const target = ctx.req.url ?? '/';
  if (target.includes('#')) throw DavError.badRequest('A request target holds no fragment.');
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/i.exec(target);
  return absolute ? absolute[1] || '/' : /^[^?#]*/.exec(target)![0];
}

function allowed({ resource, parent }: Resolution): string {
  const below = parent ? methodsBelow(parent.kind) : ['OPTIONS'];
  return (resource ? methodsOn(resource.kind) : below).join(', ');
}

function requireMethod(method: Method, { resource }: Resolution): void {
  if (!resource || method.on.includes(resource.kind)) return;
  throw new DavError(405, `${method.name} does not work on ${resource.href}.`);
}
