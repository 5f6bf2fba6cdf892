/** Errors as problem details (RFC 9457): `code` is the stable word, further members say what the sentence says in prose. */
import { STATUS_CODES } from 'node:http';
import type { Context } from 'koa';
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { brokeOff } from '../http/error-handler.ts';
import { statusOf } from '../http/error-status.ts';
import { loggedPath } from '../http/logged-path.ts';
import type { Problem } from './contract/words.ts';

/** RFC 9457 §4.2.1: a problem with no page of its own is `about:blank`; ours are URNs named after their code. */
const TYPE = 'urn:doublon:problem:';

/** A 409 for a version that moved on: HTTP's 412 is for preconditions in headers, which the API does not use. */
function apiStatus(error: AppError): number {
  return error.kind === 'stale' ? 409 : statusOf(error);
}

/** Writes the answer for any error thrown by a handler; the cause of an unexpected one goes to the log only. */
export function answerProblem(ctx: Context, error: unknown, log: Log): void {
  const known =
    !(error instanceof AppError) && brokeOff(ctx)
      ? new AppError('invalid', 'body-cut-short', 'The connection ended before the whole body arrived.')
      : error;
  const problem = known instanceof AppError ? expected(known) : unexpected(ctx, known, log);
  ctx.status = problem.status;
  ctx.set('Cache-Control', 'no-store');
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8');
  ctx.body = JSON.stringify(problem);
}

function expected(error: AppError): Problem {
  const status = apiStatus(error);
  return {
    ...error.details,
    type: TYPE + error.code,
    title: STATUS_CODES[status] ?? 'Error',
    status,
    detail: error.message,
    code: error.code,
  };
}

function unexpected(ctx: Context, error: unknown, log: Log): Problem {
  const id = secretToken(9);
  const cause = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log.error({ id, method: ctx.method, path: loggedPath(ctx), error: cause }, 'request failed');
  return {
    type: `${TYPE}internal-error`,
    title: 'Internal Server Error',
    status: 500,
    detail: `Something went wrong on the server. It is logged under ${id}.`,
    code: 'internal-error',
    instance: `urn:doublon:failure:${id}`,
  };
}
