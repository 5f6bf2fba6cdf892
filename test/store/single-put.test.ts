import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesSince } from '../../src/store/changes.ts';
import { openDatabase } from '../../src/store/database.ts';
import { listVersions } from '../../src/store/history.ts';
import type { ObjectRowWrite } from '../../src/store/object-writes.ts';
import { findObject } from '../../src/store/objects.ts';
import { putOne } from '../../src/store/single-put.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

type Scope = Parameters<typeof putOne>[1];

async function aBook() {
  const scope: Scope = { ...(await aCollection(database.db)), lockEpoch: 0 };
  const put = (object: ObjectRowWrite, seq?: number, epoch = 0) =>
    putOne(database.db, { ...scope, lockEpoch: epoch }, object, seq === undefined ? undefined : { seq }, THEN);
  const stored = (name: string) => findObject(database.db, scope.organisationId, scope.collectionId, name);
  const changes = async () =>
    (await changesSince(database.db, scope.organisationId, scope.collectionId, 0))!.changes.map(({ name }) => name);
  return { scope, put, stored, changes };
}

const edited = (object: ObjectRowWrite, text: string): ObjectRowWrite => ({
  ...object,
  body: Buffer.from(text),
  etag: `etag-${text.length}`,
});

/** Puts `theirs` in a transaction that ends when `mine` waits for it; what came of `mine`. */
async function putDuring(scope: Scope, mine: ObjectRowWrite, theirs: ObjectRowWrite): Promise<boolean> {
  let waiting: Promise<boolean> | undefined;
  await database.db.transaction().execute(async (tx) => {
    await putOne(tx, scope, theirs, undefined, THEN);
    waiting = putOne(database.db, scope, mine, undefined, THEN);
    const waits = sql`select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    await expect.poll(async () => (await waits.execute(database.db)).rows.length).toBe(1);
  });
  return waiting!;
}

describe('objects put into one collection at once', () => {
  it('are stored together, each with its own octets, record and number, in the order they came', async () => {
    const { scope, put, stored, changes } = await aBook();
    const names = Array.from({ length: 30 }, (_, i) => `n${i}`);
    const objects = names.map((name) => edited(anObject(name), `octets of ${name} \u00e9\0\ufffd`));
    expect(await Promise.all(objects.map((object) => put(object)))).toEqual(names.map(() => true));
    for (const { name, body } of objects) expect((await stored(name))!.body).toEqual(body);
    expect(await changes()).toEqual(names);
    const records = await database.db
      .selectFrom('record')
      .select('content_hash')
      .where('collection_id', '=', scope.collectionId)
      .execute();
    expect(records.map((row) => row.content_hash).toSorted()).toEqual(names.map((name) => `hash-${name}`).toSorted());
  });

  it('are stored together where another process writes there at the same time, none by the long way', async () => {
    const { scope, changes } = await aBook();
    const others = openDatabase({ url: database.url });
    try {
      const writers = [database.db, others].map(async (db, writer) => {
        const done: boolean[] = [];
        for (let round = 0; round < 15; round++) {
          const names = [0, 1, 2, 3].map((lane) => `${writer}-${round}-${lane}`);
          done.push(...(await Promise.all(names.map((name) => putOne(db, scope, anObject(name), undefined, THEN)))));
        }
        return done;
      });
      expect((await Promise.all(writers)).flat()).toEqual(Array.from({ length: 120 }, () => true));
      expect(await changes()).toHaveLength(120);
    } finally {
      await others.destroy();
    }
  });

  it('are stored although another process committed there while they waited for it', async () => {
    const { scope, stored, changes } = await aBook();
    expect(await putDuring(scope, anObject('mine'), anObject('theirs'))).toBe(true);
    expect(await changes()).toEqual(['theirs', 'mine']);
    expect((await stored('mine'))!.seq).toBe((await stored('theirs'))!.seq + 1);
  });

  it('lose no update: of several that replace one version, one does, and the version before it is kept', async () => {
    const { scope, put, stored } = await aBook();
    const object = anObject('a');
    await put(object);
    const { seq } = (await stored('a'))!;
    const texts = ['one', 'two', 'three', 'four'];
    const won = await Promise.all(texts.map((text) => put(edited(object, text), seq)));
    expect(won.filter(Boolean)).toHaveLength(1);
    const current = (await stored('a'))!;
    expect(current.body.toString()).toBe(texts[won.indexOf(true)]);
    const versions = await listVersions(database.db, scope.organisationId, scope.ownerId, object.objectId);
    expect(versions.map((version) => version.seq)).toEqual([seq]);
  });

  it('do not raise the token where one lost against a commit, of this process or of another one that it waited for', async () => {
    const { scope, put, stored } = await aBook();
    const token = async () => (await changesSince(database.db, scope.organisationId, scope.collectionId, 0))!.token;
    const object = anObject('a');
    await put(object);
    const { seq } = (await stored('a'))!;
    await put(edited(object, 'newer'), seq);
    const before = await token();
    expect(await put(edited(object, 'late'), seq)).toBe(false);
    expect(await put(anObject('a'))).toBe(false);
    expect(await put(anObject('b', { uid: 'uid-a' }))).toBe(false);
    expect(await token()).toBe(before);
    expect(await putDuring(scope, anObject('c', { uid: 'other' }), anObject('c'))).toBe(false);
    expect(await token()).toBe(before + 1);
  });

  it('are made once where several take one name or one UID', async () => {
    const { put, changes } = await aBook();
    const wanted = [anObject('x'), anObject('first'), anObject('first'), anObject('other', { uid: 'uid-first' })];
    expect((await Promise.all(wanted.map((object) => put(object)))).map(Number)).toEqual([1, 1, 0, 0]);
    expect(await changes()).toEqual(['x', 'first']);
  });

  it('do not suffer from one that cannot be stored', async () => {
    const { put, changes } = await aBook();
    const outcomes = await Promise.allSettled(
      [anObject('a'), anObject('b'), anObject('zero \0'), anObject('c')].map((object) => put(object)),
    );
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(await changes()).toEqual(['a', 'b', 'c']);
  });

  it('are refused where a lock was granted since the writer looked (RFC 4918 §7)', async () => {
    const { scope, put, changes } = await aBook();
    await put(anObject('a'));
    await database.db
      .updateTable('collection')
      .set({ lock_epoch: 1 })
      .where('collection_id', '=', scope.collectionId)
      .execute();
    const outcomes = await Promise.all([put(anObject('b')), put(anObject('c')), put(anObject('d'), undefined, 1)]);
    expect(outcomes).toEqual([false, false, true]);
    expect(await changes()).toEqual(['a', 'd']);
  });

  it('keep times beyond the years of four digits', async () => {
    const { put, stored } = await aBook();
    const far = new Date(Date.UTC(10_000, 0, 1));
    const event = (name: string) => anObject(name, { component: 'VEVENT', record: undefined, endsAt: far });
    expect(await Promise.all(['a', 'b', 'c'].map((name) => put(event(name))))).toEqual([true, true, true]);
    expect(await stored('c')).toBeDefined();
  });
});
