/** The cluster on disk: made once as a whole, with the application's role and database; checked ever after. */
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { AppError } from '../base/errors.ts';
import { secretToken } from '../base/ids.ts';
import { POSTGRES_MAJOR } from './binaries.ts';
import { type Launch, run } from './launch.ts';

/** Role and database that the application uses. */
const APPLICATION = 'doublon';
/** Used only by initdb and in single-user mode below: no line of pg_hba.conf lets it connect. */
const SUPERUSER = 'postgres';
const SECRET = 'doublon.secret';
const UNFINISHED = '.unfinished-';

const INITDB = [
  `--username=${SUPERUSER}`,
  '--auth=reject',
  '--encoding=UTF8',
  '--no-locale',
  // The order of text must not change with the C library's or ICU's version: indexes live longer than both.
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** Only the application's role, only over the loopback interface, only by password. */
const HBA = `host all ${APPLICATION} 127.0.0.1/32 scram-sha-256\n`;

export interface NewCluster {
  readonly launch: Launch;
  /** Open file that the programs write their messages to. */
  readonly log: number;
  /** Lets the role make databases: for test runs. */
  readonly createsDatabases: boolean;
}

/** True when the folder holds a cluster. */
export function clusterExists(cluster: string): boolean {
  return existsSync(path.join(cluster, 'PG_VERSION'));
}

/** Throws AppError 'unavailable' when the cluster was made by another major version of Postgres. */
export function checkVersion(cluster: string): void {
  const found = readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (found === String(POSTGRES_MAJOR)) return;
  throw new AppError(
    'unavailable',
    'data-of-other-postgres',
    `${cluster} holds data of Postgres ${found}, but this Doublon carries Postgres ${POSTGRES_MAJOR}: start the ` +
      'version of Doublon that made it and export, or set DOUBLON_DATA to another folder',
  );
}

/** URL for the application's role on this port of the loopback interface. */
export function clusterUrl(cluster: string, port: number): string {
  const secret = readFileSync(path.join(cluster, SECRET), 'utf8').trim();
  return `postgres://${APPLICATION}:${secret}@127.0.0.1:${port}/${APPLICATION}`;
}

/**
 * Makes the cluster under another name, moves it into place when it is complete: a process killed on the way leaves
 * nothing that a later start could take for data. Throws AppError 'unavailable' when one of the programs fails.
 */
export async function createCluster(cluster: string, { launch, log, createsDatabases }: NewCluster): Promise<void> {
  removeUnfinished(cluster);
  const unfinished = mkdtempSync(`${cluster}${UNFINISHED}`);
  own(unfinished, launch);
  await finish(launch, 'initdb', [`--pgdata=${unfinished}`, ...INITDB], log, '');
  const secret = secretToken(24);
  const role = `create role ${APPLICATION} login ${createsDatabases ? 'createdb ' : ''}password '${secret}'`;
  const statements = `${role}\ncreate database ${APPLICATION} owner ${APPLICATION}\n`;
  await finish(
    launch,
    'postgres',
    ['--single', '-D', unfinished, '-c', 'exit_on_error=on', 'postgres'],
    log,
    statements,
  );
  write(path.join(unfinished, SECRET), `${secret}\n`, launch);
  write(path.join(unfinished, 'pg_hba.conf'), HBA, launch);
  renameSync(unfinished, cluster);
  // an initdb that outlived its start may have gone on writing where the first look had removed everything
  removeUnfinished(cluster);
}

/** What killed starts left. Their initdb may still be writing, so each attempt has a folder of its own. */
function removeUnfinished(cluster: string): void {
  const folder = path.dirname(cluster);
  for (const name of readdirSync(folder)) {
    if (!name.startsWith(path.basename(cluster) + UNFINISHED)) continue;
    rmSync(path.join(folder, name), { recursive: true, force: true, maxRetries: 3 });
  }
}

async function finish(
  launch: Launch,
  program: string,
  args: readonly string[],
  log: number,
  input: string,
): Promise<void> {
  const child = run(launch, program, args, log);
  // A program that fails early closes its input before it is written: the exit code says what matters.
  child.stdin?.on('error', () => {});
  child.stdin?.end(input);
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code === 0) return;
  throw new AppError('unavailable', 'postgres-failed', `${program} of the embedded Postgres failed`, { program, code });
}

function write(file: string, text: string, launch: Launch): void {
  writeFileSync(file, text, { mode: 0o600, flush: true });
  own(file, launch);
}

function own(file: string, { uid }: Launch): void {
  if (uid !== undefined) chownSync(file, uid, uid);
}
