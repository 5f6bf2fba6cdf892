/** `doublon migrate` */
import { readConfig } from '../config.ts';
import { makeLog } from '../logger.ts';
import { openStorage } from '../storage.ts';
import { say } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const migrateSubcommand: Subcommand = {
  name: 'migrate',
  usage: '',
  summary: 'Bring the database schema up to date without serving',
  run: async (args) => {
    readArguments(args, [], {});
    const config = readConfig();
    const storage = await openStorage(config, makeLog({ ...config, logLevel: 'warn' }), 'share');
    await storage.close();
    say(storage.migrated.length > 0 ? storage.migrated.join('\n') : 'nothing to migrate');
    return 0;
  },
};
