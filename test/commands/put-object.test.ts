import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/base/errors.ts';
import { silentLog } from '../../src/base/log.ts';
import { createCollection } from '../../src/commands/collections.ts';
import type { Context } from '../../src/commands/context.ts';
import { deleteObject } from '../../src/commands/delete-object.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { transferObject } from '../../src/commands/move-object.ts';
import { putObject } from '../../src/commands/put-object.ts';
import { restoreCollection, restoreVersion } from '../../src/commands/restore.ts';
import { changesSince } from '../../src/store/changes.ts';
import type { Collection } from '../../src/store/collections.ts';
import { listVersions } from '../../src/store/history.ts';
import { findObject, listEntries } from '../../src/store/objects.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection } from '../support/fixtures.ts';

let database: FreshDatabase;
let context: Context;
let book: Collection;
let time = Date.UTC(2026, 0, 1);

beforeAll(async () => {
  database = await freshDatabase();
  context = { db: database.db, clock: { now: () => time }, log: silentLog, limits: DEFAULT_LIMITS };
});
afterAll(() => database.drop());
beforeEach(async () => {
  const { organisationId, ownerId } = await aCollection(database.db);
  book = await createCollection(context, { organisationId, ownerId, kind: 'addressbook', name: 'contacts' });
});

const card = (uid: string, fn: string) =>
  Buffer.from(`BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${fn}\r\nN:${fn};;;;\r\nEND:VCARD\r\n`);
const put = (name: string, octets: Buffer, collection = book) => putObject(context, { collection, name, octets });
const code = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: AppError) => error.code,
  );
const token = async () => (await changesSince(context.db, book.organisation_id, book.collection_id, undefined))?.token;

