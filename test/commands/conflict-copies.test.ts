import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { createCollection } from '../../src/commands/collections.ts';
import { requireConflictCopy, takeBackConflictCopy } from '../../src/commands/conflict-copies.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { putObject } from '../../src/commands/put-object.ts';
import type { Collection } from '../../src/store/collections.ts';
import { listConflictCopies } from '../../src/store/conflict-copies.ts';
import { findObject } from '../../src/store/objects.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection } from '../support/fixtures.ts';

let database: FreshDatabase;
let context: Context;
let book: Collection;
let time = Date.UTC(2026, 0, 1);
beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: { now: () => time++ }, log: silentLog, limits: DEFAULT_LIMITS };
  const { organisationId, ownerId } = await aCollection(database.db);
  book = await createCollection(context, { organisationId, ownerId, kind: 'addressbook', name: 'contacts' });
});
afterAll(() => database.drop());

const card = (fn: string) =>
  Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nUID:1\r\nFN:${fn}\r\nN:${fn};;;;\r\nEND:VCARD\r\n`);
const refuse = () => {
  throw new AppError('stale', 'precondition-failed', 'somebody was faster');
};
const put = (octets: Buffer, precondition?: () => void) =>
  putObject(context, { collection: book, name: 'a.vcf', octets, ...(precondition ? { precondition } : {}) });
const copies = () => listConflictCopies(context.db, book.organisation_id, [book.collection_id], { limit: 1000 });
const stored = async () =>
  (await findObject(context.db, book.organisation_id, book.collection_id, 'a.vcf'))?.body.toString();

describe('a body refused by a precondition', () => {
  it('is kept once however often the client repeats it, and can be taken back', async () => {
    await put(card('Server'));
    await expect(put(card('Late'), refuse)).rejects.toMatchObject({ code: 'precondition-failed' });
    await expect(put(card('Late'), refuse)).rejects.toMatchObject({ code: 'precondition-failed' });
    const [copy, ...others] = await copies();
    expect(others).toEqual([]);
    expect(copy).toMatchObject({ name: 'a.vcf', uid: '1' });
    expect(await stored()).toContain('Server');
    await takeBackConflictCopy(context, await requireConflictCopy(context, book.organisation_id, copy!.conflict_id));
    expect(await stored()).toContain('Late');
    expect(await copies()).toEqual([]);
  });

  it('is not kept when it is what the server has, or nothing that could be stored', async () => {
    const same = Buffer.from((await stored())!);
    await expect(put(same, refuse)).rejects.toMatchObject({ code: 'precondition-failed' });
    await expect(put(Buffer.from('no card'), refuse)).rejects.toThrow();
    expect(await copies()).toEqual([]);
  });

  it('does not let a client that repeats for ever fill the disk', async () => {
    for (let i = 0; i < 205; i++) await put(card(`Late ${i}`), refuse).catch(() => {});
    const kept = await copies();
    expect(kept).toHaveLength(200);
  });
});
