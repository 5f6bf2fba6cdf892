/** Counts and times for Prometheus. */
import type { Middleware } from 'koa';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import type { Observer } from '../base/observer.ts';
import { makeRunMetrics } from './run-metrics.ts';

/** First segment of a path, where it is one of ours: a label may only have few values. */
const AREAS = new Set(['dav', 'api', 'health', 'ready', 'metrics', '.well-known', 'published', 'assets']);
const METHODS = new Set(
  'GET HEAD PUT POST PATCH DELETE OPTIONS PROPFIND PROPPATCH MKCOL MKCALENDAR REPORT COPY MOVE ACL'.split(' '),
);

export interface Metrics {
  readonly registry: Registry;
  readonly measure: Middleware;
  /** Counts what happens in the background. */
  readonly observer: Observer;
}

/** Makes the registry of one application: the process's own figures, the duration of requests, work in the background. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: 'doublon_http_request_duration_seconds',
    help: 'Time from the first octet of a request to the last of its answer.',
    labelNames: ['method', 'area', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const measure: Middleware = async (ctx, next) => {
    const stop = duration.startTimer();
    const segment = ctx.path.split('/')[1] ?? '';
    const method = METHODS.has(ctx.method) ? ctx.method : 'other';
    ctx.res.once('close', () => {
      stop({ method, area: AREAS.has(segment) ? segment : 'page', status: ctx.res.statusCode });
    });
    await next();
  };
  return { registry, measure, observer: makeRunMetrics(registry) };
}