describe('putting an object', () => {
  it('answers created, replaced, or unchanged without touching the sync token (RFC 4918 §9.7)', async () => {
    expect(await put('a', card('1', 'Ann'))).toMatchObject({ outcome: 'created' });
    expect(await put('a', card('1', 'Anna'))).toMatchObject({ outcome: 'replaced' });
    const before = await token();
    expect(await put('a', card('1', 'Anna'))).toMatchObject({ outcome: 'unchanged' });
    expect(await token()).toBe(before);
  });

  it('refuses a UID that another name holds, and a UID change, naming the resource (RFC 6352 §6.3.2.1)', async () => {
    await put('a', card('1', 'Ann'));
    await expect(put('b', card('1', 'Ann'))).rejects.toMatchObject({ code: 'no-uid-conflict', details: { name: 'a' } });
    await expect(put('a', card('2', 'Ann'))).rejects.toMatchObject({ code: 'no-uid-conflict', details: { name: 'a' } });
    expect(await listEntries(context.db, book.organisation_id, book.collection_id)).toHaveLength(1);
  });

  it('takes a UID of any length, and the same UID in another book', async () => {
    const other = await createCollection(context, {
      organisationId: book.organisation_id,
      ownerId: book.owner_id,
      kind: 'addressbook',
      name: 'other',
    });
    const uid = 'u'.repeat(20_000);
    await put('a', card(uid, 'Ann'));
    expect(await code(put('b', card(uid, 'Ann')))).toBe('no-uid-conflict');
    expect(await code(put('b', card(uid, 'Ann'), other))).toBe('done');
  });

  it('leaves nothing behind when the precondition refuses inside the transaction', async () => {
    const refuse = () => {
      throw new AppError('stale', 'precondition-failed', 'no');
    };
    const before = await token();
    expect(
      await code(putObject(context, { collection: book, name: 'a', octets: card('1', 'Ann'), precondition: refuse })),
    ).toBe('precondition-failed');
    expect(await token()).toBe(before);
    expect(await findObject(context.db, book.organisation_id, book.collection_id, 'a')).toBeUndefined();
  });

  it('lets exactly one of many writers win when all ask for a free name', async () => {
    const mustBeFree = (current: unknown) => {
      if (current) throw new AppError('stale', 'precondition-failed', 'taken');
    };
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        code(
          putObject(context, {
            collection: book,
            name: 'race',
            octets: card(`r${i}`, `Racer ${i}`),
            precondition: mustBeFree,
          }),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'precondition-failed')).toHaveLength(11);
    expect((await changesSince(context.db, book.organisation_id, book.collection_id, undefined))?.changes).toHaveLength(
      1,
    );
  });

  it('trusts what the caller saw under the name only as long as it is so', async () => {
    const mustBeFree = (current: unknown) => {
      if (current) throw new AppError('stale', 'precondition-failed', 'taken');
    };
    const seen = { entry: undefined };
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, i) => {
        const octets = card(`s${i}`, `Racer ${i}`);
        return code(putObject(context, { collection: book, name: 'seen', octets, precondition: mustBeFree, seen }));
      }),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    const { etag } = (await findObject(context.db, book.organisation_id, book.collection_id, 'seen'))!;
    const [old] = await listEntries(context.db, book.organisation_id, book.collection_id);
    const uid = old!.uid!;
    const unchanged = (current: { etag: string } | undefined) => {
      if (current?.etag !== etag) throw new AppError('stale', 'precondition-failed', 'changed');
    };
    const again = (fn: string) =>
      code(
        putObject(context, {
          collection: book,
          name: 'seen',
          octets: card(uid, fn),
          precondition: unchanged,
          seen: { entry: old },
        }),
      );
    expect(await again('First')).toBe('done');
    expect(await again('Second')).toBe('precondition-failed');
  });

  it('makes another object where the one that it saw was moved away meanwhile, and leaves that one its new name', async () => {
    await put('a', card('1', 'Ann'));
    const [entry] = await listEntries(context.db, book.organisation_id, book.collection_id);
    await transferObject(context, { mode: 'move', from: book, name: 'a', to: book, newName: 'b', overwrite: false });
    const seen = { entry };
    await putObject(context, { collection: book, name: 'a', octets: card('2', 'Bea'), seen });
    const names = (await listEntries(context.db, book.organisation_id, book.collection_id)).map(({ name }) => name);
    expect(names.sort()).toEqual(['a', 'b']);
    expect((await findObject(context.db, book.organisation_id, book.collection_id, 'b'))!.object_id).toBe(
      entry!.object_id,
    );
    const there = (await changesSince(context.db, book.organisation_id, book.collection_id, 1))!.changes;
    expect(there.map(({ name, etag }) => [name, etag !== undefined])).toEqual([
      ['b', true],
      ['a', true],
    ]);
  });

  it('lets exactly one of many writers replace the version that all of them saw (no lost update)', async () => {
    const { etag } = await put('shared', card('s', 'Nobody'));
    const unchanged = (current: { etag: string } | undefined) => {
      if (current?.etag !== etag) throw new AppError('stale', 'precondition-failed', 'changed');
    };
    const outcomes = await Promise.all(
      Array.from({ length: 12 }, (_, i) =>
        code(
          putObject(context, {
            collection: book,
            name: 'shared',
            octets: card('s', `Writer ${i}`),
            precondition: unchanged,
          }),
        ),
      ),
    );
    expect(outcomes.filter((outcome) => outcome === 'done')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'precondition-failed')).toHaveLength(11);
  });

  it('never brings back an object that is deleted while it is replaced', async () => {
    for (let round = 0; round < 10; round++) {
      const { etag } = await put('fleeting', card('f', `Round ${round}`));
      const mustBe = (current: { etag: string } | undefined) => {
        if (current?.etag !== etag) throw new AppError('stale', 'precondition-failed', 'changed');
      };
      const [written, deleted] = await Promise.all([
        code(
          putObject(context, {
            collection: book,
            name: 'fleeting',
            octets: card('f', `Edit ${round}`),
            precondition: mustBe,
          }),
        ),
        code(deleteObject(context, { collection: book, name: 'fleeting', precondition: mustBe })),
      ]);
      expect([written, deleted].filter((outcome) => outcome === 'done')).toHaveLength(1);
      const left = await findObject(context.db, book.organisation_id, book.collection_id, 'fleeting');
      expect(left === undefined).toBe(deleted === 'done');
    }
  });

  it('stores the record of a card, and none of a group card', async () => {
    const { objectId } = await put('a', card('1', 'Ann Example'));
    await put(
      'g',
      Buffer.from('BEGIN:VCARD\r\nVERSION:4.0\r\nUID:g\r\nKIND:group\r\nFN:All\r\nMEMBER:urn:uuid:1\r\nEND:VCARD\r\n'),
    );
    const records = await context.db
      .selectFrom('record')
      .select(['object_id', 'stale'])
      .where('organisation_id', '=', book.organisation_id)
      .execute();
    expect(records).toEqual([{ object_id: objectId, stale: true }]);
  });
});

