/** Full runs of the engine in a worker thread with database connections of its own, so that requests never wait for them. */
import { Worker } from 'node:worker_threads';
import type { Context } from '../commands/context.ts';
import { tellEndedRun } from '../commands/ended-run.ts';
import type { EngineRun, EngineRunRequest } from '../commands/engine-run.ts';
import { finishRun } from '../store/runs.ts';

export interface EngineThread {
  readonly run: EngineRun;
  /** Ends the run that is going on; its row says so. Nothing of it is half stored. */
  stop(): Promise<void>;
}

/** What the worker is started with. */
export interface EngineWorkerData {
  readonly databaseUrl: string;
  /** See DatabaseOptions. */
  readonly prepare: boolean;
  readonly request: EngineRunRequest;
}

/** Makes the runner: one run at a time, further ones wait for their turn. */
export function makeEngineThread(context: Context, databaseUrl: string, prepare = true): EngineThread {
  let last: Promise<void> = Promise.resolve();
  let current: Worker | undefined;
  let stopping = false;

  async function perform(request: EngineRunRequest): Promise<void> {
    const failure = stopping ? 'the server is stopping' : await inWorker(request);
    if (failure !== undefined) {
      context.log.error({ ...request, failure }, 'duplicate run failed');
      await finishRun(context.db, request.organisationId, request.runId, {}, new Date(context.clock.now()), failure);
    }
    await tellEndedRun(context, request);
  }

  /** Why it failed, or undefined. */
  function inWorker(request: EngineRunRequest): Promise<string | undefined> {
    const workerData: EngineWorkerData = { databaseUrl, prepare, request };
    const worker = new Worker(new URL('./engine-worker.ts', import.meta.url), { workerData });
    current = worker;
    return new Promise((resolve) => {
      worker.once('error', (error: Error) => resolve(error.message));
      worker.once('exit', (code) => {
        current = undefined;
        resolve(code === 0 ? undefined : `the engine's thread ended with code ${code}`);
      });
    });
  }

  function run(request: EngineRunRequest): Promise<void> {
    last = last
      .then(() => perform(request))
      .catch((error: unknown) => {
        context.log.error({ ...request, error: String(error) }, 'duplicate run could not be recorded');
      });
    return last;
  }

  async function stop(): Promise<void> {
    stopping = true;
    await current?.terminate();
    await last;
  }

  return { run, stop };
}
