/** The worker thread's own code: one full run with a database pool of its own, then the thread ends. */
import { workerData } from 'node:worker_threads';
import { systemClock } from '../base/clock.ts';
import { silentLog } from '../base/log.ts';
import { DEFAULT_LIMITS } from '../commands/limits.ts';
import { performRun } from '../commands/run-dedup.ts';
import { openDatabase } from '../store/database.ts';
import type { EngineWorkerData } from './engine-thread.ts';

const { databaseUrl, prepare, request } = workerData as EngineWorkerData;
const db = openDatabase({ url: databaseUrl, connections: 2, prepare });
try {
  await performRun({ db, clock: systemClock, log: silentLog, limits: DEFAULT_LIMITS }, request);
} finally {
  await db.destroy();
}
