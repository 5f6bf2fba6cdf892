/** `doublon export`: a collection as one .vcf or .ics file. */
import { createWriteStream } from 'node:fs';
import { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { exportCollection } from '../commands/export-collection.ts';
import { requireCollection } from './import.ts';
import { withContext } from './session.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

export const exportSubcommand: Subcommand = {
  name: 'export',
  usage: 'USER COLLECTION [FILE] [--kind addressbook|calendar]',
  summary: 'Write an address book or calendar as one .vcf or .ics file (standard output without FILE)',
  run: async (args) => {
    const { positionals, values } = readArguments(
      args,
      ['USER', 'COLLECTION', 'FILE...'].slice(0, args.length > 2 ? 3 : 2),
      {
        kind: { type: 'string' },
      },
    );
    const [userName, name, file] = positionals as [string, string, string | undefined];
    const kinds = KINDS[values.kind ?? (/\.ics$/i.test(file ?? '') ? 'calendar' : 'addressbook')];
    if (!kinds) throw usageError('--kind is addressbook or calendar');
    return withContext(async (context) => {
      const collection = await requireCollection(context, userName, name, kinds);
      const target = file === undefined ? standardOutput() : createWriteStream(file);
      await pipeline(Readable.from(exportCollection(context, collection), { objectMode: false }), target);
      return 0;
    });
  },
};

const KINDS: Readonly<Record<string, readonly ('addressbook' | 'calendar')[]>> = {
  addressbook: ['addressbook', 'calendar'],
  calendar: ['calendar', 'addressbook'],
};

/** Standard output as a stream that may be ended: the process's own may not. */
function standardOutput(): Writable {
  return new Writable({ write: (chunk, _encoding, done) => void process.stdout.write(chunk, done) });
}
