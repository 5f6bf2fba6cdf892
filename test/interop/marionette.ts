/** Drives Thunderbird without a screen, by Mozilla's remote protocol: messages of JSON behind their length, over TCP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { freePort } from '../support/debian-postgres.ts';

export interface Thunderbird {
  /** Runs the body of an async function within the program; `args` are its arguments, what it returns comes back as JSON. */
  evaluate<T>(body: string, ...args: readonly unknown[]): Promise<T>;
  stop(): Promise<void>;
}

type Reply = readonly [1, number, { error: string; message: string } | null, { value?: unknown }];

const START_MS = 60_000;
const SCRIPT_MS = 120_000;

/** Starts the program with an empty profile and a home of its own; it speaks to nothing but what the test names. */
export async function startThunderbird(): Promise<Thunderbird> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'doublon-thunderbird-'));
  const profile = path.join(home, 'profile');
  mkdirSync(profile);
  const port = await freePort();
  const settings: Readonly<Record<string, string | number | boolean>> = {
    'marionette.port': port,
    'mail.provider.suppress_dialog_on_startup': true,
    'mail.spotlight.firstRunDone': true,
    'datareporting.policy.dataSubmissionEnabled': false,
    'calendar.timezone.local': 'Europe/Zurich',
  };
  const lines = Object.entries(settings).map(([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`);
  writeFileSync(path.join(profile, 'user.js'), `${lines.join('\n')}\n`);
  const flags = ['--headless', '--marionette', '--remote-allow-system-access', '--no-remote', '--profile', profile];
  const program = spawn('thunderbird', flags, { env: { ...process.env, HOME: home }, stdio: 'ignore', detached: true });
  const stop = () => stopProgram(program, home);
  try {
    const call = speak(await connected(port, program));
    await call('WebDriver:NewSession', {});
    await call('Marionette:SetContext', { value: 'chrome' });
    await call('WebDriver:SetTimeouts', { script: SCRIPT_MS });
    return { evaluate: (body, ...args) => evaluate(call, body, args), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

type Call = (name: string, parameters: object) => Promise<{ value?: unknown }>;

async function evaluate<T>(call: Call, body: string, args: readonly unknown[]): Promise<T> {
  const script = `const done = arguments[arguments.length - 1];
    (async (...args) => {${body}})(...[...arguments].slice(0, -1))
      .then((value) => done({ value: value ?? null }), (error) => done({ failure: error + "\\n" + error.stack }));`;
  const { value } = await call('WebDriver:ExecuteAsyncScript', { script, args });
  const outcome = value as { value: T } | { failure: string };
  if ('failure' in outcome) throw new Error(`Thunderbird: ${outcome.failure}`);
  return outcome.value;
}

/** One question at a time, which is all that a test asks. */
function speak(socket: Socket): Call {
  const replies = repliesOf(socket);
  let id = 0;
  return async (name, parameters) => {
    const message = JSON.stringify([0, ++id, name, parameters]);
    socket.write(`${Buffer.byteLength(message)}:${message}`);
    const { value } = await replies.next();
    const [, , error, result] = value as Reply;
    if (error) throw new Error(`Thunderbird: ${name}: ${error.error}: ${error.message}`);
    return result;
  };
}

async function* repliesOf(socket: Socket): AsyncGenerator<Reply> {
  let rest = Buffer.alloc(0);
  let greeted = false;
  for await (const chunk of socket) {
    rest = Buffer.concat([rest, chunk as Buffer]);
    for (let colon = rest.indexOf(':'); colon > 0; colon = rest.indexOf(':')) {
      const end = colon + 1 + Number(rest.subarray(0, colon).toString());
      if (rest.length < end) break;
      const message = JSON.parse(rest.subarray(colon + 1, end).toString()) as Reply;
      rest = rest.subarray(end);
      if (greeted) yield message;
      greeted = true;
    }
  }
  throw new Error('Thunderbird closed the connection.');
}

async function connected(port: number, program: ChildProcess): Promise<Socket> {
  for (const until = Date.now() + START_MS; Date.now() < until; ) {
    if (program.exitCode !== null) throw new Error(`Thunderbird ended with ${program.exitCode}`);
    const socket = await new Promise<Socket | undefined>((resolve) => {
      const trial = connect(port, '127.0.0.1', () => resolve(trial)).on('error', () => resolve(undefined));
    });
    if (socket) return socket;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Thunderbird does not listen after ${START_MS} ms`);
}

async function stopProgram(program: ChildProcess, home: string): Promise<void> {
  const ended = new Promise((resolve) => program.once('exit', resolve));
  // its helper processes are in the same group
  if (program.exitCode === null && program.pid) {
    process.kill(-program.pid, 'SIGKILL');
    await ended;
  }
  rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}
