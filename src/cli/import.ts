/** `doublon import`: a .vcf, .csv or .ics file into a collection, with progress and a report. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { AppError } from '../base/errors.ts';
import type { Context } from '../commands/context.ts';
import { type ImportReport, importObjects } from '../commands/import-objects.ts';
import { IMPORT_POLICIES, type ImportPolicy } from '../commands/import-shelf.ts';
import { type Collection, findCollection, listCollections } from '../store/collections.ts';
import { say } from './output.ts';
import { requireUser, withContext } from './session.ts';
import { readArguments, type Subcommand, usageError } from './subcommand.ts';

export const importSubcommand: Subcommand = {
  name: 'import',
  usage: 'USER COLLECTION FILE [--policy skip|replace|keep-both]',
  summary: 'Read a .vcf, .csv or .ics file into an address book or calendar',
  run: async (args) => {
    const { positionals, values } = readArguments(args, ['USER', 'COLLECTION', 'FILE'], {
      policy: { type: 'string', default: 'skip' },
    });
    const [userName, collectionName, file] = positionals as [string, string, string];
    const policy = IMPORT_POLICIES.find((known) => known === values.policy);
    if (!policy) throw usageError(`--policy is one of ${IMPORT_POLICIES.join(', ')}`);
    const size = await sizeOf(file);
    return withContext(async (context) => {
      const kind = /\.ics$/i.test(file) ? 'calendar' : 'addressbook';
      const collection = await requireCollection(context, userName, collectionName, [kind, 'addressbook', 'calendar']);
      return importFile(context, collection, { file, size, policy });
    });
  },
};

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    throw new AppError('notFound', 'no-such-file', `${file} cannot be read: ${(error as Error).message}`, {}, error);
  }
}

/**
 * The user's collection of that name, of the first of the kinds that has one; else the only one that the page calls so.
 * Throws AppError notFound, which tells the names there are.
 */
export async function requireCollection(
  context: Context,
  userName: string,
  name: string,
  kinds: readonly ('addressbook' | 'calendar')[],
): Promise<Collection> {
  const user = await requireUser(context, userName);
  for (const kind of kinds) {
    const found = await findCollection(context.db, user.organisation_id, user.principal_id, kind, name);
    if (found) return found;
  }
  const all = await listCollections(context.db, user.organisation_id, user.principal_id);
  const own = all.filter(({ kind }) => kinds.some((each) => each === kind));
  const [shown, another] = own.filter((each) => each.display_name?.toLowerCase() === name.toLowerCase());
  if (shown && !another) return shown;
  const names = own.map((each) => each.name).sort();
  const detail = `${userName} has no address book or calendar called "${name}", but: ${names.join(', ') || 'none'}`;
  throw new AppError('notFound', 'no-such-collection', detail);
}

async function importFile(
  context: Context,
  collection: Collection,
  { file, size, policy }: { file: string; size: number; policy: ImportPolicy },
): Promise<number> {
  const onProgress = process.stderr.isTTY ? (report: ImportReport) => showProgress(report, size) : undefined;
  const report = await importObjects(context, {
    collection,
    source: createReadStream(file),
    policy,
    ...(onProgress ? { onProgress } : {}),
  });
  for (const item of report.refused) {
    say(`line ${item.line}: ${item.detail}${item.uid ? ` (UID ${item.uid})` : ''} [${item.code}]`);
  }
  sayKnown(report);
  const { created, replaced, skipped, refusedCount } = report;
  say(`${created} new, ${replaced} replaced, ${skipped} there already, ${refusedCount} refused`);
  return refusedCount === 0 ? 0 : 1;
}

const MOST_KNOWN_SAID = 20;

/** Cards under another UID that are there already; those with the same UID are only counted, as in every second import of a file. */
function sayKnown({ known, copies }: ImportReport): void {
  const worthSaying = known.filter((item) => item.reason !== 'same-uid');
  for (const { line, reason, displayName } of worthSaying.slice(0, MOST_KNOWN_SAID)) {
    const fate = reason === 'merged-before' ? 'left out, was merged into' : 'holds the same as';
    say(`line ${line}: ${fate} "${displayName}", which is there already`);
  }
  if (worthSaying.length > MOST_KNOWN_SAID) say(`and ${worthSaying.length - MOST_KNOWN_SAID} more`);
  if (copies > 0)
    say(
      `${copies} ${copies === 1 ? 'holds' : 'hold'} the same as a card that was there: merge them under "Duplicates"`,
    );
}

function showProgress(report: ImportReport, size: number): void {
  const percent = size === 0 ? 100 : Math.floor((report.octets / size) * 100);
  process.stderr.write(`\r${report.read} objects, ${percent} %${report.finished ? '\n' : ''}`);
}
