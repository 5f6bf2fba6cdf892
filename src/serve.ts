/** The server's life: take the port, open the database, make the application, serve, stop without losing a request. */
import path from 'node:path';
import { makeApp } from './app.ts';
import { systemClock } from './base/clock.ts';
import type { Log } from './base/log.ts';
import { VERSION } from './base/version.ts';
import type { Context } from './commands/context.ts';
import { type Config, limitsOf } from './config.ts';
import { makeMetrics } from './http/metrics.ts';
import { type EngineThread, makeEngineThread } from './jobs/engine-thread.ts';
import { type Jobs, type JobsContext, startJobs } from './jobs/start.ts';
import { type Listener, listen } from './listener.ts';
import { makeLog } from './logger.ts';
import { makeSmtpMailer } from './mail/smtp.ts';
import { type FetchRemote, makeFetchRemote } from './remote/fetch-remote.ts';
import { seedFirstStart } from './seed/first-start.ts';
import { openStorage, type Storage } from './storage.ts';
import { welcome } from './welcome.ts';

const WEB_FOLDER = path.resolve(import.meta.dirname, '../dist/web');

/** What has been started so far. */
interface Running {
  listener?: Listener;
  storage?: Storage;
  engine?: EngineThread;
  jobs?: Jobs;
}

/**
 * Serves until SIGTERM, SIGINT or SIGHUP; resolves to the exit code: 0, or 1 when an unforeseen failure ended it. Throws
 * AppError 'unavailable' when it cannot start.
 */
export async function serve(config: Config): Promise<number> {
  const log = makeLog(config);
  const ending = untilAskedToStop(log);
  const running: Running = {};
  try {
    await start(config, log, ending, running);
    return await ending.code;
  } finally {
    await stop(config, log, running);
  }
}

async function start(config: Config, log: Log, ending: Ending, running: Running): Promise<void> {
  // The port comes first: if it is taken nothing has been touched, and no one-time password has been made in vain.
  running.listener = await listen(config.host, config.port, config.tls);
  running.storage = await openStorage(config, log, 'refuse');
  const { db, url, gone } = running.storage;
  gone.then(() => ending.fail('the embedded Postgres has ended'));
  const metrics = makeMetrics();
  const { observer } = metrics;
  const context: Context = { db, clock: systemClock, log, limits: limitsOf(config), observer };
  const seeded = await seedFirstStart(context, { demo: config.demo });
  running.engine = makeEngineThread(context, url);
  const runEngine = running.engine.run;
  const nights = { time: config.nightlyTime, timeZone: config.timeZone };
  const fetchRemote: FetchRemote = makeFetchRemote({ allowInternal: config.allowInternalFetch });
  running.jobs = await startJobs({
    ...context,
    databaseUrl: url,
    runEngine,
    nights,
    ...nightWork(config, running.listener.url),
    fetchRemote,
  });
  const app = makeApp({
    ...context,
    metrics,
    version: VERSION,
    runEngine,
    fetchRemote,
    baseUrl: config.baseUrl,
    trustProxy: config.trustProxy,
    plainHttp: config.plainHttp,
    openId: config.openId,
    maxRequestSize: config.maxRequestSize,
    sendsMail: config.mail !== undefined,
    webFolder: WEB_FOLDER,
    isStopping: ending.isAsked,
  });
  running.listener.handle(app.callback());
  log.info({ url: running.listener.url, version: VERSION }, 'listening');
  process.stdout.write(welcome(config.baseUrl ?? running.listener.url, config, seeded));
}

/** What nights keep, and whom they write to. Links in a mail lead to where people reach the server. */
function nightWork(config: Config, listening: string): Pick<JobsContext, 'retention' | 'mail'> {
  const { retention, mail, baseUrl } = config;
  if (!mail) return { retention };
  return { retention, mail: { mailer: makeSmtpMailer(mail), pageUrl: baseUrl ?? listening } };
}

/** Requests end first, since they need everything else; the database goes last. */
async function stop(config: Config, log: Log, { listener, engine, jobs, storage }: Running): Promise<void> {
  const complete = await listener?.drain(config.stopSeconds * 1000);
  if (complete === false) log.warn({ seconds: config.stopSeconds }, 'requests still running were cut off');
  await engine?.stop();
  await jobs?.stop();
  await storage?.close();
  log.info({}, 'stopped');
}

interface Ending {
  readonly isAsked: () => boolean;
  /** Ends the process with code 1, so that whatever supervises it starts it anew; nothing once a stop was asked for. */
  readonly fail: (reason: string) => void;
  readonly code: Promise<number>;
}

/** From now on signals ask for a stop instead of killing; a second one changes nothing, since npm passes Ctrl-C on twice. */
function untilAskedToStop(log: Log): Ending {
  const { promise, resolve } = Promise.withResolvers<number>();
  let asked = false;
  const fail = (reason: string) => {
    if (!asked) log.error({ reason }, 'unforeseen failure, stopping');
    asked = true;
    resolve(1);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (!asked) log.info({ signal }, 'stopping');
      asked = true;
      resolve(0);
    });
  }
  process.on('uncaughtException', (error) => fail(error.stack ?? String(error)));
  return { isAsked: () => asked, fail, code: promise };
}
