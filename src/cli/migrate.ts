/** `doublon migrate` */
import { readConfig } from '../config.ts';
import { makeLog } from '../logger.ts';
import { openStorage } from '../storage.ts';
import { distribute } from '../store/distribution.ts';
import { say } from './output.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const migrateSubcommand: Subcommand = {
  name: 'migrate',
  usage: '[--distribute]',
  summary: 'Bring the database schema up to date without serving, and spread its tables over a Citus cluster',
  run: async (args) => {
    const { values } = readArguments(args, [], { distribute: { type: 'boolean', default: false } });
    const config = readConfig();
    const storage = await openStorage(config, makeLog({ ...config, logLevel: 'warn' }), 'share');
    try {
      say(storage.migrated.length > 0 ? storage.migrated.join('\n') : 'nothing to migrate');
      if (values.distribute) for (const table of await distribute(storage.db)) say(`distributed ${table}`);
    } finally {
      await storage.close();
    }
    return 0;
  },
};
