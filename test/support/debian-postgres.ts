/** A Postgres of Debian's, of another major version than the embedded one, with an empty cluster of its own. */
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdirSync, openSync, readdirSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { chooseLaunch, run } from '../../src/postgres/launch.ts';
import { removeFolder, temporaryFolder } from './process.ts';

const PROGRAMS = '/usr/lib/postgresql';
const versions = existsSync(PROGRAMS)
  ? readdirSync(PROGRAMS).filter((each) => existsSync(path.join(PROGRAMS, each, 'bin/initdb')))
  : [];

export const majorOfDebian = versions.sort().at(-1);
/** Why tests with it are left out. */
export const missingPostgres = majorOfDebian
  ? undefined
  : 'no Postgres of Debian is installed (bash test/interop/install-clients.sh brings it)';

export interface DebianPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

/** A port that nothing listens on. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** Makes and starts a cluster that is forgotten when it stops. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const folder = temporaryFolder();
  const cluster = path.join(folder, 'postgres');
  const launch = chooseLaunch({ binaries: path.join(PROGRAMS, majorOfDebian!), cluster });
  mkdirSync(cluster);
  chmodSync(cluster, 0o700);
  if (launch.uid !== undefined) chownSync(cluster, launch.uid, launch.uid);
  const log = openSync(path.join(folder, 'log'), 'a');
  const made = run(launch, 'initdb', ['-D', cluster, '-U', 'doublon', '-A', 'trust', '-E', 'UTF8', '--no-sync'], log);
  const [code] = await once(made, 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${code}; see ${folder}/log`);
  const port = await freePort();
  const settings = ['listen_addresses=127.0.0.1', `port=${port}`, 'unix_socket_directories=', 'fsync=off'];
  const server = run(launch, 'postgres', ['-D', cluster, ...settings.flatMap((each) => ['-c', each])], log);
  const url = `postgres://doublon@127.0.0.1:${port}/postgres`;
  for (let waited = 0; !(await answers(url)); waited += 100) {
    if (waited > 60_000 || server.exitCode !== null) throw new Error(`Postgres did not start; see ${folder}/log`);
    await sleep(100);
  }
  const stop = async () => {
    server.kill('SIGINT');
    if (server.exitCode === null) await once(server, 'exit');
    await removeFolder(folder);
  };
  return { url, stop };
}

/** Does a database take a connection there? */
export async function answers(url: string): Promise<boolean> {
  const client = new pg.Client(url);
  client.on('error', () => {});
  const there = await client.connect().then(
    () => true,
    () => false,
  );
  await client.end().catch(() => {});
  return there;
}
