/** A name for each request, given back to the client, so that its log lines can be found. */
import type { Middleware } from 'koa';
import { randomName } from '../base/ids.ts';

/** Sets `ctx.state.requestId` and the `X-Request-Id` header. An id that a client sends is not believed: it could forge log lines. */
export const requestId: Middleware = async (ctx, next) => {
  ctx.state.requestId = randomName(9);
  ctx.set('X-Request-Id', ctx.state.requestId);
  await next();
};
