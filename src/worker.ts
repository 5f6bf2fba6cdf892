/** The worker's side of several processes: answers requests; the database, its schema and the background work are the primary's. */
import cluster from 'node:cluster';
import { AppError } from './base/errors.ts';
import type { Config } from './config.ts';
import { type Ending, untilAskedToStop } from './ending.ts';
import { type Metrics, makeMetrics } from './http/metrics.ts';
import { type Listener, listen } from './listener.ts';
import { makeLog } from './logger.ts';
import { type Answering, answerRequests } from './requests.ts';
import { openShared, type Storage } from './storage.ts';
import type { FromWorker, ToWorker } from './worker-messages.ts';

/** Serves as one of several processes until it is told to stop, or the primary is gone; resolves to the exit code. */
export async function serveAsWorker(config: Config): Promise<number> {
  const log = makeLog(config);
  const ending = untilAskedToStop(log);
  let listener: Listener | undefined;
  let storage: Storage | undefined;
  let answering: Answering | undefined;
  try {
    listener = await listen(config.host, config.port, config.tls);
    const begin = untilBegin(ending);
    void say({ type: 'listening', url: listener.url });
    const databaseUrl = await begin;
    if (databaseUrl === undefined) return await ending.code;
    storage = openShared(config, log, databaseUrl);
    const metrics = sharedMetrics(makeMetrics());
    answering = answerRequests({ config, log, storage, metrics, listener, isStopping: ending.isAsked });
    void say({ type: 'serving' });
    return await ending.code;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // the primary says it once for all
    await say({ type: 'failed', code: error.code, message: error.message });
    return 1;
  } finally {
    const complete = await listener?.drain(config.stopSeconds * 1000);
    if (complete === false) log.warn({ seconds: config.stopSeconds }, 'requests still running were cut off');
    await answering?.stop();
    await storage?.close();
  }
}

/** Resolves when the message is on its way. */
function say(message: FromWorker): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) process.send?.(message, undefined, undefined, () => resolve());
    else resolve();
  });
}

function onTold(hear: (message: ToWorker) => void): void {
  cluster.worker?.on('message', hear);
}

/** The database to serve; undefined when a stop was asked for before. */
function untilBegin(ending: Ending): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  onTold((message) => {
    if (message.type === 'begin') resolve(message.databaseUrl);
  });
  void ending.code.then(() => resolve(undefined));
  return promise;
}

/** Metrics whose report is that of all processes, which the primary puts together. */
function sharedMetrics(own: Metrics): Metrics {
  const waiting = new Map<number, (text: string) => void>();
  let asked = 0;
  onTold((message) => {
    if (message.type === 'figures wanted')
      void own.figures().then((figures) => say({ type: 'figures', id: message.id, figures }));
    if (message.type !== 'report') return;
    waiting.get(message.id)?.(message.text);
    waiting.delete(message.id);
  });
  const report = () =>
    new Promise<string>((resolve) => {
      waiting.set(++asked, resolve);
      void say({ type: 'report wanted', id: asked });
    });
  return { ...own, report };
}
