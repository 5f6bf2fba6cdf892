/** Blocking keys when several score one card at one moment. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepKeys } from '../../src/store/blocking-keys.ts';
import type { Tx } from '../../src/store/database.ts';
import { findHolders } from '../../src/store/key-holders.ts';
import { deleteObjects } from '../../src/store/object-writes.ts';
import { putOne } from '../../src/store/single-put.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('the keys of a card', () => {
  it.each([
    ['old', 'new'],
    ['new', 'old'],
  ])(
    'are those of its content, also where it changed while one scores the %s and another one the %s',
    async (...order) => {
      const { db } = database;
      const scope = { ...(await aCollection(db)), lockEpoch: 0 };
      const object = anObject('a');
      await putOne(db, scope, object, undefined, THEN);
      const { organisationId } = scope;
      const oldHash = object.record!.contentHash;
      const contents: Record<string, { contentHash: string; keys: number[] }> = {
        old: { contentHash: oldHash, keys: [1, 2] },
        new: { contentHash: 'changed', keys: [2, 3] },
      };
      const keep = (which: string) => [{ objectId: object.objectId, ...contents[which]! }];
      let second: Promise<void> | undefined;
      await db.transaction().execute(async (tx) => {
        if (order[0] === 'old') await keepKeys(tx, organisationId, keep('old'));
        // a device changes the card, and does not wait for whoever scores it
        await sql`update record set content_hash = 'changed' where object_id = ${object.objectId}`.execute(db);
        if (order[0] === 'new') await keepKeys(tx, organisationId, keep('new'));
        second = db.transaction().execute((other) => keepKeys(other, organisationId, keep(order[1])));
        const waits = sql`select 1 from pg_locks where locktype = 'advisory' and not granted
        and database = (select oid from pg_database where datname = current_database())`;
        await expect.poll(async () => (await waits.execute(tx)).rows.length).toBe(1);
      });
      await second;
      const found = await db
        .selectFrom('blocking_key')
        .select('key')
        .where('object_id', '=', object.objectId)
        .orderBy('key')
        .execute();
      expect(found.map(({ key }) => Number(key))).toEqual([2, 3]);
    },
  );
});

describe('the holders of a key', () => {
  it('are counted by their contents, whichever of the copies came first', async () => {
    const { db } = database;
    const scope = { ...(await aCollection(db)), lockEpoch: 0 };
    const { organisationId, ownerId } = scope;
    const put = async (name: string, contentHash: string) => {
      const object = anObject(name);
      await putOne(db, scope, { ...object, record: { ...object.record!, contentHash } }, undefined, THEN);
      const card = { objectId: object.objectId, contentHash, keys: [7, 8] };
      await db.transaction().execute((tx) => keepKeys(tx, organisationId, [card]));
      return object.objectId;
    };
    const held = async () =>
      (await findHolders(db, { organisationId, ownerId, shared: false }, new Map([[7, 9]]))).get(7);
    const first = await put('a', 'one');
    expect(await held()).toEqual({ count: 1, cards: [first] });
    const other = await put('b', 'two');
    const copy = await put('c', 'one');
    expect((await held())!.count).toBe(2);
    expect((await held())!.cards.toSorted()).toEqual([first < copy ? first : copy, other].toSorted());
    await deleteObjects(db as Tx, scope, [first], THEN);
    expect((await held())!.cards.toSorted()).toEqual([copy, other].toSorted());
  });
});
