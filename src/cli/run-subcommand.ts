/** Running one subcommand: failures become one clear line and an exit code. */
import { AppError } from '../base/errors.ts';
import type { Subcommand } from './subcommand.ts';

const FAILED = 1;
export const WRONG_USAGE = 2;

/** Runs it with the words behind its name; resolves to the exit code. Never rejects. */
export async function runSubcommand(subcommand: Subcommand, args: readonly string[]): Promise<number> {
  if (args.includes('--help')) return print(0, `${usageLine(subcommand)}\n${subcommand.summary}.`);
  try {
    return await subcommand.run(args);
  } catch (error) {
    return failed(subcommand, error);
  }
}

function failed(subcommand: Subcommand, error: unknown): number {
  if (!(error instanceof AppError)) {
    return complain(FAILED, error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  if (error.code === 'usage') return complain(WRONG_USAGE, `${error.message}\n${usageLine(subcommand)}`);
  return complain(FAILED, error.message);
}

export function usageLine({ name, usage }: Subcommand): string {
  return `usage: doublon ${`${name} ${usage}`.trim()}`;
}

/** Writes the text to standard output; gives the code back. */
export function print(code: number, text: string): number {
  process.stdout.write(`${text}\n`);
  return code;
}

/** Writes each line of the text to standard error, with the program's name before it; gives the code back. */
export function complain(code: number, text: string): number {
  process.stderr.write(text.replace(/^/gm, 'doublon: ') + '\n');
  return code;
}