describe('copying and moving an object (RFC 4918 §9.8, §9.9)', () => {
  const anotherBook = () =>
    createCollection(context, {
      organisationId: book.organisation_id,
      ownerId: book.owner_id,
      kind: 'addressbook',
      name: 'other',
    });

  it('keeps bytes and ETag, and refuses an occupied name unless it may overwrite, and then only what bears the same UID', async () => {
    const { etag } = await put('a', card('1', 'Ann'));
    await put('b', card('2', 'Bob'));
    const move = { mode: 'move', from: book, name: 'a', to: book, newName: 'b' } as const;
    expect(await code(transferObject(context, { ...move, overwrite: false }))).toBe('overwrite-refused');
    expect(await code(transferObject(context, { ...move, overwrite: true }))).toBe('no-uid-conflict');
    const other = await anotherBook();
    await put('b', card('1', 'Ann before'), other);
    const over = { ...move, to: other, overwrite: true };
    expect(await transferObject(context, over)).toEqual({ outcome: 'replaced', etag });
    expect(
      (await listEntries(context.db, other.organisation_id, other.collection_id)).map((e) => [e.name, e.etag]),
    ).toEqual([['b', etag]]);
  });

  it('refuses a copy beside its source, whose UID it would share, and allows it in another book', async () => {
    const other = await anotherBook();
    await put('a', card('1', 'Ann'));
    const copy = { mode: 'copy', from: book, name: 'a', newName: 'c', overwrite: true } as const;
    expect(await code(transferObject(context, { ...copy, to: book }))).toBe('no-uid-conflict');
    expect(await code(transferObject(context, { ...copy, to: other }))).toBe('done');
    expect(await listEntries(context.db, other.organisation_id, other.collection_id)).toHaveLength(1);
  });
});

describe('restoring', () => {
  it('brings back what has become larger than what is taken now', async () => {
    const { objectId } = await put('a', card('1', 'Ann'));
    await deleteObject(context, { collection: book, name: 'a' });
    const [version] = await listVersions(context.db, book.organisation_id, book.owner_id, objectId);
    const tight = { ...context, limits: { ...context.limits, maxCardSize: 20 } };
    await restoreVersion(tight, book, version!.seq);
    await expect(putObject(tight, { collection: book, name: 'a', octets: card('1', 'B') })).rejects.toThrow();
  });

  it('brings a deleted card back with its bytes, as a new change', async () => {
    const { objectId, etag } = await put('a', card('1', 'Ann'));
    await deleteObject(context, { collection: book, name: 'a' });
    const [version] = await listVersions(context.db, book.organisation_id, book.owner_id, objectId);
    expect(await restoreVersion(context, book, version!.seq)).toEqual({ name: 'a', etag });
    const change = await changesSince(context.db, book.organisation_id, book.collection_id, 2);
    expect(change?.changes).toMatchObject([{ name: 'a', etag }]);
  });

  it('takes a book back to a moment, says before what it would do, and can itself be taken back', async () => {
    await put('a', card('1', 'Ann'));
    await put('b', card('2', 'Bob'));
    const moment = new Date(time);
    time += 1000;
    await put('a', card('1', 'Faulty'));
    await deleteObject(context, { collection: book, name: 'b' });
    await put('b', card('3', 'Other Bob'));
    await put('c', card('2', 'Bob under another name'));
    const damaged = new Date(time);
    time += 1000;
    const names = async () => {
      const bodies: Record<string, string> = {};
      for (const entry of await listEntries(context.db, book.organisation_id, book.collection_id)) {
        const stored = await findObject(context.db, book.organisation_id, book.collection_id, entry.name);
        bodies[entry.name] = /FN:(.*)\r/.exec(stored!.body.toString())![1]!;
      }
      return bodies;
    };
    const { brought, removed, ...rest } = await restoreCollection(context, book, moment, { dryRun: true });
    expect([brought, removed].map((list) => list.map(({ name }) => name))).toEqual([['a', 'b'], ['c']]);
    expect(rest).toMatchObject({ lost: [], locked: [], unchanged: 0 });
    expect(await names()).toMatchObject({ a: 'Faulty' });
    await restoreCollection(context, book, moment, { dryRun: false });
    expect(await names()).toEqual({ a: 'Ann', b: 'Bob' });
    time += 1000;
    await restoreCollection(context, book, damaged, { dryRun: false });
    expect(await names()).toEqual({ a: 'Faulty', b: 'Other Bob', c: 'Bob under another name' });
  });
});
