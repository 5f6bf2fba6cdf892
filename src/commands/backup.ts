/** Backups: one gzip file of lines `word TAB count TAB json`: a head, rows by table, and a foot that proves nothing is missing. */
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { z } from 'zod';
import { AppError } from '../base/errors.ts';
import { type ArchivedRows, readArchive, schemaVersion, tablesInOrder, writeArchive } from '../store/archive.ts';
import { migrate } from '../store/migrate.ts';
import { tellPlanner } from '../store/planner-statistics.ts';
import { countOrganisations } from '../store/principals.ts';
import type { Context } from './context.ts';

const FORMAT = 'doublon-backup';
const FOOT = 'end-of-backup';
const Head = z.object({ version: z.literal(1), schema: z.string(), made: z.string() });
const Foot = z.object({ sha256: z.string() });

interface BackupLine {
  /** The format's name, a table's name, or the foot's. */
  readonly word: string;
  readonly count: number;
  readonly json: string;
}

const textOf = ({ word, count, json }: BackupLine): string => `${word}\t${count}\t${json}\n`;

/** Writes a backup of one moment to a stream while the server goes on; returns the number of rows. */
export async function writeBackup(context: Context, target: Writable): Promise<number> {
  const gzip = createGzip();
  const written = pipeline(gzip, target);
  const digest = createHash('sha256');
  let rows = 0;
  const write = async (line: BackupLine) => {
    const text = textOf(line);
    digest.update(text);
    if (!gzip.write(text)) await once(gzip, 'drain');
  };
  const made = new Date(context.clock.now()).toISOString();
  const head = { version: 1, schema: await schemaVersion(context.db), made };
  await write({ word: FORMAT, count: 1, json: JSON.stringify(head) });
  await readArchive(context.db, async ({ table, count, json }) => {
    rows += count;
    await write({ word: table, count, json });
  });
  gzip.end(textOf({ word: FOOT, count: rows, json: JSON.stringify({ sha256: digest.digest('hex') }) }));
  await written;
  return rows;
}

/**
 * Fills an empty database from a backup, all or nothing, and brings it to this program's schema. `prepare` is called with the
 * backup's schema before any row is written. Throws AppError 'not-empty', 'invalid-backup' (damaged or cut short), 'newer-backup'.
 */
export async function restoreBackup(context: Context, source: Readable): Promise<number> {
  const lines = backupLines(source);
  const first = await lines.next();
  const head = Head.safeParse(first.value?.word === FORMAT ? JSON.parse(first.value.json) : undefined);
  if (!first.value || !head.success) throw new AppError('invalid', 'invalid-backup', 'This file is no Doublon backup.');
  await prepareSchema(context, head.data.schema);
  const digest = createHash('sha256').update(textOf(first.value));
  const count = await writeArchive(context.db, checkedBatches(lines, digest));
  await migrate(context.db);
  await tellPlanner(context.db, await tablesInOrder(context.db));
  return count;
}

async function prepareSchema(context: Context, schema: string): Promise<void> {
  const present = await schemaVersion(context.db).catch(() => '');
  if (present !== '' && (await countOrganisations(context.db)) > 0) {
    throw new AppError('conflict', 'not-empty', 'The database is not empty: restore into a new one.');
  }
  if (present > schema) {
    throw new AppError(
      'conflict',
      'not-empty',
      `The database already has the schema ${present}, the backup ${schema}: restore into a new database.`,
    );
  }
  try {
    await migrate(context.db, schema);
  } catch (error) {
    throw new AppError(
      'invalid',
      'newer-backup',
      `The backup was made by a newer Doublon (schema ${schema}).`,
      {},
      error,
    );
  }
}

async function* backupLines(source: Readable): AsyncGenerator<BackupLine, undefined> {
  const gunzip = createGunzip();
  const piped = pipeline(source, gunzip).catch((error: unknown) => error);
  try {
    for await (const text of createInterface({ input: gunzip, crlfDelay: Number.POSITIVE_INFINITY })) {
      const [word = '', count = '', ...json] = text.split('\t');
      yield { word, count: Number(count), json: json.join('\t') };
    }
    await finished(gunzip).catch(() => {});
  } catch (error) {
    throw new AppError('invalid', 'invalid-backup', `The backup is damaged: ${(error as Error).message}.`, {}, error);
  }
  const failure = await piped;
  if (failure)
    throw new AppError(
      'invalid',
      'invalid-backup',
      `The backup is damaged: ${(failure as Error).message}.`,
      {},
      failure,
    );
  return undefined;
}

/** The batches up to the foot; throws inside the restoring transaction when the foot is missing or does not fit. */
async function* checkedBatches(
  lines: AsyncGenerator<BackupLine, undefined>,
  digest: ReturnType<typeof createHash>,
): AsyncGenerator<ArchivedRows> {
  let rows = 0;
  for await (const line of lines) {
    if (line.word === FOOT) {
      const foot = Foot.safeParse(JSON.parse(line.json));
      if (foot.data?.sha256 === digest.digest('hex') && line.count === rows) return;
      throw new AppError('invalid', 'invalid-backup', 'The backup is damaged: its rows are not those it was made of.');
    }
    digest.update(textOf(line));
    rows += line.count;
    yield { table: line.word, count: line.count, json: line.json };
  }
  throw new AppError('invalid', 'invalid-backup', 'The backup is cut short.');
}
