/** Rounds of a server at work that is killed at a random moment, with its Postgres or without, and must then hold what it said. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startEmbeddedPostgres } from '../../src/postgres/embedded.ts';
import { type Db, openDatabase } from '../../src/store/database.ts';
import { type Doublon, runDoublon, startDoublon } from '../support/process.ts';
import { faultsOf } from './crash-checks.ts';
import { clientsOf, newWorld, prepare, USER, type World, work } from './crash-world.ts';
import { beginNight } from './night-job.ts';

/** What is killed. `backend`: one process of Postgres, upon which all its connections end and it recovers by itself. */
export const VICTIMS = ['server', 'postgres', 'both', 'backend'] as const;
export type Victim = (typeof VICTIMS)[number];

export interface CrashOptions {
  readonly folder: string;
  readonly rounds: number;
  /** 0 to 1, anew each time. */
  readonly random: () => number;
  /** Work goes on for up to so long before the kill. */
  readonly longestMs?: number;
  readonly report?: (round: number, victim: Victim, faults: readonly string[]) => void;
}

/** Runs the rounds on one data folder; returns every fault found. */
export async function crashRounds(options: CrashOptions): Promise<string[]> {
  const { folder, rounds, random, longestMs = 2500 } = options;
  const environment = {
    DOUBLON_DATA: folder,
    DOUBLON_DEMO: 'false',
    DOUBLON_LOG_LEVEL: 'error',
    DOUBLON_DELETIONS: '0',
  };
  const added = await runDoublon(['user', 'add', USER.name, '--password-stdin'], environment, `${USER.password}\n`);
  if (added.code !== 0) throw new Error(added.stderr);
  const world = newWorld();
  let server = await startDoublon(environment);
  const all: string[] = [];
  try {
    for (let round = 1; round <= rounds; round++) {
      const victim = VICTIMS[Math.floor(random() * VICTIMS.length)]!;
      const clients = clientsOf(server.url);
      await prepare(world, clients);
      await onDatabase(folder, (db, url) => beginNight(db, url, USER.name));
      const working = work(world, clients);
      await sleep(20 + random() * longestMs);
      server = await killed(victim, server, folder, environment);
      await working;
      const faults = await checked(world, server, folder);
      all.push(...faults.map((fault) => `round ${round}, ${victim} killed: ${fault}`));
      options.report?.(round, victim, faults);
      if (server.child.exitCode !== null) server = await startDoublon(environment);
    }
    return all;
  } finally {
    await server.end();
  }
}

const postmasterOf = (folder: string): number | undefined => {
  const file = path.join(folder, 'postgres/postmaster.pid');
  return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : undefined;
};

/** Process ids of the children of a process (Linux). */
function childrenOf(pid: number): number[] {
  return readdirSync('/proc').flatMap((entry) => {
    if (!/^\d+$/.test(entry)) return [];
    try {
      const stat = readFileSync(`/proc/${entry}/stat`, 'utf8');
      return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === pid ? [Number(entry)] : [];
    } catch {
      return [];
    }
  });
}

/** Kills, and gives the server that runs afterwards. */
async function killed(
  victim: Victim,
  server: Doublon,
  folder: string,
  environment: Record<string, string>,
): Promise<Doublon> {
  const postmaster = postmasterOf(folder)!;
  if (victim === 'backend') {
    const backends = childrenOf(postmaster);
    const chosen = backends.at(-1);
    if (chosen) process.kill(chosen, 'SIGKILL');
    return server;
  }
  if (victim !== 'server') process.kill(postmaster, 'SIGKILL');
  if (victim !== 'postgres') server.child.kill('SIGKILL');
  await server.finished;
  return startDoublon(environment);
}

async function checked(world: World, server: Doublon, folder: string): Promise<string[]> {
  for (let waited = 0; (await fetch(new URL('ready', server.url)).catch(() => undefined))?.status !== 200; waited++) {
    if (server.child.exitCode !== null) return [`the server ended by itself: ${server.output().stderr}`];
    if (waited > 600) return ['the server does not become ready again'];
    await sleep(100);
  }
  const faults = onDatabase(folder, (db) => faultsOf(world, clientsOf(server.url), db));
  return faults.catch((error: unknown) => [String(error)]);
}

async function onDatabase<T>(folder: string, work: (db: Db, url: string) => Promise<T>): Promise<T> {
  const { url } = await startEmbeddedPostgres({ folder, whenInUse: 'share' });
  const db = openDatabase({ url, connections: 1 });
  try {
    return await work(db, url);
  } finally {
    await db.destroy();
  }
}
