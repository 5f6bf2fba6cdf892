/** Counts and times for Prometheus. */
import type { Context, Middleware } from 'koa';
import { AggregatorRegistry, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../base/observer.ts';
import { type Db, poolState } from '../store/database.ts';
import { makeRunMetrics } from './run-metrics.ts';

/** First segment of a path, where it is one of ours: a label may only have few values. */
const AREAS = new Set(['dav', 'api', 'health', 'ready', 'metrics', '.well-known', 'published', 'assets']);
const METHODS = new Set([
  ...['GET', 'HEAD', 'PUT', 'POST', 'PATCH', 'DELETE', 'OPTIONS'],
  ...['PROPFIND', 'PROPPATCH', 'MKCOL', 'MKCALENDAR', 'REPORT', 'COPY', 'MOVE', 'ACL', 'LOCK', 'UNLOCK'],
]);

/** How exactly delays of the event loop are told: each look at it wakes a process that has nothing to do. */
const MONITORED_MS = 25;

export interface Metrics {
  /** Everything that was counted, as Prometheus reads it: of this process, or of all of them where there are several. */
  readonly report: () => Promise<string>;
  /** What this process counted, for `aggregated`. */
  readonly figures: () => Promise<unknown>;
  /** From now on the report tells how busy the connections to this database are. */
  readonly watch: (db: Db) => void;
  readonly measure: Middleware;
  /** Counts what happens in the background. */
  readonly observer: Observer;
}

/** Makes the registry of one application: the process's own figures, the duration of requests, work in the background. */
export function makeMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry, eventLoopMonitoringPrecision: MONITORED_MS });
  const duration = new Histogram({
    name: 'doublon_http_request_duration_seconds',
    help: 'Time from the first octet of a request to the last of its answer.',
    labelNames: ['method', 'area', 'status'] as const,
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  const series = new Map<string, { observe(seconds: number): void }>();
  const observe = ({ method: sent, path, res: { statusCode: status } }: Context, seconds: number) => {
    const segment = path.slice(1, path.indexOf('/', 1) >>> 0);
    const method = METHODS.has(sent) ? sent : 'other';
    const area = AREAS.has(segment) ? segment : 'page';
    const key = `${method} ${area} ${status}`;
    const known = series.get(key) ?? duration.labels({ method, area, status });
    series.set(key, known);
    known.observe(seconds);
  };
  const measure: Middleware = async (ctx, next) => {
    const started = performance.now();
    ctx.res.once('close', () => observe(ctx, (performance.now() - started) / 1000));
    await next();
  };
  return {
    report: () => registry.metrics(),
    figures: () => registry.getMetricsAsJSON(),
    watch: (db) => watchPool(registry, db),
    measure,
    observer: makeRunMetrics(registry),
  };
}

/** The media type of a report. */
export const REPORT_TYPE: string = Registry.PROMETHEUS_CONTENT_TYPE;

/** One report of what several processes counted. */
export function aggregated(figures: readonly unknown[]): Promise<string> {
  return AggregatorRegistry.aggregate(figures as object[]).metrics();
}

const CONNECTIONS = 'doublon_database_connections';

function watchPool(registry: Registry, db: Db): void {
  if (registry.getSingleMetric(CONNECTIONS)) return;
  new Gauge({
    name: CONNECTIONS,
    help: 'Connections to the database that are busy or idle, and pieces of work that wait for one.',
    labelNames: ['state'],
    registers: [registry],
    collect() {
      for (const [state, count] of Object.entries(poolState(db))) this.set({ state }, count);
    },
  });
}
