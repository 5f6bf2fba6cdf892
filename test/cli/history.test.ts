/** Bringing back by the command line: one object, a book to a moment, a deleted collection. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { deleteCollection } from '../../src/commands/collections.ts';
import type { Context } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { type Collection, findCollection } from '../../src/store/collections.ts';
import { listEntries } from '../../src/store/objects.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCard } from '../support/dav-server.ts';
import { runInProcess } from '../support/in-process.ts';

let database: FreshDatabase;
let context: Context;
let find: () => Promise<Collection | undefined>;
beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: systemClock, log: silentLog, limits: DEFAULT_LIMITS };
  const organisationId = await createOrganisation(context, 'Example');
  const ownerId = await createPrincipal(context, { organisationId, kind: 'user', name: 'ann' });
  find = () => findCollection(database.db, organisationId, ownerId, 'addressbook', 'contacts');
});
afterAll(() => database.drop());

const doublon = async (...args: string[]) => {
  const { code, stdout, stderr } = await runInProcess(args, { DATABASE_URL: database.url });
  expect([code, stderr]).toEqual([0, '']);
  return stdout;
};
const put = async (name: string, fn: string) =>
  putObject(context, { collection: (await find())!, name, octets: Buffer.from(aCard(name, fn)) });
const names = async () => {
  const { organisation_id, collection_id } = (await find())!;
  return (await listEntries(database.db, organisation_id, collection_id)).map(({ name }) => name);
};

describe('doublon history', () => {
  it('lists what was deleted, and puts one object back', async () => {
    await put('a.vcf', 'First');
    await put('a.vcf', 'Second');
    await deleteObject(context, { collection: (await find())!, name: 'a.vcf' });
    const [seq] = (await doublon('history', 'list', 'ann', 'contacts')).split('  ');
    expect(await doublon('history', 'list', 'ann', 'contacts', '--name', 'a.vcf')).toMatch(/deleted .*\n.* replaced /);
    expect(await doublon('history', 'restore-object', 'ann', 'contacts', seq!)).toBe('back     a.vcf\n');
    expect(await names()).toEqual(['a.vcf']);
  });

  it('takes a book back to a moment, after saying what that changes', async () => {
    const moment = new Date(systemClock.now()).toISOString();
    await put('b.vcf', 'Later');
    const args = ['history', 'restore', 'ann', 'contacts', moment];
    expect(await doublon(...args)).toMatch(/^removed {2}b\.vcf\n0 back, 1 removed, 1 unchanged \(nothing was changed/);
    expect(await names()).toEqual(['a.vcf', 'b.vcf']);
    await doublon(...args, '--apply');
    expect(await names()).toEqual(['a.vcf']);
  });

  it('brings a deleted collection back, after saying what would come', async () => {
    await deleteCollection(context, (await find())!);
    expect(await doublon('history', 'deleted', 'ann')).toMatch(/ addressbook {2}contacts {2}1 objects\n$/);
    expect(await doublon('history', 'undelete', 'ann', 'contacts')).toMatch(/contacts: 1 objects, .* add --apply\)\n$/);
    expect(await find()).toBeUndefined();
    await doublon('history', 'undelete', 'ann', 'contacts', '--apply');
    expect(await names()).toEqual(['a.vcf']);
  });
});
