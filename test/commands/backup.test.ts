import { PassThrough, Readable } from 'node:stream';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { restoreBackup, writeBackup } from '../../src/commands/backup.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import type { Db } from '../../src/store/database.ts';
import { inTransaction } from '../../src/store/database.ts';
import { migrate, pendingMigrations } from '../../src/store/migrate.ts';
import { deleteObjects, putObjects } from '../../src/store/object-writes.ts';
import { expectedRows } from '../../src/store/planner-statistics.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

const contextOf = (db: Db): Context => ({ db, clock: systemClock, log: silentLog, limits: DEFAULT_LIMITS });

async function backupOf(db: Db): Promise<Buffer> {
  const target = new PassThrough();
  const chunks: Buffer[] = [];
  target.on('data', (chunk: Buffer) => chunks.push(chunk));
  await writeBackup(contextOf(db), target);
  return Buffer.concat(chunks);
}

const TABLES = [
  'organisation',
  'principal',
  'collection',
  'object',
  'object_version',
  'tombstone',
  'record',
  'blocking_key',
];

async function contentsOf(db: Db): Promise<unknown> {
  const all: Record<string, string[]> = {};
  for (const table of TABLES) {
    const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(
      db,
    );
    all[table] = rows.map((row) => row.row);
  }
  return all;
}

describe('backup and restore', () => {
  let source: FreshDatabase;
  let target: FreshDatabase;
  let archive: Buffer;
  beforeAll(async () => {
    source = await freshDatabase();
    const scope = await aCollection(source.db);
    const gone = anObject('gone');
    const many = Array.from({ length: 450 }, (_, i) =>
      anObject(`card ${i}\t"quoted"`, { body: Buffer.from([i % 256, 0, 255, 9, 10]) }),
    );
    await inTransaction(source.db, async (tx) => {
      await putObjects(tx, scope, [gone, ...many], THEN);
      await deleteObjects(tx, scope, [gone.objectId], THEN);
    });
    archive = await backupOf(source.db);
  });
  afterAll(() => source.drop());
  const emptyTarget = async () => {
    target = await freshDatabase();
    return contextOf(target.db);
  };

  it('brings back every row, octets and 64-bit keys included', async () => {
    await restoreBackup(await emptyTarget(), Readable.from([archive]));
    expect(await contentsOf(target.db)).toEqual(await contentsOf(source.db));
    // without that the first requests would walk whole collections
    expect(await expectedRows(target.db, 'object')).toBe(450);
    await target.drop();
  });

  it('brings a backup of an older schema up to date', async () => {
    const withoutTables = async () => {
      const database = await freshDatabase();
      await sql`drop schema public cascade`.execute(database.db);
      await sql`create schema public`.execute(database.db);
      return database;
    };
    const older = await withoutTables();
    await migrate(older.db, '0003-history');
    await aCollection(older.db);
    const restored = await withoutTables();
    await restoreBackup(contextOf(restored.db), Readable.from([await backupOf(older.db)]));
    expect(await pendingMigrations(restored.db)).toEqual([]);
    expect(await restored.db.selectFrom('collection').select('name').execute()).toEqual([{ name: 'first' }]);
    await older.drop();
    await restored.drop();
  });

  it('refuses a database that is not empty', async () => {
    await expect(restoreBackup(contextOf(source.db), Readable.from([archive]))).rejects.toMatchObject({
      code: 'not-empty',
    });
  });

  const text = () => gunzipSync(archive).toString('latin1');
  const DAMAGES: readonly [string, () => Buffer][] = [
    ['that is cut in the middle of the file', () => archive.subarray(0, archive.length / 2)],
    ['whose last line is missing', () => gzipSync(Buffer.from(text().replace(/end-of-backup.*\n$/, ''), 'latin1'))],
    ['in which one octet differs', () => gzipSync(Buffer.from(text().replace('card 17', 'card 71'), 'latin1'))],
    ['that is no backup at all', () => Buffer.from('BEGIN:VCARD')],
  ];
  it.each(DAMAGES)('refuses a backup %s, and leaves the database empty', async (_, damaged) => {
    const context = await emptyTarget();
    await expect(restoreBackup(context, Readable.from([damaged()]))).rejects.toMatchObject({ code: 'invalid-backup' });
    expect(await target.db.selectFrom('principal').select('name').execute()).toEqual([]);
    await target.drop();
  });
});
