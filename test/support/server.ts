/** The application in this process on a free port of its own, with a database, a clock and a log that the test holds. */
import path from 'node:path';
import { makeApp } from '../../src/app.ts';
import type { Clock } from '../../src/base/clock.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS, type Limits } from '../../src/commands/limits.ts';
import type { OpenIdSettings } from '../../src/commands/open-id-accounts.ts';
import { performRun } from '../../src/commands/run-dedup.ts';
import type { SecretKeys } from '../../src/commands/sealed-secrets.ts';
import { listen, type Patience } from '../../src/listener.ts';
import { makeFetchRemote } from '../../src/remote/fetch-remote.ts';
import { type FreshDatabase, freshDatabase } from './database.ts';

/** A clock that moves only when it is told to. */
export interface TestClock extends Clock {
  set(milliseconds: number): void;
  advance(milliseconds: number): void;
}

export interface LogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

export interface ServerOptions {
  /** First time of the clock in ms since 1970; default 2026-06-15T08:00Z. */
  readonly now?: number;
  readonly limits?: Partial<Limits>;
  readonly baseUrl?: string;
  readonly trustProxy?: boolean;
  readonly corsOrigins?: readonly string[];
  readonly plainHttp?: boolean;
  readonly openId?: OpenIdSettings;
  readonly maxRequestSize?: number;
  readonly sendsMail?: boolean;
  readonly webFolder?: string;
  readonly isStopping?: () => boolean;
  readonly secretKeys?: SecretKeys;
  /** How long clients may be slow; default: as in production. */
  readonly patience?: Patience;
  /** Subscriptions may be fetched from this machine. */
  readonly allowInternalFetch?: boolean;
  /** Given: the server works on it and does not drop it. */
  readonly database?: FreshDatabase;
}

export interface TestServer {
  /** `http://127.0.0.1:PORT/`. */
  readonly url: string;
  /** For calling commands beside the requests; same database, clock and log as the server's. */
  readonly context: Context;
  readonly database: FreshDatabase;
  readonly clock: TestClock;
  readonly log: readonly LogLine[];
  stop(): Promise<void>;
}

export function testClock(now = Date.UTC(2026, 5, 15, 8)): TestClock {
  let current = now;
  return {
    now: () => current,
    set: (milliseconds) => {
      current = milliseconds;
    },
    advance: (milliseconds) => {
      current += milliseconds;
    },
  };
}

/** Call in beforeAll, `stop` in afterAll. */
export async function startServer(options: ServerOptions = {}): Promise<TestServer> {
  const database = options.database ?? (await freshDatabase());
  const clock = testClock(options.now);
  const lines: LogLine[] = [];
  const note = (level: LogLine['level']) => (fields: LogLine['fields'], message: string) => {
    lines.push({ level, message, fields });
  };
  const context: Context = {
    db: database.db,
    clock,
    log: { info: note('info'), warn: note('warn'), error: note('error') },
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    ...(options.secretKeys ? { secretKeys: options.secretKeys } : {}),
  };
  const app = makeApp({
    ...context,
    version: 'test',
    runEngine: (request) => performRun(context, request),
    fetchRemote: makeFetchRemote({ allowInternal: options.allowInternalFetch ?? false }),
    baseUrl: options.baseUrl,
    trustProxy: options.trustProxy ?? false,
    corsOrigins: options.corsOrigins ?? [],
    plainHttp: options.plainHttp ?? false,
    openId: options.openId,
    maxRequestSize: options.maxRequestSize ?? 16 * 1024 * 1024,
    sendsMail: options.sendsMail ?? false,
    webFolder: options.webFolder ?? path.resolve(import.meta.dirname, '../../dist/web'),
    isStopping: options.isStopping ?? (() => false),
  });
  const listener = await listen('127.0.0.1', 0, undefined, options.patience);
  listener.handle(app.callback());
  const stop = async () => {
    await listener.drain(5_000);
    if (!options.database) await database.drop();
  };
  return { url: listener.url, context, database, clock, log: lines, stop };
}
