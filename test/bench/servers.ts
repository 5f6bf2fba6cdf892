/** The servers that can be measured, each started on loopback with an empty book and calendar, and stopped by its own process. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './load.ts';

export interface RunningServer extends Target {
  readonly name: string;
  /** Collection paths, with a trailing slash. */
  readonly book: string;
  readonly calendar: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface MeasuredServer {
  readonly name: string;
  /** Why it cannot be measured here, or undefined when it can. */
  missing(): string | undefined;
  start(): Promise<RunningServer>;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
const USER = 'bench';
const PASSWORD = 'bench-password';
const basic = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

const freePort = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = net.createServer().on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });

const scratch = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'doublon-bench-'));
const onPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

async function answering(origin: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const reached = await fetch(origin, { redirect: 'manual' })
      .then(() => true)
      .catch(() => false);
    if (reached) return;
  }
  throw new Error(`${origin} does not answer`);
}

async function ended(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null) {
    const exit = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGTERM');
    await exit;
  }
  fs.rmSync(folder, { recursive: true, force: true });
}

async function makeCollections(target: Target, paths: Readonly<Record<'book' | 'calendar', string>>): Promise<void> {
  const headers = {
    'content-type': 'application/xml',
    ...(target.authorization ? { authorization: target.authorization } : {}),
  };
  const types = {
    book: '<CR:addressbook xmlns:CR="urn:ietf:params:xml:ns:carddav"/>',
    calendar: '<C:calendar xmlns:C="urn:ietf:params:xml:ns:caldav"/>',
  };
  for (const kind of ['book', 'calendar'] as const) {
    const body = `<D:mkcol xmlns:D="DAV:"><D:set><D:prop><D:resourcetype><D:collection/>${types[kind]}</D:resourcetype></D:prop></D:set></D:mkcol>`;
    const answer = await fetch(target.origin + paths[kind], { method: 'MKCOL', headers, body });
    if (answer.status !== 201) throw new Error(`MKCOL ${paths[kind]}: ${answer.status} ${await answer.text()}`);
  }
}

/** This project, with its embedded Postgres and all settings at their defaults. */
const doublon: MeasuredServer = {
  name: 'doublon',
  missing: () => undefined,
  async start() {
    const folder = scratch();
    fs.chmodSync(folder, 0o711);
    const port = await freePort();
    const env = {
      ...process.env,
      DOUBLON_DATA: path.join(folder, 'data'),
      DOUBLON_PORT: String(port),
      DOUBLON_LOG_LEVEL: 'error',
      DOUBLON_DEMO: 'no',
    };
    const child = spawn(process.execPath, [path.join(ROOT, 'src/doublon.mjs'), 'serve'], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    const origin = `http://127.0.0.1:${port}`;
    await answering(`${origin}/ready`, child);
    const plan = path.join(folder, 'plan.json');
    fs.writeFileSync(plan, JSON.stringify({ users: [{ name: USER, password: PASSWORD }] }));
    const made = spawnSync(process.execPath, [path.join(ROOT, 'src/doublon.mjs'), 'provision', plan], {
      env,
      encoding: 'utf8',
    });
    if (made.status !== 0) throw new Error(`provisioning failed: ${made.stderr}`);
    const paths = { book: `/dav/addressbooks/${USER}/bench/`, calendar: `/dav/calendars/${USER}/bench/` };
    await makeCollections({ origin, authorization: basic }, paths);
    return {
      name: 'doublon',
      origin,
      authorization: basic,
      ...paths,
      pid: child.pid!,
      stop: () => ended(child, folder),
    };
  },
};

/** Radicale as Debian ships it, without authentication, files on disk. */
const radicale: MeasuredServer = {
  name: 'radicale',
  missing: () => (onPath('radicale') ? undefined : 'radicale is not installed'),
  async start() {
    const folder = scratch();
    const port = await freePort();
    const settings = [
      '--server-hosts',
      `127.0.0.1:${port}`,
      '--storage-filesystem-folder',
      folder,
      '--auth-type',
      'none',
      '--logging-level',
      'error',
    ];
    const child = spawn('radicale', ['--config', '', ...settings], { stdio: ['ignore', 'ignore', 'inherit'] });
    const origin = `http://127.0.0.1:${port}`;
    await answering(`${origin}/`, child);
    const paths = { book: `/${USER}/book/`, calendar: `/${USER}/calendar/` };
    await makeCollections({ origin, authorization: basic }, paths);
    return {
      name: 'radicale',
      origin,
      authorization: basic,
      ...paths,
      pid: child.pid!,
      stop: () => ended(child, folder),
    };
  },
};

/** Xandikos as Debian ships it, without authentication, a git repository on disk. */
const xandikos: MeasuredServer = {
  name: 'xandikos',
  missing: () => (onPath('xandikos') ? undefined : 'xandikos is not installed'),
  async start() {
    const folder = scratch();
    const port = await freePort();
    const settings = [
      '-d',
      path.join(folder, 'data'),
      '--autocreate',
      '--defaults',
      '--current-user-principal',
      `/${USER}/`,
      '-l',
      '127.0.0.1',
      '-p',
      String(port),
    ];
    const child = spawn('xandikos', settings, { stdio: 'ignore' });
    const origin = `http://127.0.0.1:${port}`;
    await answering(`${origin}/`, child);
    const paths = { book: `/${USER}/contacts/addressbook/`, calendar: `/${USER}/calendars/calendar/` };
    return {
      name: 'xandikos',
      origin,
      authorization: undefined,
      ...paths,
      pid: child.pid!,
      stop: () => ended(child, folder),
    };
  },
};

/** All that can be measured; the first is the one the ratios speak of. */
export const SERVERS: readonly MeasuredServer[] = [doublon, radicale, xandikos];
