/** `doublon history list` and `doublon history restore-object`: earlier versions of one card or event, and what the bin holds. */
import { restoreVersion } from '../commands/restore.ts';
import { listDeleted, listVersionsOfName } from '../store/history.ts';
import { requireCollection } from './import.ts';
import { say } from './output.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

const KINDS = ['addressbook', 'calendar'] as const;

export const historyListSubcommand: Subcommand = {
  name: 'history list',
  usage: 'USER COLLECTION [--name OBJECT]',
  summary: 'List what was deleted from a collection, or with --name the earlier versions of one card or event',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['USER', 'COLLECTION'], { name: { type: 'string' } });
    const [userName, collectionName] = positionals as [string, string];
    return withContext(async (context) => {
      const { organisation_id, collection_id } = await requireCollection(context, userName, collectionName, KINDS);
      const versions =
        values.name === undefined
          ? await listDeleted(context.db, organisation_id, collection_id)
          : await listVersionsOfName(context.db, organisation_id, collection_id, String(values.name));
      for (const { seq, ended_at, reason, size, name } of versions) {
        say(`${seq}  ${ended_at.toISOString()}  ${reason}  ${size} octets  ${name}`);
      }
      return 0;
    });
  },
};

export const historyRestoreObjectSubcommand: Subcommand = {
  name: 'history restore-object',
  usage: 'USER COLLECTION VERSION',
  summary: 'Put back one version that "history list" showed, by its number',
  run: async (args) => {
    const [userName, collectionName, text] = readArguments(args, ['USER', 'COLLECTION', 'VERSION'], {}).positionals as [
      string,
      string,
      string,
    ];
    if (!/^\d{1,15}$/.test(text)) throw usageError(`"${text}" is no number of a version`);
    return withContext(async (context) => {
      const collection = await requireCollection(context, userName, collectionName, KINDS);
      const { name } = await restoreVersion(context, collection, Number(text));
      say(`back     ${name}`);
      return 0;
    });
  },
};
