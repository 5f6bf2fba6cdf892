/** `doublon history deleted` and `doublon history undelete`: collections that were deleted, and bringing one back. */
import { AppError } from '../base/errors.ts';
import type { Context } from '../commands/context.ts';
import { restoreDeletedCollection } from '../commands/restore-deleted.ts';
import { type DeletedCollection, listDeletedCollections } from '../store/deleted-collections.ts';
import { say } from './output.ts';
import { requireUser, withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

async function deletedOf(context: Context, userName: string): Promise<DeletedCollection[]> {
  const user = await requireUser(context, userName);
  return listDeletedCollections(context.db, user.organisation_id, user.principal_id);
}

export const historyDeletedSubcommand: Subcommand = {
  name: 'history deleted',
  usage: 'USER',
  summary: 'List the collections that a user deleted and that can be brought back',
  run: async (args) => {
    const [userName] = readArguments(args, ['USER'], {}).positionals as [string];
    return withContext(async (context) => {
      for (const { collection_id, deleted_at, kind, name, objects } of await deletedOf(context, userName)) {
        say(`${collection_id}  ${deleted_at.toISOString()}  ${kind}  ${name}  ${objects} objects`);
      }
      return 0;
    });
  },
};

export const historyUndeleteSubcommand: Subcommand = {
  name: 'history undelete',
  usage: 'USER COLLECTION [--apply]',
  summary:
    'Bring a deleted collection back, by its id or (the one deleted last) by its name; without --apply only say what would come',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['USER', 'COLLECTION'], {
      apply: { type: 'boolean', default: false },
    });
    const [userName, wanted] = positionals as [string, string];
    return withContext(async (context) => {
      const deleted = await deletedOf(context, userName);
      const found =
        deleted.find((each) => each.collection_id === wanted) ?? deleted.find(({ name }) => name === wanted);
      if (!found) {
        throw new AppError(
          'notFound',
          'no-such-deleted-collection',
          `${userName} has no deleted collection "${wanted}"`,
        );
      }
      for (const { name, objects, octets } of await restoreDeletedCollection(context, found, {
        dryRun: !values.apply,
      })) {
        say(
          `back     ${name}: ${objects} objects, ${octets} octets${values.apply ? '' : ' (nothing was changed: add --apply)'}`,
        );
      }
      return 0;
    });
  },
};
