/** The server's life: take the port, open the database, serve in this process or in several, stop without losing a request. */
import type { Log } from './base/log.ts';
import { VERSION } from './base/version.ts';
import type { Config } from './config.ts';
import { type Ending, untilAskedToStop } from './ending.ts';
import { aggregated, type Metrics, makeMetrics } from './http/metrics.ts';
import { type EngineThread, makeEngineThread } from './jobs/engine-thread.ts';
import { type Jobs, type JobsContext, startJobs } from './jobs/start.ts';
import { type Listener, listen } from './listener.ts';
import { makeLog } from './logger.ts';
import { makeSmtpMailer } from './mail/smtp.ts';
import { makeFetchRemote } from './remote/fetch-remote.ts';
import { type Answering, answerRequests, contextOf } from './requests.ts';
import { type FirstStart, seedFirstStart } from './seed/first-start.ts';
import { openStorage, type Storage } from './storage.ts';
import { welcome } from './welcome.ts';
import { startWorkers, type Workers } from './workers.ts';

/** What has been started so far. */
interface Running {
  listener?: Listener;
  workers?: Workers;
  storage?: Storage;
  engine?: EngineThread;
  jobs?: Jobs;
  answering?: Answering;
}

/**
 * Serves until SIGTERM, SIGINT or SIGHUP, by this process alone or (`workers` above 1) by several that share the port while
 * this one keeps the database and the background work. Resolves to the exit code: 0, or 1 when an unforeseen failure ended
 * it. Throws AppError 'unavailable' when it cannot start.
 */
export async function serve(config: Config, workers = 1): Promise<number> {
  const log = makeLog(config);
  const ending = untilAskedToStop(log);
  const running: Running = {};
  try {
    await (workers > 1
      ? startSeveral(config, log, ending, running, workers)
      : startAlone(config, log, ending, running));
    return await ending.code;
  } finally {
    await stop(config, log, running);
  }
}

async function startAlone(config: Config, log: Log, ending: Ending, running: Running): Promise<void> {
  // The port comes first: if it is taken nothing has been touched, and no one-time password has been made in vain.
  const listener = await listen(config.host, config.port, config.tls);
  running.listener = listener;
  const metrics = makeMetrics();
  const { storage, first } = await startBackground(config, log, ending, running, metrics, listener.url);
  running.answering = answerRequests({ config, log, storage, metrics, listener, isStopping: ending.isAsked });
  tellStart(config, log, listener.url, first);
}

async function startSeveral(config: Config, log: Log, ending: Ending, running: Running, count: number): Promise<void> {
  const metrics = makeMetrics();
  const report = async () => aggregated([await metrics.figures(), ...((await running.workers?.figures()) ?? [])]);
  const workers = await startWorkers({ count, log, report });
  running.workers = workers;
  const { storage, first } = await startBackground(config, log, ending, running, metrics, workers.url);
  metrics.watch(storage.db);
  await workers.begin(storage.url);
  tellStart(config, log, workers.url, first);
}

/** The database, what the very first start makes, and the work that no request waits for. */
async function startBackground(
  config: Config,
  log: Log,
  ending: Ending,
  running: Running,
  metrics: Metrics,
  url: string,
): Promise<{ storage: Storage; first: FirstStart | undefined }> {
  const storage = await openStorage(config, log, 'refuse');
  running.storage = storage;
  storage.gone.then(() => ending.fail('the embedded Postgres has ended'));
  const context = contextOf({ config, log, storage, metrics });
  const first = await seedFirstStart(context, { demo: config.demo });
  running.engine = makeEngineThread(context, storage.url, config.preparedStatements);
  running.jobs = await startJobs({
    ...context,
    databaseUrl: storage.url,
    runEngine: running.engine.run,
    nights: { time: config.nightlyTime, timeZone: config.timeZone },
    ...nightWork(config, url),
    fetchRemote: makeFetchRemote({ allowInternal: config.allowInternalFetch }),
  });
  return { storage, first };
}

function tellStart(config: Config, log: Log, url: string, first: FirstStart | undefined): void {
  log.info({ url, version: VERSION }, 'listening');
  process.stdout.write(welcome(config.baseUrl ?? url, config, first));
}

/** What nights keep, and whom they write to. Links in a mail lead to where people reach the server. */
function nightWork(config: Config, listening: string): Pick<JobsContext, 'retention' | 'mail'> {
  const { retention, mail, baseUrl } = config;
  if (!mail) return { retention };
  return { retention, mail: { mailer: makeSmtpMailer(mail), pageUrl: baseUrl ?? listening } };
}

/** Workers end by themselves within the time for running requests; what they need beyond it is little. */
const WORKER_GRACE_MS = 5_000;

/** Requests end first, since they need everything else; the database goes last. */
async function stop(config: Config, log: Log, running: Running): Promise<void> {
  const { listener, workers, answering, engine, jobs, storage } = running;
  const limitMs = config.stopSeconds * 1000;
  const complete = await listener?.drain(limitMs);
  if (complete === false) log.warn({ seconds: config.stopSeconds }, 'requests still running were cut off');
  await workers?.stop(limitMs + WORKER_GRACE_MS);
  await answering?.stop();
  await engine?.stop();
  await jobs?.stop();
  await storage?.close();
  log.info({}, 'stopped');
}
