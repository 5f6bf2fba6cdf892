/** What a process needs to answer requests, whether it is the only one or one of several. */
import path from 'node:path';
import { makeApp } from './app.ts';
import { systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { VERSION } from './base/version.ts';
import type { Context } from './commands/context.ts';
import { type Config, limitsOf } from './config.ts';
import type { Metrics } from './http/metrics.ts';
import { makeEngineThread } from './jobs/engine-thread.ts';
import type { Listener } from './listener.ts';
import { makeFetchRemote } from './remote/fetch-remote.ts';
import { secretKeysOf } from './secret-keys.ts';
import type { Storage } from './storage.ts';

const WEB_FOLDER = path.resolve(import.meta.dirname, '../dist/web');

export interface RequestParts {
  readonly config: Config;
  readonly log: Log;
  readonly storage: Storage;
  readonly metrics: Metrics;
  readonly listener: Listener;
  readonly isStopping: () => boolean;
}

export interface Answering {
  readonly context: Context;
  /** Ends a run of the engine that a request began. */
  stop(): Promise<void>;
}

/** What every command of this process gets. */
export function contextOf({ config, log, storage, metrics }: Omit<RequestParts, 'listener' | 'isStopping'>): Context {
  return {
    db: storage.db,
    clock: systemClock,
    log,
    limits: limitsOf(config),
    secretKeys: secretKeysOf(config),
    observer: metrics.observer,
  };
}

/** From now on the listener's requests are answered. */
export function answerRequests(parts: RequestParts): Answering {
  const { config, storage, metrics, listener, isStopping } = parts;
  const context = contextOf(parts);
  metrics.watch(storage.db);
  const engine = makeEngineThread(context, storage.url, config.preparedStatements);
  const app = makeApp({
    ...context,
    metrics,
    version: VERSION,
    runEngine: engine.run,
    fetchRemote: makeFetchRemote({ allowInternal: config.allowInternalFetch }),
    baseUrl: config.baseUrl,
    trustProxy: config.trustProxy,
    corsOrigins: config.corsOrigins,
    plainHttp: config.plainHttp,
    openId: config.openId,
    maxRequestSize: config.maxRequestSize,
    sendsMail: config.mail !== undefined,
    webFolder: WEB_FOLDER,
    isStopping,
  });
  listener.handle(app.callback());
  return { context, stop: engine.stop };
}
