/** `doublon dedup run`: looks for duplicates now, for one user or for all. */
import { AppError } from '../base/errors.ts';
import type { Context } from '../commands/context.ts';
import { runNow } from '../commands/run-dedup.ts';
import { listAllUsers, type Principal } from '../store/principals.ts';
import type { RunRow } from '../store/runs.ts';
import { countSuggestions } from '../store/suggestion-lists.ts';
import { say } from './output.ts';
import { requireUser, withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const dedupRunSubcommand: Subcommand = {
  name: 'dedup run',
  usage: '[--user NAME]',
  summary: 'Look for duplicate contacts now, for one user or for all',
  run: async (args) => {
    const { values } = readArguments(args, [], { user: { type: 'string' } });
    return withContext(async (context) => {
      const users =
        values.user === undefined ? await listAllUsers(context.db) : [await requireUser(context, values.user)];
      let failed = 0;
      for (const user of users) if (!(await runFor(context, user))) failed++;
      return failed === 0 ? 0 : 1;
    });
  },
};

/** Runs for one user; a failure is said and costs no other user. */
async function runFor(context: Context, user: Principal): Promise<boolean> {
  try {
    const owner = { organisationId: user.organisation_id, principalId: user.principal_id };
    const run = await runNow(context, owner, 'cli');
    say(`${user.name}: ${run.state === 'running' ? 'a run is going on already' : await outcomeOf(context, run)}`);
    return true;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    say(`${user.name}: ${error.message}`);
    return false;
  }
}

/** What came of a run, and what the user finds on the page now. */
async function outcomeOf(context: Context, { organisation_id, owner_id, numbers }: RunRow): Promise<string> {
  const { cards = 0, pairs = 0, suggestions = 0, milliseconds = 0 } = numbers;
  const filter = { now: new Date(context.clock.now()) };
  const { certain, likely, possible } = await countSuggestions(context.db, organisation_id, owner_id, filter);
  const seconds = (milliseconds / 1000).toFixed(1);
  return (
    `${cards} cards, ${pairs} pairs, ${suggestions} suggestions in ${seconds} s; ` +
    `to review: ${certain} certain, ${likely} likely, ${possible} possible`
  );
}
