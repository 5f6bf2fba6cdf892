/** The real program as a process of its own: started, read, signalled, awaited. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const ENTRY = path.resolve(import.meta.dirname, '../../src/doublon.mjs');
/** A command line and the folder it is run in. */
export interface Program {
  readonly command: readonly [string, ...string[]];
  readonly folder: string;
}

const DOUBLON: Program = { command: [process.execPath, ENTRY], folder: os.tmpdir() };
/** Two processes that answer requests, and the one that made them. */
export const WORKERS: Program = { ...DOUBLON, command: [...DOUBLON.command, 'serve', '--workers', '2'] };
/** What the README tells newcomers to type. */
export const NPM_START: Program = { command: ['npm', 'start'], folder: path.dirname(path.dirname(ENTRY)) };

/** Only so that a hanging program fails the test instead of the run. */
const PATIENCE_MS = 120_000;

export interface Outcome {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Doublon {
  readonly child: ChildProcess;
  /** `http://127.0.0.1:PORT/` once the program says that it runs. */
  readonly url: string;
  /** What was printed so far. */
  output(): { readonly stdout: string; readonly stderr: string };
  /** Resolves when the program has ended. */
  readonly finished: Promise<Outcome>;
  /** Sends the signal and waits for the end. */
  end(signal?: NodeJS.Signals): Promise<Outcome>;
}

/** A folder for one test's data, reachable by the user that a root run starts Postgres as. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-life-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** Ends a Postgres that a killed program left, then removes the folder. */
export async function removeFolder(folder: string): Promise<void> {
  const file = path.join(folder, 'postgres/postmaster.pid');
  if (existsSync(file)) {
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    try {
      process.kill(pid, 'SIGINT');
      for (let waited = 0; existsSync(file) && waited < PATIENCE_MS; waited += 50) await sleep(50);
    } catch {
      // it was gone already
    }
  }
  rmSync(folder, { recursive: true, force: true });
}

/** Runs `doublon ARGS…` to its end, with nothing of this process's environment but PATH. */
export async function runDoublon(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  input = '',
): Promise<Outcome> {
  const program = launch(args, environment);
  program.child.stdin?.end(input);
  return program.finished;
}

/** Starts `doublon serve` on a free port; throws with what it printed when it ends before it runs. */
export async function startDoublon(
  environment: Readonly<Record<string, string>>,
  program: Program = DOUBLON,
): Promise<Doublon> {
  const args = program === DOUBLON ? ['serve'] : [];
  const { child, output, finished } = launch(args, { DOUBLON_PORT: '0', ...environment }, program);
  child.stdin?.end();
  const running = /running at (http:\S+)/;
  for (let waited = 0; !running.test(output().stdout); waited += 20) {
    if (child.exitCode !== null || child.signalCode !== null || waited > PATIENCE_MS) {
      child.kill('SIGKILL');
      throw new Error(`doublon serve did not start: ${output().stdout}${output().stderr}`);
    }
    await sleep(20);
  }
  const end = (signal: NodeJS.Signals = 'SIGTERM') => {
    child.kill(signal);
    return finished;
  };
  return { child, url: running.exec(output().stdout)![1]!, output, finished, end };
}

/** Starts the program and hands it over at once, running or not; for those who kill it early. */
export function launch(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  program: Program = DOUBLON,
) {
  const [command, ...first] = program.command;
  const child = spawn(command, [...first, ...args], {
    cwd: program.folder,
    env: { PATH: process.env.PATH ?? '', HOME: '/nonexistent', ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const output = () => ({ stdout, stderr });
  const finished = once(child, 'close').then(([code, signal]): Outcome => ({ code, signal, ...output() }));
  return { child, output, finished };
}
