/** The command line: finds the subcommand, runs it, turns failures into one clear line and an exit code. */
import { AppError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { Subcommand } from './subcommand.ts';
import { SUBCOMMANDS } from './subcommands.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

/** Words that are answered before any subcommand is looked for. */
const HELP = new Set(['help', '--help', '-h']);
const VERSIONS = new Set(['version', '--version', '-v']);

/** Runs `doublon ARGS…`; resolves to the exit code: 0, 1 for a failure, 2 for words it does not understand. */
export async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === undefined || HELP.has(first)) return print(first === undefined ? WRONG_USAGE : 0, helpText());
  if (VERSIONS.has(first)) return print(0, `doublon ${VERSION}`);
  const subcommand = SUBCOMMANDS.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
  if (!subcommand) return complain(WRONG_USAGE, unknownText(args));
  const rest = args.slice(subcommand.name.split(' ').length);
  if (rest.includes('--help')) return print(0, `${usageLine(subcommand)}\n${subcommand.summary}.`);
  try {
    return await subcommand.run(rest);
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

function usageLine({ name, usage }: Subcommand): string {
  return `usage: doublon ${`${name} ${usage}`.trim()}`;
}

function helpText(): string {
  const words = [
    { name: 'help', usage: '', summary: 'Show this text' },
    { name: 'version', usage: '', summary: 'Show the version' },
  ];
  const lines = [...SUBCOMMANDS, ...words].flatMap(({ name, usage, summary }) => [
    `  ${`${name} ${usage}`.trim()}`,
    `      ${summary}`,
  ]);
  return ['usage: doublon SUBCOMMAND', '', ...lines, '', 'Settings are environment variables: see README.md.'].join(
    '\n',
  );
}

function unknownText(args: readonly string[]): string {
  const family = SUBCOMMANDS.filter(({ name }) => name.startsWith(`${args[0]} `));
  if (family.length > 0) return family.map(usageLine).join('\n');
  return `"${args[0]}" is not a subcommand; "doublon help" lists them`;
}

function print(code: number, text: string): number {
  process.stdout.write(`${text}\n`);
  return code;
}

function complain(code: number, text: string): number {
  process.stderr.write(text.replace(/^/gm, 'doublon: ') + '\n');
  return code;
}
