/** `doublon backup` and `doublon restore`: everything in one file, made while the server runs, proven when it is read back. */
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { AppError } from '../base/errors.ts';
import { restoreBackup, writeBackup } from '../commands/backup.ts';
import type { Context } from '../commands/context.ts';
import { secondFactorKeys } from '../commands/second-factor.ts';
import { complain, say } from './output.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand } from './subcommand.ts';

export const backupSubcommand: Subcommand = {
  name: 'backup',
  usage: 'FILE',
  summary: 'Write everything, as it is at this moment, into one file; the server may go on',
  run: async (args) => {
    const [file] = readArguments(args, ['FILE'], {}).positionals as [string];
    const unfinished = `${file}.unfinished`;
    return withContext(async (context) => {
      try {
        const rows = await writeBackup(context, createWriteStream(unfinished, { mode: 0o600 }));
        await rename(unfinished, file);
        say(`${rows} rows, ${(await stat(file)).size} octets in ${file}`);
        await sayKeys(
          context,
          (key, count) => `${count} second factors are sealed under the key ${key}, which is not in it`,
        );
        return 0;
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    });
  },
};

export const restoreSubcommand: Subcommand = {
  name: 'restore',
  usage: 'FILE',
  summary: 'Fill an empty database from a backup (set DOUBLON_DATA to a new folder, or DATABASE_URL to a new database)',
  run: async (args) => {
    const [file] = readArguments(args, ['FILE'], {}).positionals as [string];
    await stat(file).catch((error: Error) => {
      throw new AppError('notFound', 'no-such-file', `${file} cannot be read: ${error.message}`, {}, error);
    });
    const restore = async (context: Context) => {
      const rows = await restoreBackup(context, createReadStream(file));
      say(`${rows} rows restored from ${file}`);
      const known = new Set(context.secretKeys?.all().map(({ id }) => id));
      await sayKeys(context, (key, count) =>
        known.has(key)
          ? undefined
          : `${count} second factors need the key ${key}, which no backup holds: copy it from the old server (the file` +
            ' secret-key in its data folder, or DOUBLON_SECRET_KEY). Until then their users sign in with recovery codes;' +
            ' "doublon user second-factor-off" helps who has none',
      );
      return 0;
    };
    // the schema is first brought to that of the backup, which may be older than this program
    return withContext(restore, { migrates: false });
  },
};

/** A remark for each key that second factors are sealed under. */
async function sayKeys(context: Context, remark: (key: string, count: number) => string | undefined): Promise<void> {
  for (const [key, count] of await secondFactorKeys(context)) {
    const line = key === null ? undefined : remark(key, count);
    if (line !== undefined) complain(line);
  }
}
