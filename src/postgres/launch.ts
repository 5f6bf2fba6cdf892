/** How the Postgres programs are started: they refuse to run as root, so a root process needs a way around itself. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';

/** One way of starting the programs in `binaries`. */
export interface Launch {
  /** For the log: `plain`, `uid nobody`, `user namespace`, `copied binaries`. */
  readonly mode: string;
  readonly binaries: string;
  /** Command that the program and its arguments are appended to. */
  readonly prefix: readonly string[];
  /** Numeric user and group that the program runs as and that own its files; absent: this process's own. */
  readonly uid?: number;
}

/** Where the cluster is or will be, and which binaries there are. */
interface Place {
  readonly binaries: string;
  readonly cluster: string;
}

interface Mode {
  readonly mode: string;
  /** The launch, or undefined when this mode cannot serve this place. */
  offer(place: Place): Launch | undefined;
}

/** The user `nobody` of Linux systems. initdb wants a user that has an entry in /etc/passwd, and this one is everywhere. */
const NOBODY = 65534;
const ROOT = 0;
/** Fixed, so that neither PG* variables nor a language setting of the caller change what the server does. */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

/** In order of preference. */
const MODES: readonly Mode[] = [
  {
    mode: 'plain',
    offer: ({ binaries }) => (process.getuid?.() === ROOT ? undefined : { mode: 'plain', binaries, prefix: [] }),
  },
  { mode: 'uid nobody', offer: (place) => asNobody(place, 'uid nobody', place.binaries) },
  {
    // For a clone below /root, which nobody cannot enter: root's own files, under a user id that is not 0.
    mode: 'user namespace',
    offer: ({ binaries, cluster }) => {
      if (ownerOf(cluster) === NOBODY) return undefined;
      const prefix = ['unshare', '--user', `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, '--'];
      return runnable({ mode: 'user namespace', binaries, prefix });
    },
  },
  {
    // For a data folder that nobody can reach while the project folder is closed to others and namespaces are off.
    mode: 'copied binaries',
    offer: (place) => {
      if (ownerOf(place.cluster) === ROOT || !reachableByOthers(place.cluster)) return undefined;
      return asNobody(place, 'copied binaries', copyOnce(place.binaries, path.dirname(place.cluster)));
    },
  },
];

/** Picks the first mode that works here. Throws AppError 'unavailable' when none does. */
export function chooseLaunch(place: Place): Launch {
  for (const mode of MODES) {
    const launch = mode.offer(place);
    if (launch) return launch;
  }
  throw new AppError(
    'unavailable',
    'cannot-run-as-root',
    `the embedded Postgres cannot run as root with data in ${path.dirname(place.cluster)}: set DOUBLON_DATA to a folder ` +
      'that other users can reach (such as /var/lib/doublon), run as another user, or set DATABASE_URL',
  );
}

/**
 * Starts one of the programs (`initdb`, `postgres`); standard output and error go to the open file `log`. It gets its own
 * process group: Ctrl-C in a terminal must reach the application alone, which stops the server after its last request.
 */
export function run(launch: Launch, program: string, args: readonly string[], log: number): ChildProcess {
  const [command, rest] = commandLine(launch, program, args);
  const options = { ...identity(launch), cwd: '/', env: ENVIRONMENT, detached: true };
  return spawn(command, rest, { ...options, stdio: ['pipe', log, log] });
}

function commandLine(launch: Launch, program: string, args: readonly string[]): [string, string[]] {
  const [command = '', ...rest] = [...launch.prefix, path.join(launch.binaries, 'bin', program), ...args];
  return [command, rest];
}

function identity({ uid }: Launch): { uid: number; gid: number } | Record<string, never> {
  return uid === undefined ? {} : { uid, gid: uid };
}

function asNobody(place: Place, mode: string, binaries: string): Launch | undefined {
  if (process.getuid?.() !== ROOT || ownerOf(place.cluster) === ROOT) return undefined;
  return reachableByOthers(place.cluster) ? runnable({ mode, binaries, prefix: [], uid: NOBODY }) : undefined;
}

/** The launch itself when the programs really start this way, else undefined. */
function runnable(launch: Launch): Launch | undefined {
  const [command, rest] = commandLine(launch, 'postgres', ['--version']);
  const probe = spawnSync(command, rest, { ...identity(launch), cwd: '/', env: ENVIRONMENT, stdio: 'ignore' });
  return probe.status === 0 ? launch : undefined;
}

/** User id that owns an existing cluster: it decides the mode, since Postgres refuses files of another user. */
function ownerOf(cluster: string): number | undefined {
  return existsSync(cluster) ? statSync(cluster).uid : undefined;
}

/** True when a user with no rights of its own may walk to this path's parent. */
function reachableByOthers(target: string): boolean {
  const EXECUTE_BY_OTHERS = 0o001;
  for (let folder = path.dirname(target); ; folder = path.dirname(folder)) {
    if (existsSync(folder) && !(statSync(folder).mode & EXECUTE_BY_OTHERS)) return false;
    if (folder === path.dirname(folder)) return true;
  }
}

/** Copies the programs of this version into `folder`; a copy cut short never carries the final name. */
function copyOnce(binaries: string, folder: string): string {
  const { version } = JSON.parse(readFileSync(path.join(binaries, '../package.json'), 'utf8')) as { version: string };
  const copy = path.join(folder, `postgres-programs-${version}`);
  if (!existsSync(copy)) {
    const partial = `${copy}.partial`;
    rmSync(partial, { recursive: true, force: true });
    cpSync(binaries, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  return copy;
}
