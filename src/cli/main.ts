/** The command line: finds the subcommand, runs it, turns failures into one clear line and an exit code. */
import { AppError } from '../base/errors.ts';
import { VERSION } from '../base/version.ts';
import type { Subcommand } from './subcommand.ts';

const FAILED = 1;
const WRONG_USAGE = 2;

/** Words that are answered before any subcommand is looked for. */
const HELP = new Set(['help', '--help', '-h']);
const VERSIONS = new Set(['version', '--version', '-v']);

/** Subcommands that need no server: loading nothing else saves most of the time that a small file takes. */
const ALONE: ReadonlyMap<string | undefined, () => Promise<Subcommand>> = new Map([
  ['scan', async () => (await import('./scan.ts')).scanSubcommand],
  ['merge', async () => (await import('./merge.ts')).mergeSubcommand],
]);
const allSubcommands = async (): Promise<readonly Subcommand[]> => (await import('./subcommands.ts')).SUBCOMMANDS;

/** Runs `doublon ARGS…`; resolves to the exit code: 0, 1 for a failure, 2 for words it does not understand. */
export async function main(args: readonly string[]): Promise<number> {
  const [first] = args;
  if (first === undefined || HELP.has(first))
    return print(first === undefined ? WRONG_USAGE : 0, helpText(await allSubcommands()));
  if (VERSIONS.has(first)) return print(0, `doublon ${VERSION}`);
  const subcommand = await findSubcommand(args);
  if (!subcommand) return complain(WRONG_USAGE, unknownText(args, await allSubcommands()));
  const rest = args.slice(subcommand.name.split(' ').length);
  if (rest.includes('--help')) return print(0, `${usageLine(subcommand)}\n${subcommand.summary}.`);
  try {
    return await subcommand.run(rest);
  } catch (error) {
    return failed(subcommand, error);
  }
}

async function findSubcommand(args: readonly string[]): Promise<Subcommand | undefined> {
  const load = ALONE.get(args[0]);
  if (load) return load();
  const all = await allSubcommands();
  return all.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
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

function helpText(subcommands: readonly Subcommand[]): string {
  const words = [
    { name: 'help', usage: '', summary: 'Show this text' },
    { name: 'version', usage: '', summary: 'Show the version' },
  ];
  const lines = [...subcommands, ...words].flatMap(({ name, usage, summary }) => [
    `  ${`${name} ${usage}`.trim()}`,
    `      ${summary}`,
  ]);
  return ['usage: doublon SUBCOMMAND', '', ...lines, '', 'Settings are environment variables: see README.md.'].join(
    '\n',
  );
}

function unknownText(args: readonly string[], subcommands: readonly Subcommand[]): string {
  const family = subcommands.filter(({ name }) => name.startsWith(`${args[0]} `));
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
