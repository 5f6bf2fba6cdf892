/** The application: which middleware answers which path. */
import Koa from 'koa';
import { apiMiddleware } from './api/router.ts';
import { noteRefusedSignIn } from './commands/audit.ts';
import { makeAuthenticator } from './commands/authenticate.ts';
import type { Context } from './commands/context.ts';
import type { EngineRun } from './commands/engine-run.ts';
import type { OpenIdSettings } from './commands/open-id-accounts.ts';
import { DAV_LIMITS } from './dav/request.ts';
import { davRoutes } from './dav/router.ts';
import type { BasicGate } from './http/authenticate.ts';
import { cors } from './http/cors.ts';
import { errorHandler } from './http/error-handler.ts';
import { makeFailedSignIns } from './http/failed-sign-ins.ts';
import { type Metrics, makeMetrics } from './http/metrics.ts';
import { operation } from './http/operation.ts';
import { published } from './http/published.ts';
import { requestId } from './http/request-id.ts';
import { requestLog } from './http/request-log.ts';
import { staticFiles } from './http/static-files.ts';
import { wellKnown } from './http/well-known.ts';
import type { FetchRemote } from './remote/fetch-remote.ts';

export interface AppParts extends Context {
  readonly version: string;
  /** Computes a full run of the engine off the request loop. */
  readonly runEngine: EngineRun;
  readonly fetchRemote: FetchRemote;
  /** URL people reach the server by, with a slash at the end; undefined: whatever the request says. */
  readonly baseUrl: string | undefined;
  readonly trustProxy: boolean;
  /** Origins whose web programs may use DAV; `*`: any. */
  readonly corsOrigins: readonly string[];
  /** Take passwords over plain HTTP from other machines, too. */
  readonly plainHttp: boolean;
  /** The OpenID provider people sign in by, if there is one. */
  readonly openId: OpenIdSettings | undefined;
  /** Octets of a body that is neither an object nor a streamed import. */
  readonly maxRequestSize: number;
  /** There is a mail server that takes mails to users. */
  readonly sendsMail: boolean;
  /** Folder of the built page. */
  readonly webFolder: string;
  readonly isStopping: () => boolean;
  /** Default: counts of this application alone. */
  readonly metrics?: Metrics;
}

const isClients = (code: unknown): boolean =>
  typeof code === 'string' && (code.startsWith('HPE_') || ['ECONNRESET', 'EPIPE', 'ECONNABORTED'].includes(code));

/** Puts the application together. Nothing listens yet: give `makeApp(parts).callback()` to a listener. */
export function makeApp(parts: AppParts): Koa {
  // only the nearest proxy is trusted: what stands further left in X-Forwarded-For anybody can write
  const app = new Koa({ proxy: parts.trustProxy, maxIpsCount: 1 });
  app.on('error', (error: Error & { code?: unknown }) => {
    // what a client sends that is no HTTP, and that it goes away, is no failure of the server
    if (isClients(error.code)) parts.log.info({ code: error.code }, 'client broke off');
    else parts.log.error({ error: error.stack }, 'answer failed');
  });
  const authenticator = makeAuthenticator(parts);
  const gate: BasicGate = {
    authenticator,
    failedSignIns: makeFailedSignIns(parts),
    plainHttp: parts.plainHttp,
    noteRefused: (attempt) => noteRefusedSignIn(parts, attempt),
  };
  const { report, measure, observer } = parts.metrics ?? makeMetrics();
  const chain: readonly Koa.Middleware[] = [
    requestId,
    measure,
    requestLog(parts.log),
    errorHandler(parts.log),
    cors(parts.corsOrigins),
    operation({ ...parts, report }),
    wellKnown(),
    published(parts),
    davRoutes({ ...parts, observer, gate, davLimits: { ...DAV_LIMITS, xmlBody: parts.maxRequestSize } }),
    apiMiddleware({ ...parts, observer, authenticator, gate }),
    staticFiles(parts.webFolder),
  ];
  for (const middleware of chain) app.use(middleware);
  return app;
}
