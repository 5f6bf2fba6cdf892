/** One log line per request: method, path, status, time; never bodies, never credentials. */
import type { Middleware } from 'koa';
import type { Log } from '../base/log.ts';
import { loggedPath } from './logged-path.ts';

/** Logs each request when its answer has been sent or its client has gone. */
export function requestLog(log: Log): Middleware {
  return async (ctx, next) => {
    const started = performance.now();
    ctx.res.once('close', () => {
      log.info(
        {
          method: ctx.method,
          path: loggedPath(ctx),
          status: ctx.res.statusCode,
          milliseconds: Math.round((performance.now() - started) * 10) / 10,
          user: ctx.state.principal?.name,
          agent: ctx.get('User-Agent').slice(0, 200),
          complete: ctx.res.writableFinished,
        },
        'request',
      );
    });
    await next();
  };
}
