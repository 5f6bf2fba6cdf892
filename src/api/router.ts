/** The middleware of the JSON API: finds the operation, checks caller and input against its table row, answers JSON. */
import Router from '@koa/router';
import type { Context, Middleware } from 'koa';
import type { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { readBody } from '../http/body.ts';
import { answerWhole } from '../http/compression.ts';
import type { ApiContext, ApiParts, Caller } from './api-context.ts';
import { leaveTrail } from './audit-trail.ts';
import type { Call, Handler } from './call.ts';
import { findCaller, refuseForeignOrigin } from './caller.ts';
import { HANDLERS } from './handlers.ts';
import { answeredOnce } from './idempotency.ts';
import { makeOpenIdClient } from './open-id.ts';
import { openApiDocument } from './openapi.ts';
import type { Operation } from './operations/operation.ts';
import { API_ROOT, OPERATIONS, type OperationId } from './operations.ts';
import { answerProblem } from './problem.ts';

/** Everything below `/api/v1/`; other paths go on to `next`. */
export function apiMiddleware(parts: ApiParts): Middleware {
  const api: ApiContext = {
    ...parts,
    openIdClient: parts.openId && makeOpenIdClient(parts.openId),
  };
  const router = new Router({ prefix: API_ROOT });
  for (const id of Object.keys(OPERATIONS) as OperationId[]) {
    const operation: Operation = OPERATIONS[id];
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1');
    router.register(path, [operation.method], (ctx) => perform(api, ctx, id));
  }
  router.get('/openapi.json', (ctx) => answerJson(ctx, openApiDocument()));
  const routes = router.routes() as unknown as Middleware;
  return async (ctx, next) => {
    if (ctx.path !== API_ROOT && !ctx.path.startsWith(`${API_ROOT}/`)) return next();
    ctx.set('Cache-Control', 'no-store');
    ctx.set('X-Content-Type-Options', 'nosniff');
    try {
      await routes(ctx, async () => refuseUnknown(ctx));
    } catch (error) {
      answerProblem(ctx, error, api.log);
    }
  };
}

function refuseUnknown(ctx: Context): never {
  const pattern = (path: string) => new RegExp(`^${API_ROOT}${path.replaceAll(/\{\w+\}/g, '[^/]+')}$`);
  const methods = Object.values(OPERATIONS)
    .filter((operation) => pattern(operation.path).test(ctx.path))
    .map((operation) => operation.method);
  if (methods.length === 0) throw new AppError('notFound', 'no-such-operation', `There is no ${ctx.path} in this API.`);
  ctx.set('Allow', methods.join(', '));
  throw new AppError('invalid', 'method-not-allowed', `${ctx.path} takes ${methods.join(', ')}.`, { status: 405 });
}

async function perform(api: ApiContext, ctx: Context, id: OperationId): Promise<void> {
  const operation: Operation = OPERATIONS[id];
  const caller = await admit(api, ctx, operation);
  if (caller) ctx.state.principal = caller;
  const parameters = operation.parameters && checked(operation.parameters, ctx.params, 'path');
  const query = operation.query && checked(operation.query, { ...ctx.query }, 'query');
  const body = operation.body && checked(operation.body, await readJson(ctx, api.maxRequestSize), 'body');
  const handle = HANDLERS[id] as unknown as Handler<OperationId>;
  const call = { api, ctx, caller, parameters, query, body } as unknown as Call<OperationId>;
  const answer = await (operation.idempotent && caller
    ? answeredOnce(api, ctx, caller, { operation: id, body }, () => handle(call))
    : handle(call));
  if (caller) await leaveTrail(api, ctx, caller, id, { parameters, query, body, answer });
  if (answer === undefined) return;
  ctx.status = operation.status ?? 200;
  if (isData(answer)) await answerJson(ctx, answer);
  else ctx.body = answer;
}

/** Not octets or a stream: those are photos, which do not shrink, and exports and reports of progress, which must not wait. */
const isData = (answer: unknown): answer is object =>
  typeof answer === 'object' && answer !== null && Object.getPrototypeOf(answer) === Object.prototype;

/** Compressed where the client takes it: none of these answers holds a secret beside what a stranger could make it repeat. */
async function answerJson(ctx: Context, data: object): Promise<void> {
  ctx.type = 'json';
  await answerWhole(ctx, Buffer.from(JSON.stringify(data)));
}

/** The caller where one is needed; throws 'unauthenticated', 'csrf-token-wrong', 'password-change-required', 'administrator-required'. */
async function admit(api: ApiContext, ctx: Context, operation: Operation): Promise<Caller | undefined> {
  if (operation.access === 'anybody') {
    if (!operation.fromAnywhere) refuseForeignOrigin(ctx);
    return undefined;
  }
  const caller = await findCaller(api, ctx);
  if (!caller) throw new AppError('unauthenticated', 'not-signed-in', 'Sign in first.');
  if (caller.temporary && !operation.whileTemporary) {
    throw new AppError(
      'forbidden',
      'password-change-required',
      'The one-time password must be changed first: PUT /account/password.',
    );
  }
  requireRights(operation, caller);
  return caller;
}

/** Throws AppError 'administrator-required', 'app-password' (403). */
function requireRights({ access, notByDevice }: Operation, caller: Caller): void {
  if (access === 'administrator' && caller.role !== 'administrator') {
    throw new AppError('forbidden', 'administrator-required', 'Only an administrator of the organisation may do this.');
  }
  if ((notByDevice || access === 'administrator') && caller.appPasswordId !== undefined) {
    throw new AppError('forbidden', 'app-password', 'App passwords are for devices; this needs the password itself.');
  }
}

/** Parses input by its schema; throws AppError 'invalid-input' that names each wrong field. */
function checked<Schema extends z.ZodType>(schema: Schema, input: unknown, part: string): z.output<Schema> {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const fields = result.error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const first = fields[0]!;
  throw new AppError(
    'invalid',
    'invalid-input',
    `The ${part} is not as documented: ${first.field ? `${first.field}: ` : ''}${first.message}.`,
    { part, fields },
  );
}

async function readJson(ctx: Context, limit: number): Promise<unknown> {
  const octets = await readBody(ctx, limit);
  if (octets.length === 0) return {};
  if (!ctx.is('json', '+json')) {
    throw new AppError('invalid', 'not-json', 'The body must be application/json.', { status: 415 });
  }
  try {
    return JSON.parse(octets.toString('utf8')) as unknown;
  } catch (error) {
    throw new AppError('invalid', 'broken-json', `The body is no JSON: ${(error as Error).message}.`, {}, error);
  }
}
