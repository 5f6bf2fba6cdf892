/** `doublon history restore`: a book or calendar as it stood at a moment, after a look at what that would change. */
import { restoreCollection } from '../commands/restore.ts';
import { requireCollection } from './import.ts';
import { say } from './output.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

export const historyRestoreSubcommand: Subcommand = {
  name: 'history restore',
  usage: 'USER COLLECTION MOMENT [--apply]',
  summary:
    'Take a book or calendar back to a moment (such as 2026-03-01T12:00Z); without --apply only say what would change',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['USER', 'COLLECTION', 'MOMENT'], {
      apply: { type: 'boolean', default: false },
    });
    const [user, collectionName, text] = positionals as [string, string, string];
    const moment = Date.parse(text);
    if (Number.isNaN(moment)) throw usageError(`"${text}" is no moment; write it like 2026-03-01T12:00Z`);
    return withContext(async (context) => {
      const collection = await requireCollection(context, user, collectionName, ['addressbook', 'calendar']);
      const plan = await restoreCollection(context, collection, new Date(moment), { dryRun: !values.apply });
      for (const { name } of plan.brought) say(`back     ${name}`);
      for (const { name } of plan.removed) say(`removed  ${name}`);
      for (const each of plan.lost) say(`stays    ${each} (what it held then is no longer kept)`);
      for (const each of plan.locked) say(`stays    ${each} (a program holds a lock; do it again once that ended)`);
      say(
        `${plan.brought.length} back, ${plan.removed.length} removed, ${plan.unchanged} unchanged${values.apply ? '' : ' (nothing was changed: add --apply)'}`,
      );
      return 0;
    });
  },
};
