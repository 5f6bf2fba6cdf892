import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keepKeys } from '../../src/store/blocking-keys.ts';
import { changesSince, pruneTombstones } from '../../src/store/changes.ts';
import { findCollectionById, lockCollections } from '../../src/store/collections.ts';
import { inTransaction } from '../../src/store/database.ts';
import { moveObjectRow } from '../../src/store/object-moves.ts';
import { type CollectionScope, deleteObjects, putObjects } from '../../src/store/object-writes.ts';
import { findObject, listEntries } from '../../src/store/objects.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, anotherCollection, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const put = (scope: CollectionScope, ...objects: Parameters<typeof putObjects>[2]) =>
  inTransaction(database.db, async (tx) => {
    await lockCollections(tx, scope.organisationId, [scope.collectionId]);
    return putObjects(tx, scope, objects, THEN);
  });
const remove = (scope: CollectionScope, ...ids: string[]) =>
  inTransaction(database.db, async (tx) => {
    await lockCollections(tx, scope.organisationId, [scope.collectionId]);
    return deleteObjects(tx, scope, ids, THEN);
  });
const since = (scope: CollectionScope, token?: number, limit?: number) =>
  changesSince(database.db, scope.organisationId, scope.collectionId, token, limit);

describe('the change log (RFC 6578 §3)', () => {
  it('numbers a batch in order and hands out the last number as the token', async () => {
    const scope = await aCollection(database.db);
    expect(await put(scope, anObject('a'), anObject('b', { record: undefined }))).toBe(2);
    const window = await since(scope);
    expect(window).toEqual({
      changes: [
        { name: 'a', etag: 'etag-a', seq: 1 },
        { name: 'b', etag: 'etag-b', seq: 2 },
      ],
      token: 2,
      truncated: false,
      known: true,
    });
  });

  it('keeps the octets exactly, NUL and invalid UTF-8 too', async () => {
    const scope = await aCollection(database.db);
    const body = Buffer.from([0, 255, 13, 10, 0xc3]);
    await put(scope, anObject('raw', { body }));
    const stored = await findObject(database.db, scope.organisationId, scope.collectionId, 'raw');
    expect(stored?.body.equals(body)).toBe(true);
  });

  it('does not list deletions on a first sync, and does after it', async () => {
    const scope = await aCollection(database.db);
    const gone = anObject('gone');
    await put(scope, gone, anObject('kept'));
    expect(await remove(scope, gone.objectId)).toBe(3);
    expect((await since(scope))?.changes.map((change) => change.name)).toEqual(['kept']);
    expect((await since(scope, 2))?.changes).toEqual([{ name: 'gone', etag: undefined, seq: 3 }]);
  });

  it('lists a name that came back once, as present', async () => {
    const scope = await aCollection(database.db);
    const first = anObject('back');
    await put(scope, first);
    await remove(scope, first.objectId);
    await put(scope, anObject('back', { etag: 'second' }));
    expect((await since(scope, 1))?.changes).toEqual([{ name: 'back', etag: 'second', seq: 3 }]);
  });

  it('refuses tokens from the future and tokens older than what pruning left', async () => {
    const scope = await aCollection(database.db);
    const gone = anObject('gone');
    await put(scope, gone);
    await remove(scope, gone.objectId);
    expect((await since(scope, 3))?.known).toBe(false);
    expect((await since(scope, 1))?.known).toBe(true);
    const later = new Date(THEN.getTime() + 1);
    expect(await pruneTombstones(database.db, scope.organisationId, scope.collectionId, later)).toBe(1);
    expect((await since(scope, 1))?.known).toBe(false);
    expect((await since(scope, 2))?.known).toBe(true);
  });

  it('reports a move as a deletion in one collection and a change in the other, keeping the record', async () => {
    const from = await aCollection(database.db);
    const to = await anotherCollection(database.db, from, 'addressbook', 'second');
    const moved = anObject('m');
    await put(from, moved);
    await inTransaction(database.db, (tx) => moveObjectRow(tx, moved, from, { ...to, name: 'n' }, THEN));
    expect((await since(from, 1))?.changes).toEqual([{ name: 'm', etag: undefined, seq: 2 }]);
    expect((await since(to, 0))?.changes).toEqual([{ name: 'n', etag: 'etag-m', seq: 1 }]);
    const record = await database.db
      .selectFrom('record')
      .select('collection_id')
      .where('object_id', '=', moved.objectId)
      .execute();
    expect(record).toEqual([{ collection_id: to.collectionId }]);
  });

  it('replaces the blocking keys of a card with those of the content it holds, and drops them with the card', async () => {
    const scope = await aCollection(database.db);
    const card = anObject('k');
    const keys = async () => {
      const found = await sql<{
        key: string;
      }>`select key::text as key from blocking_key where object_id = ${card.objectId} order by key`.execute(
        database.db,
      );
      return found.rows.map((row) => row.key);
    };
    const { contentHash } = card.record!;
    const keep = (content: string, ...numbers: number[]) =>
      inTransaction(database.db, (tx) =>
        keepKeys(tx, scope.organisationId, [{ objectId: card.objectId, contentHash: content, keys: numbers }]),
      );
    await put(scope, card);
    await keep(contentHash, 1, 2 ** 53 - 1);
    expect(await keys()).toEqual(['1', '9007199254740991']);
    await keep(contentHash, 7, 1);
    expect(await keys()).toEqual(['1', '7']);
    await keep('what it held before', 8);
    expect(await keys()).toEqual(['1', '7']);
    await put(scope, { ...card, record: undefined });
    expect(await keys()).toEqual([]);
    await put(scope, card);
    await keep(contentHash, 7);
    await remove(scope, card.objectId);
    expect(await keys()).toEqual([]);
  });

  it('knows nothing of a collection of another organisation', async () => {
    const mine = await aCollection(database.db);
    const other = await aCollection(database.db);
    await put(mine, anObject('secret'));
    expect(await changesSince(database.db, other.organisationId, mine.collectionId, undefined)).toBeUndefined();
    expect(await findCollectionById(database.db, other.organisationId, mine.collectionId)).toBeUndefined();
    await remove({ ...mine, organisationId: other.organisationId }, randomUUID()).catch(() => {});
    expect(await listEntries(database.db, mine.organisationId, mine.collectionId)).toHaveLength(1);
  });

  it('replayed from any token with any limit, gives exactly the collection (RFC 6578 §3.6)', async () => {
    const name = fc.constantFrom('a', 'b', 'c', 'd', 'e');
    const step = fc.oneof(
      fc.record({ op: fc.constant('put' as const), names: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }) }),
      fc.record({ op: fc.constant('delete' as const), names: fc.uniqueArray(name, { minLength: 1, maxLength: 3 }) }),
      fc.record({ op: fc.constant('sync' as const), limit: fc.integer({ min: 1, max: 3 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (steps) => {
        const scope = await aCollection(database.db);
        const server = new Map<string, { id: string; etag: string }>();
        const client = new Map<string, string>();
        let token: number | undefined;
        let edits = 0;
        const sync = async (limit: number) => {
          for (;;) {
            const window = (await since(scope, token, limit))!;
            expect(window.known).toBe(true);
            for (const change of window.changes) {
              if (change.etag === undefined) client.delete(change.name);
              else client.set(change.name, change.etag);
            }
            token = window.token;
            if (!window.truncated) return;
          }
        };
        for (const each of steps) {
          if (each.op === 'sync') {
            // one page only: the client is left in the middle, and writes go on
            const window = (await since(scope, token, each.limit))!;
            for (const change of window.changes) {
              if (change.etag === undefined) client.delete(change.name);
              else client.set(change.name, change.etag);
            }
            token = window.token;
          } else if (each.op === 'put') {
            const objects = each.names.map((n) => {
              const etag = `v${++edits}`;
              const id = server.get(n)?.id ?? randomUUID();
              server.set(n, { id, etag });
              return anObject(n, { objectId: id, etag, record: undefined });
            });
            await put(scope, ...objects);
          } else {
            const ids = each.names.flatMap((n) => server.get(n)?.id ?? []);
            for (const n of each.names) server.delete(n);
            await remove(scope, ...ids);
          }
        }
        await sync(2);
        expect(client).toEqual(new Map([...server].map(([n, { etag }]) => [n, etag])));
      }),
      { numRuns: 25 },
    );
  });
});
