/** Debian's clients, run as a person would run them: with their own configuration, against the server of the test. */
import { spawn, spawnSync } from 'node:child_process';

/** Why a test that needs this program is left out, or undefined when the program is here. */
export function missingProgram(program: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
  return found ? undefined : `${program} is not installed (bash test/interop/install-clients.sh brings it)`;
}

export interface Finished {
  readonly status: number | null;
  readonly output: string;
}

/** Runs a program to its end without blocking this process, whose server it talks to. Killed after two minutes. */
export function run(
  program: string,
  args: readonly string[],
  options: { readonly env?: Readonly<Record<string, string>>; readonly input?: string; readonly cwd?: string } = {},
): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      env: { ...process.env, LC_ALL: 'C.UTF-8', ...options.env },
      ...(options.cwd ? { cwd: options.cwd } : {}),
      timeout: 120_000,
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', reject);
    child.on('close', (status) => resolve({ status, output }));
    // a program that asks nothing may have ended before the answers are written
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

/** Like `run`, but throws with all that was printed unless the program ended well. */
export async function runWell(...call: Parameters<typeof run>): Promise<string> {
  const { status, output } = await run(...call);
  if (status !== 0) throw new Error(`${call[0]} ${call[1].join(' ')} ended with ${status}:\n${output}`);
  return output;
}
