/** What those who run the server ask it: is it alive, may it get requests, how is it doing. */
import type { Context, Middleware } from 'koa';
import type { Db } from '../store/database.ts';
import { pendingMigrations } from '../store/migrate.ts';
import { type Metrics, REPORT_TYPE } from './metrics.ts';

export interface OperationParts {
  readonly db: Db;
  readonly version: string;
  /** What is counted, as Prometheus reads it. */
  readonly report: Metrics['report'];
  /** True once SIGTERM came: a load balancer should send new requests elsewhere. */
  readonly isStopping: () => boolean;
}

type Endpoint = (ctx: Context, parts: OperationParts) => Promise<void>;

const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  '/health': async (ctx, { version }) => {
    ctx.body = { status: 'alive', version };
  },
  '/ready': async (ctx, parts) => {
    const reason = parts.isStopping() ? 'stopping' : await databaseTrouble(parts.db);
    ctx.status = reason ? 503 : 200;
    ctx.body = reason ? { status: 'not ready', reason } : { status: 'ready' };
  },
  '/metrics': async (ctx, { report }) => {
    ctx.type = REPORT_TYPE;
    ctx.body = await report();
  },
};

/** Answers GET and HEAD on /health, /ready and /metrics; no credentials are asked, no personal data is in them. */
export function operation(parts: OperationParts): Middleware {
  return async (ctx, next) => {
    const endpoint = Object.hasOwn(ENDPOINTS, ctx.path) ? ENDPOINTS[ctx.path] : undefined;
    if (!endpoint || !['GET', 'HEAD'].includes(ctx.method)) return next();
    ctx.set('Cache-Control', 'no-store');
    await endpoint(ctx, parts);
  };
}

async function databaseTrouble(db: Db): Promise<string | undefined> {
  try {
    const pending = await pendingMigrations(db);
    return pending.length > 0 ? `migrations to run: ${pending.join(', ')}` : undefined;
  } catch {
    return 'the database does not answer';
  }
}
