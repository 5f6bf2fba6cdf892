/** The command line: finds the subcommand and runs it. */
import { VERSION } from '../base/version.ts';
import { complain, print, runSubcommand, usageLine, WRONG_USAGE } from './run-subcommand.ts';
import type { Subcommand } from './subcommand.ts';

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
  if (first === undefined) return print(WRONG_USAGE, helpText(await allSubcommands()));
  if (HELP.has(first)) return help(args.slice(1), await allSubcommands());
  if (VERSIONS.has(first)) return print(0, `doublon ${VERSION}`);
  const subcommand = await findSubcommand(args);
  if (!subcommand) return complain(WRONG_USAGE, unknownText(args, await allSubcommands()));
  return runSubcommand(subcommand, args.slice(subcommand.name.split(' ').length));
}

async function findSubcommand(args: readonly string[]): Promise<Subcommand | undefined> {
  const load = ALONE.get(args[0]);
  if (load) return load();
  const all = await allSubcommands();
  return all.find(({ name }) => name.split(' ').every((word, index) => args[index] === word));
}

/** All subcommands, or those that the words begin. */
function help(words: readonly string[], subcommands: readonly Subcommand[]): number {
  if (words.length === 0) return print(0, helpText(subcommands));
  const asked = subcommands.filter(({ name }) => `${name} `.startsWith(`${words.join(' ')} `));
  if (asked.length === 0) return complain(WRONG_USAGE, unknownText(words, subcommands));
  return print(0, entries(asked));
}

function helpText(subcommands: readonly Subcommand[]): string {
  const words = [
    { name: 'help', usage: '[SUBCOMMAND]', summary: 'Show this text, or what it says of one subcommand' },
    { name: 'version', usage: '', summary: 'Show the version' },
  ];
  const all = entries([...subcommands, ...words]);
  return ['usage: doublon SUBCOMMAND', '', all, '', 'Settings are environment variables: see README.md.'].join('\n');
}

const entries = (subcommands: readonly Pick<Subcommand, 'name' | 'usage' | 'summary'>[]): string =>
  subcommands.flatMap(({ name, usage, summary }) => [`  ${`${name} ${usage}`.trim()}`, `      ${summary}`]).join('\n');

function unknownText(args: readonly string[], subcommands: readonly Subcommand[]): string {
  const family = subcommands.filter(({ name }) => name.startsWith(`${args[0]} `));
  if (family.length > 0) return family.map(usageLine).join('\n');
  return `"${args[0]}" is not a subcommand; "doublon help" lists them`;
}
