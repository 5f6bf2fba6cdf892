/** Outermost middleware: whatever was not answered as an error nearer to its cause becomes a short answer and a log line. */
import type { Context, Middleware } from 'koa';
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { statusOf } from './error-status.ts';
import { loggedPath } from './logged-path.ts';

/** Writes an error answer on the context. */
export type ErrorRenderer = (ctx: Context, status: number, code: string, message: string) => void;

const plain: ErrorRenderer = (ctx, status, code, message) => {
  ctx.status = status;
  ctx.type = 'text/plain; charset=utf-8';
  ctx.body = `${message} (${code})\n`;
};

/**
 * Answers expected failures (AppError) with their status and sentence, everything else with 500 and an id that the log
 * line holds too: the cause of an unexpected failure is never shown to the client.
 */
export function errorHandler(log: Log): Middleware {
  return async (ctx, next) => {
    try {
      await next();
    } catch (error) {
      answerError(ctx, error, log, plain);
    }
  };
}

/** Renders one error; shared by the rims, which differ only in `render`. */
export function answerError(ctx: Context, error: unknown, log: Log, render: ErrorRenderer): void {
  if (error instanceof AppError) {
    render(ctx, statusOf(error), error.code, error.message);
    return;
  }
  if (brokeOff(ctx)) {
    render(ctx, 400, 'body-cut-short', 'The connection ended before the whole request arrived.');
    return;
  }
  const id = secretToken(9);
  log.error({ id, method: ctx.method, path: loggedPath(ctx), error: describe(error) }, 'request failed');
  render(ctx, 500, 'internal-error', `Something went wrong on the server. It is logged under ${id}.`);
}

/** The client went away while it was still sending: whatever failed then is no failure of the server. */
export const brokeOff = ({ req }: Pick<Context, 'req'>): boolean => req.destroyed && !req.complete;

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
