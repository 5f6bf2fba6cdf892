/** The primary's side of several processes: makes the workers that share the port, lets them serve, replaces those that die. */
import cluster, { type Worker } from 'node:cluster';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Log } from './base/log.ts';
import { type FromWorker, tell, untilTold } from './worker-messages.ts';

export interface Workers {
  /** Where they listen, `http://HOST:PORT/`. */
  readonly url: string;
  /** Lets all of them serve this database, and those that are made later. Resolves when the first ones do. */
  begin(databaseUrl: string): Promise<void>;
  /** What each worker has counted; one that does not answer in time is left out. */
  figures(): Promise<unknown[]>;
  /** Ends them, each after its last request; those that are not through after `limitMs` are killed. */
  stop(limitMs: number): Promise<void>;
}

export interface WorkersOptions {
  readonly count: number;
  readonly log: Log;
  /** Everything that was counted, for a worker that was asked for it. */
  readonly report: () => Promise<string>;
}

const PAUSE_BEFORE_NEXT_MS = 1_000;
const PATIENCE_MS = 2_000;

/**
 * Starts the workers: each is this very program with the same arguments. The first takes the port before the others are
 * made. Throws AppError 'unavailable' when it may not be used.
 */
export async function startWorkers({ count, log, report }: WorkersOptions): Promise<Workers> {
  const listening = new Map<Worker, Promise<{ readonly url: string }>>();
  let databaseUrl: string | undefined;
  let stopping = false;

  function add(): Worker {
    const worker = cluster.fork();
    const told = untilTold(worker, 'listening');
    told.catch(() => {});
    listening.set(worker, told);
    worker.on('message', (message: FromWorker) => {
      if (message.type === 'report wanted')
        void report().then((text) => tell(worker, { type: 'report', id: message.id, text }));
    });
    worker.once('exit', (code, signal) => replace(worker, code, signal));
    return worker;
  }

  function replace(worker: Worker, code: number, signal: string): void {
    listening.delete(worker);
    if (stopping || databaseUrl === undefined) return;
    log.error({ process: worker.process.pid, code, signal }, 'a worker has ended, another takes its place');
    setTimeout(() => {
      if (!stopping) begun(add()).catch(() => {});
    }, PAUSE_BEFORE_NEXT_MS).unref();
  }

  async function begun(worker: Worker): Promise<void> {
    await listening.get(worker);
    await made(worker, databaseUrl!);
  }

  const stop = (limitMs: number): Promise<void> => {
    stopping = true;
    return end([...listening.keys()], limitMs);
  };

  const first = add();
  try {
    const { url } = await listening.get(first)!;
    while (listening.size < count) add();
    return {
      url,
      begin: async (of) => {
        databaseUrl = of;
        await Promise.all([...listening.keys()].map(begun));
      },
      figures: async () => (await Promise.all([...listening.keys()].map(figuresOf))).filter(Boolean),
      stop,
    };
  } catch (error) {
    await stop(0);
    throw error;
  }
}

/** Lets a worker that listens serve the database; resolves when it does. */
async function made(worker: Worker, databaseUrl: string): Promise<void> {
  const serving = untilTold(worker, 'serving');
  tell(worker, { type: 'begin', databaseUrl });
  await serving;
}

let asked = 0;

async function figuresOf(worker: Worker): Promise<unknown> {
  const id = ++asked;
  const told = untilTold(worker, 'figures', id).then(
    ({ figures }) => figures,
    () => undefined,
  );
  tell(worker, { type: 'figures wanted', id });
  return Promise.race([told, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

async function end(workers: readonly Worker[], limitMs: number): Promise<void> {
  const ended = Promise.all(workers.map((worker) => new Promise((resolve) => worker.once('exit', resolve))));
  for (const worker of workers) worker.process.kill('SIGTERM');
  await Promise.race([ended, sleep(limitMs, undefined, { ref: false })]);
  for (const worker of workers) if (!worker.isDead()) worker.process.kill('SIGKILL');
  await ended;
}
