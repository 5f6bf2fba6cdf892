/** The command line in this process: what it prints is collected, its settings are those given and nothing else. */
import { main } from '../../src/cli/main.ts';
import type { Outcome } from './process.ts';

type Write = typeof process.stdout.write;

/**
 * Runs `doublon ARGS…` to its end without a process of its own, which costs a second each. One at a time: settings and output
 * belong to the whole process.
 */
export async function runInProcess(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
): Promise<Outcome> {
  const { stdout, stderr, env } = process;
  const [out, error] = [collect(stdout), collect(stderr)];
  process.env = { PATH: env.PATH, ...environment };
  try {
    const code = await main(args);
    return { code, signal: null, stdout: out.text(), stderr: error.text() };
  } finally {
    process.env = env;
    out.restore();
    error.restore();
  }
}

/** Keeps what is written to a stream instead of writing it. */
function collect(stream: NodeJS.WriteStream) {
  const { write } = stream;
  const chunks: Buffer[] = [];
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    chunks.push(Buffer.from(chunk as string));
    const done = rest.at(-1);
    if (typeof done === 'function') done();
    return true;
  }) as Write;
  return {
    text: () => Buffer.concat(chunks).toString('utf8'),
    restore: () => {
      stream.write = write;
    },
  };
}
