import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { changesSince } from '../../src/store/changes.ts';
import { inTransaction } from '../../src/store/database.ts';
import { beginWindow, findWindowOf, listDeletions } from '../../src/store/held-deletions.ts';
import { listVersions } from '../../src/store/history.ts';
import { findEntry } from '../../src/store/objects.ts';
import { insertPairs } from '../../src/store/pair-writes.ts';
import { type DeletionCount, deleteOne } from '../../src/store/single-delete.ts';
import { putOne } from '../../src/store/single-put.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const MINUTE = 60_000;

async function aBook() {
  const { db } = database;
  const scope = { ...(await aCollection(db)), lockEpoch: 0 };
  const { organisationId, collectionId } = scope;
  const entry = (name: string) => findEntry(db, organisationId, collectionId, name);
  return {
    scope,
    entry,
    put: async (name: string) => {
      const object = anObject(name);
      await putOne(db, scope, object, undefined, THEN);
      return (await entry(object.name))!;
    },
    remove: (seen: { object_id: string; seq: number }, count?: DeletionCount) =>
      deleteOne(db, { scope, seen, count, now: THEN }),
    changes: async () => (await changesSince(db, organisationId, collectionId, 0))!,
  };
}

describe('one object deleted in one statement', () => {
  it('leaves a tombstone with the next number and the version that it was', async () => {
    const { scope, put, remove, changes, entry } = await aBook();
    const [a] = [await put('a'), await put('b')];
    expect(await remove(a)).toBe(true);
    expect(await entry('a')).toBeUndefined();
    expect(await changes()).toMatchObject({
      token: 3,
      changes: [
        { name: 'b', seq: 2 },
        { name: 'a', seq: 3 },
      ],
    });
    const [version] = await listVersions(database.db, scope.organisationId, scope.ownerId, a.object_id);
    expect(version).toMatchObject({ name: 'a', seq: 1, reason: 'deleted' });
  });

  it('leaves everything as it is when the object has changed, a lock was granted, or the card is in a pair', async () => {
    const { scope, put, remove, entry } = await aBook();
    const [a, b] = [await put('a'), await put('b')];
    expect(await remove({ ...a, seq: a.seq + 1 })).toBe(false);
    const [low, high] = [a.object_id, b.object_id].toSorted();
    const pair = { a: low!, b: high!, weight: 1, probability: 1, tier: 'none', never: false, evidence: [] } as const;
    await inTransaction(database.db, (tx) => insertPairs(tx, scope.organisationId, scope.ownerId, [pair], 1));
    expect([await remove(a), await remove(b)]).toEqual([false, false]);
    await sql`delete from pair where organisation_id = ${scope.organisationId}`.execute(database.db);
    await sql`update collection set lock_epoch = 1 where collection_id = ${scope.collectionId}`.execute(database.db);
    expect(await remove(a)).toBe(false);
    expect([await entry('a'), await entry('b')]).toEqual([a, b]);
  });

  it('is counted in its device, and left to the brake without a window, beyond the limit, or where the owner set others', async () => {
    const { scope, put, remove } = await aBook();
    const deviceId = randomUUID();
    const count = (objects: number) => ({ deviceId, objects, since: new Date(THEN.getTime() - MINUTE) });
    const cards = [await put('a'), await put('b'), await put('c')];
    expect(await remove(cards[0]!, count(5))).toBe(false);
    const window = { windowId: randomUUID(), deviceId, now: THEN };
    await inTransaction(database.db, (tx) => beginWindow(tx, scope, window));
    expect(await remove(cards[0]!, count(1))).toBe(true);
    expect(await remove(cards[1]!, count(1))).toBe(false);
    expect((await findWindowOf(database.db, scope, deviceId))!.deleted).toBe(1);
    const noted = await listDeletions(database.db, scope.organisationId, window.windowId);
    expect(noted).toMatchObject([{ name: 'a', held: false, seq: 1 }]);
    expect(await remove(cards[1]!, { ...count(5), since: THEN })).toBe(false);
    expect(await remove(cards[1]!, count(0))).toBe(true);
    await sql`update principal set settings = '{"deletions":{"objects":1}}' where principal_id = ${scope.ownerId}`.execute(
      database.db,
    );
    expect([await remove(cards[2]!, count(0)), await remove(cards[2]!, count(5))]).toEqual([false, false]);
  });

  it('shares its statement with others of that moment, each decided on its own, and with cards that come', async () => {
    const { put, remove, changes, entry, scope } = await aBook();
    const seen = await Promise.all(['a', 'b', 'c', 'd'].map((name) => put(name)));
    const [a, b, c, d] = seen as [(typeof seen)[0], (typeof seen)[0], (typeof seen)[0], (typeof seen)[0]];
    const gone = [remove(a), remove(b), remove(b), remove({ ...c, seq: 99 }), remove(d)];
    const come = put('e');
    expect(await Promise.all(gone)).toEqual([true, expect.any(Boolean), expect.any(Boolean), false, true]);
    await come;
    expect([await entry('a'), await entry('b'), await entry('d')]).toEqual([undefined, undefined, undefined]);
    const { changes: listed, token } = await changes();
    expect(listed.map(({ name }) => name).toSorted()).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(new Set(listed.map(({ seq }) => seq)).size).toBe(5);
    expect(Math.max(...listed.map(({ seq }) => seq))).toBeLessThanOrEqual(token);
    const versions = await Promise.all(
      seen.map((each) => listVersions(database.db, scope.organisationId, scope.ownerId, each.object_id)),
    );
    expect(versions.map((of) => of.length)).toEqual([1, 1, 0, 1]);
  });

  it('passes the brake only as often as its window has room, however many come at once', async () => {
    const { scope, put, remove } = await aBook();
    const deviceId = randomUUID();
    const cards = await Promise.all(Array.from({ length: 8 }, (_, i) => put(`n${i}`)));
    const window = { windowId: randomUUID(), deviceId, now: THEN };
    await inTransaction(database.db, (tx) => beginWindow(tx, scope, window));
    const count = { deviceId, objects: 5, since: new Date(THEN.getTime() - MINUTE) };
    const done = await Promise.all(cards.map((card) => remove(card, count)));
    expect(done.filter(Boolean)).toHaveLength(5);
    expect((await findWindowOf(database.db, scope, deviceId))!.deleted).toBe(5);
    expect(await listDeletions(database.db, scope.organisationId, window.windowId)).toHaveLength(5);
  });
});
