/** The running server as its own `postmaster.pid` describes it: found, awaited and stopped without a connection. */
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { argumentsOf, isAlive } from './process.ts';

export interface Postmaster {
  readonly pid: number;
  readonly port: number;
  /** As Postgres writes it: `starting`, `ready`, `stopping`, `standby`; empty while the file is half written. */
  readonly status: string;
}

const PAUSE_MS = 20;
const LOOK_MS = 1000;
/** Recovery after a crash happens in this time. */
const PATIENCE_MS = 300_000;

/** The live server of this cluster, or undefined. A file left by a dead server is ignored. */
export function findPostmaster(cluster: string): Postmaster | undefined {
  const postmaster = readPidFile(cluster);
  return postmaster && isServer(postmaster.pid) ? postmaster : undefined;
}

/**
 * Removes a `postmaster.pid` whose number now belongs to some other program, as happens after a power cut or in a
 * restarted container: Postgres itself would refuse to start until somebody deletes it by hand.
 */
export function removeStalePidFile(cluster: string): void {
  const postmaster = readPidFile(cluster);
  if (postmaster && !isServer(postmaster.pid)) rmSync(path.join(cluster, 'postmaster.pid'), { force: true });
}

/**
 * Waits until the server accepts connections. Resolves to undefined when it is gone (see `isGone`) or still not ready
 * after a long time.
 */
export async function untilReady(cluster: string, isGone: () => boolean): Promise<Postmaster | undefined> {
  for (let waited = 0; waited < PATIENCE_MS; waited += PAUSE_MS) {
    const postmaster = findPostmaster(cluster);
    if (postmaster?.status === 'ready') return postmaster;
    if (isGone()) return undefined;
    await sleep(PAUSE_MS);
  }
  return undefined;
}

/** A server that got the request while it recovered from a crash may never heed it. */
const FAST_SHUTDOWN_MS = 60_000;

/**
 * Asks for a fast shutdown (open transactions are rolled back, everything is written) and waits until the server is gone. One
 * that does not heed it is asked for an immediate one, after which the next start recovers from the log: nothing is lost.
 */
export async function stopPostmaster(pid: number): Promise<void> {
  if (isServer(pid)) process.kill(pid, 'SIGINT');
  for (let waited = 0; isServer(pid); waited += PAUSE_MS) {
    if (waited === FAST_SHUTDOWN_MS) process.kill(pid, 'SIGQUIT');
    await sleep(PAUSE_MS);
  }
}

/** Resolves when the server is gone, for whatever reason. Does not keep this process alive. */
export function untilGone(pid: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (isServer(pid)) return;
      clearInterval(timer);
      resolve();
    }, LOOK_MS);
    timer.unref();
  });
}

function readPidFile(cluster: string): Postmaster | undefined {
  let text: string;
  try {
    text = readFileSync(path.join(cluster, 'postmaster.pid'), 'utf8');
  } catch {
    return undefined;
  }
  const lines = text.split('\n');
  const pid = Math.abs(Number(lines[0]));
  return pid > 0 ? { pid, port: Number(lines[3]), status: lines[7]?.trim() ?? '' } : undefined;
}

/** True when the process lives and, where that can be told, is a Postgres: numbers are given again to other programs. */
function isServer(pid: number): boolean {
  if (!isAlive(pid)) return false;
  const program = argumentsOf(pid)?.[0];
  return program === undefined || path.basename(program).startsWith('postgres');
}
