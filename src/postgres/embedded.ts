/** The embedded Postgres: a real server beside the application, its data kept between starts. */
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, statSync, truncateSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { postgresBinaries } from './binaries.ts';
import { checkVersion, clusterExists, clusterUrl, createCluster } from './cluster.ts';
import { chooseLaunch, type Launch, run } from './launch.ts';
import { claim, release } from './ownership.ts';
import {
  findPostmaster,
  type Postmaster,
  removeStalePidFile,
  stopPostmaster,
  untilGone,
  untilReady,
} from './postmaster.ts';

export interface EmbeddedOptions {
  /** Folder for the cluster, the server's log and the claim; made when missing. */
  readonly folder: string;
  /** What to do when another live Doublon process runs the server: refuse, or connect to it and leave it to its owner. */
  readonly whenInUse: 'refuse' | 'share';
  /** Lets the application's role make databases: for test runs. */
  readonly createsDatabases?: boolean;
  /** Server settings beyond the launcher's own, such as `{ fsync: 'off' }` for test runs. */
  readonly settings?: Readonly<Record<string, string>>;
}

export interface EmbeddedPostgres {
  /** URL of the application's database for its own role, which is not a superuser. */
  readonly url: string;
  /** How the server runs: a mode of launch.ts, `left running` (its parent was killed) or `shared` (another owner). */
  readonly mode: string;
  /** Resolves when the server is gone, asked to or not; never for a shared one. */
  readonly gone: Promise<void>;
  /** Stops the server and resolves when everything is on disk; does nothing when it is shared. */
  stop(): Promise<void>;
}

const LOG_LIMIT = 10_000_000;
/**
 * fsync, full_page_writes and synchronous_commit stay at their default, on: what was acknowledged survives a power cut. The
 * rest suits short statements of few connections: pages in the log compressed and written seldom twice, reads by the server
 * process itself, no parallel plans, room for as many connections as a few processes open.
 */
const SETTINGS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  jit: 'off',
  wal_compression: 'pglz',
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  io_method: 'sync',
  max_parallel_workers_per_gather: '0',
  max_logical_replication_workers: '0',
  max_connections: '200',
};

/**
 * Starts the server of `folder`, or finds it running. Throws AppError 'unavailable' with a message fit for the
 * administrator when the folder is in use, is of another Postgres version, or the programs fail.
 */
export async function startEmbeddedPostgres(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folder = path.resolve(options.folder);
  const cluster = path.join(folder, 'postgres');
  makeFolder(folder);
  const holder = claim(folder);
  if (holder) return shared(options, folder, cluster, holder.pid);
  try {
    if (clusterExists(cluster)) checkVersion(cluster);
    return (await leftRunning(folder, cluster)) ?? (await started(options, folder, cluster));
  } catch (error) {
    release(folder);
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    makeWithParents(folder);
  } catch (cause) {
    const reason = (cause as Error).message;
    throw new AppError('unavailable', 'no-data-folder', `cannot make the data folder ${folder}: ${reason}`, {}, cause);
  }
}

/** mkdir's own `recursive` never returns below a folder such as /proc, which says of every new name that it does not exist. */
function makeWithParents(folder: string): void {
  if (existsSync(folder)) return;
  if (path.dirname(folder) !== folder) makeWithParents(path.dirname(folder));
  mkdirSync(folder);
}

async function shared(
  options: EmbeddedOptions,
  folder: string,
  cluster: string,
  pid: number,
): Promise<EmbeddedPostgres> {
  if (options.whenInUse === 'refuse') {
    const message = `${folder} is in use by another Doublon (process ${pid}): stop it, or set DOUBLON_DATA to another folder`;
    throw new AppError('unavailable', 'data-in-use', message, { pid });
  }
  const postmaster = await untilReady(cluster, () => false);
  if (!postmaster)
    throw new AppError('unavailable', 'postgres-failed', `the Postgres of process ${pid} does not answer`);
  return {
    url: clusterUrl(cluster, postmaster.port),
    mode: 'shared',
    gone: new Promise(() => {}),
    stop: async () => {},
  };
}

/** A server whose parent was killed goes on running: it is taken over, or awaited when it is already going down. */
async function leftRunning(folder: string, cluster: string): Promise<EmbeddedPostgres | undefined> {
  const isGone = () => findPostmaster(cluster) === undefined;
  if (isGone()) return undefined;
  const postmaster = await untilReady(cluster, isGone);
  if (!postmaster) return undefined;
  return owned(folder, cluster, postmaster, 'left running');
}

function owned(folder: string, cluster: string, { pid, port }: Postmaster, mode: string): EmbeddedPostgres {
  const stop = () => stopPostmaster(pid).finally(() => release(folder));
  return { url: clusterUrl(cluster, port), mode, gone: untilGone(pid), stop };
}

async function started(options: EmbeddedOptions, folder: string, cluster: string): Promise<EmbeddedPostgres> {
  const launch = chooseLaunch({ binaries: await postgresBinaries(), cluster });
  const logFile = path.join(folder, 'postgres.log');
  const log = openLog(logFile);
  try {
    if (!clusterExists(cluster)) {
      await createCluster(cluster, { launch, log, createsDatabases: options.createsDatabases ?? false });
    }
    return owned(folder, cluster, await launched(launch, cluster, log, options.settings ?? {}), launch.mode);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const message = `${error.message}; ${logFile} ends: ${lastLine(logFile)}`;
    throw new AppError(error.kind, error.code, message, error.details, error);
  } finally {
    closeSync(log);
  }
}

async function launched(
  launch: Launch,
  cluster: string,
  log: number,
  settings: Readonly<Record<string, string>>,
): Promise<Postmaster> {
  removeStalePidFile(cluster);
  const port = String(await freePort());
  const all = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const server = run(launch, 'postgres', ['-D', cluster, '-p', port, ...all], log);
  const isGone = hasExited(server);
  const postmaster = await untilReady(cluster, isGone);
  if (postmaster) return postmaster;
  server.kill('SIGINT');
  throw new AppError('unavailable', 'postgres-failed', 'the embedded Postgres did not start');
}

/** Also keeps the child from holding this process open: who wants to stop the server calls `stop`. */
function hasExited(server: ChildProcess): () => boolean {
  let exited = false;
  const note = () => {
    exited = true;
  };
  server.on('exit', note).on('error', note);
  server.stdin?.destroy();
  server.unref();
  return () => exited;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** Appends; starts over when the last runs have filled it, since nothing else rotates it. */
function openLog(file: string): number {
  const log = openSync(file, 'a', 0o600);
  if (statSync(file).size > LOG_LIMIT) truncateSync(file);
  return log;
}

function lastLine(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').at(-1) ?? '';
}
