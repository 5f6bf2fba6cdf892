/** The servers that can be measured, each started on loopback with an empty book and calendar, and stopped by its own process. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/debian-postgres.ts';
import type { Target } from './load.ts';
import { type Feature, PASSWORD, RECIPES, type Recipe, USER } from './recipes.ts';

export interface RunningServer extends Target {
  readonly name: string;
  /** Collection paths, with a trailing slash. */
  readonly book: string;
  readonly calendar: string;
  readonly pid: number;
  readonly lacks: readonly Feature[];
  /** Path of metrics for Prometheus, where there are any. */
  readonly metrics: string | undefined;
  /** Fills book and calendar on disk, where that is possible. */
  fill?(from: number, to: number): void;
  stop(): Promise<void>;
}

export interface MeasuredServer {
  readonly name: string;
  /** Why it cannot be measured here, or undefined when it can. */
  missing(): string | undefined;
  start(): Promise<RunningServer>;
}

const basic = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString('base64')}`;

const scratch = (): string => fs.mkdtempSync(path.join(os.tmpdir(), 'doublon-bench-'));
const onPath = (program: string): boolean => spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;

/** All that can be measured; the first is the one the ratios speak of. */
export const SERVERS: readonly MeasuredServer[] = RECIPES.map((recipe) => ({
  name: recipe.name,
  missing: () => (onPath(recipe.program) ? undefined : `${recipe.program} is not installed`),
  start: () => start(recipe),
}));

async function start(recipe: Recipe): Promise<RunningServer> {
  const folder = scratch();
  fs.chmodSync(folder, 0o711);
  const port = await freePort();
  recipe.lay?.(folder, port);
  const { args, env: own } = recipe.command(folder, port);
  const env = { ...process.env, ...own };
  const child = spawn(recipe.program, args, { env, stdio: 'ignore' });
  const { name, book, calendar, lacks = [], metrics } = recipe;
  const target = { origin: `http://127.0.0.1:${port}`, authorization: recipe.signsIn ? basic : undefined };
  try {
    await answering(target.origin + recipe.up, child);
    recipe.prepare?.(env, folder, port);
    if (recipe.makesCollections) await makeCollections(target, recipe);
  } catch (error) {
    await ended(child, folder);
    throw error;
  }
  const fill = recipe.fill && ((from: number, to: number) => recipe.fill?.(env, folder, from, to));
  const described = { name, book, calendar, lacks, metrics, pid: child.pid!, ...(fill ? { fill } : {}) };
  return { ...target, ...described, stop: () => ended(child, folder) };
}

async function answering(url: string, child: ChildProcess): Promise<void> {
  for (const until = Date.now() + 60_000; Date.now() < until; await sleep(50)) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
    const up = await fetch(url, { redirect: 'manual' }).then(
      (response) => response.status < 500,
      () => false,
    );
    if (up) return;
  }
  throw new Error(`${url} does not answer`);
}

async function ended(child: ChildProcess, folder: string): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) {
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
