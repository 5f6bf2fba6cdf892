/** `doublon provision`: accounts from a JSON or CSV file; running it twice is running it once. */
import { readFile } from 'node:fs/promises';
import { AppError } from '../base/errors.ts';
import { provision } from '../commands/provision.ts';
import { type ProvisionPlan, planFromCsv, planFromJson } from '../commands/provision-plan.ts';
import { say } from './output.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const provisionSubcommand: Subcommand = {
  name: 'provision',
  usage: 'FILE.json|FILE.csv',
  summary: 'Make users, groups, resources and locations that a file lists',
  run: async (args) => {
    const { positionals } = readArguments(args, ['FILE'], {});
    const plan = await readPlan(positionals[0]!);
    return withContext(async (context) => {
      const report = await provision(context, plan);
      for (const line of report) {
        say([line.kind, line.name, line.reason ? `${line.outcome}: ${line.reason}` : line.outcome].join('  '));
      }
      return report.some((line) => line.outcome === 'refused') ? 1 : 0;
    });
  },
};

async function readPlan(file: string): Promise<ProvisionPlan> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new AppError('notFound', 'no-such-file', `${file} cannot be read: ${(error as Error).message}`, {}, error);
  }
  return /\.csv$/i.test(file) ? planFromCsv(text) : planFromJson(text);
}
