import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lockCollections } from '../../src/store/collections.ts';
import { inTransaction } from '../../src/store/database.ts';
import { findVersion, listDeleted, listVersions } from '../../src/store/history.ts';
import { stateAt } from '../../src/store/history-at-moment.ts';
import { pruneVersions } from '../../src/store/history-pruning.ts';
import { moveObjectRow } from '../../src/store/object-moves.ts';
import { type CollectionScope, deleteObjects, putObjects } from '../../src/store/object-writes.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, anotherCollection } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const at = (minute: number) => new Date(Date.UTC(2026, 2, 1, 12, minute));
const write = <T>(scope: CollectionScope, work: (tx: Parameters<typeof putObjects>[0]) => Promise<T>) =>
  inTransaction(database.db, async (tx) => {
    await lockCollections(tx, scope.organisationId, [scope.collectionId]);
    return work(tx);
  });

describe('the history of objects', () => {
  it('keeps each replaced and deleted version with its octets and the time it stood', async () => {
    const scope = await aCollection(database.db);
    const card = anObject('a', { body: Buffer.from('one'), etag: '1' });
    await write(scope, (tx) => putObjects(tx, scope, [card], at(1)));
    await write(scope, (tx) => putObjects(tx, scope, [{ ...card, body: Buffer.from('two'), etag: '2' }], at(2)));
    await write(scope, (tx) => deleteObjects(tx, scope, [card.objectId], at(3)));
    const versions = await listVersions(database.db, scope.organisationId, scope.ownerId, card.objectId);
    expect(versions.map(({ etag, written_at, ended_at, reason }) => ({ etag, written_at, ended_at, reason }))).toEqual([
      { etag: '2', written_at: at(2), ended_at: at(3), reason: 'deleted' },
      { etag: '1', written_at: at(1), ended_at: at(2), reason: 'replaced' },
    ]);
    const first = await findVersion(database.db, scope.organisationId, scope.collectionId, versions[1]!.seq);
    expect(first?.body.toString()).toBe('one');
  });

  it('lists in the bin what was deleted and is not there again, once, with its last version', async () => {
    const scope = await aCollection(database.db);
    const [gone, back] = [anObject('gone'), anObject('back')];
    await write(scope, (tx) => putObjects(tx, scope, [gone, back], at(1)));
    await write(scope, (tx) => deleteObjects(tx, scope, [gone.objectId, back.objectId], at(2)));
    await write(scope, (tx) =>
      putObjects(tx, scope, [{ ...anObject('back') }, anObject('gone', { etag: 'again' })], at(3)),
    );
    const again = await database.db
      .selectFrom('object')
      .select('object_id')
      .where('name', '=', 'gone')
      .executeTakeFirstOrThrow();
    await write(scope, (tx) => deleteObjects(tx, scope, [again.object_id], at(4)));
    const bin = await listDeleted(database.db, scope.organisationId, scope.collectionId);
    expect(bin.map(({ name, etag }) => ({ name, etag }))).toEqual([{ name: 'gone', etag: 'again' }]);
  });

  it('tells what a collection held at any moment, across edits, deletions and moves', async () => {
    const scope = await aCollection(database.db);
    const other = await anotherCollection(database.db, scope, 'addressbook', 'other');
    const [a, b, c] = [anObject('a'), anObject('b'), anObject('c')];
    const state = async (minute: number) =>
      Object.fromEntries(
        (await stateAt(database.db, scope.organisationId, scope.collectionId, at(minute))).map((e) => [e.name, e.etag]),
      );
    await write(scope, (tx) => putObjects(tx, scope, [a, b], at(1)));
    await write(scope, (tx) => putObjects(tx, scope, [{ ...a, etag: 'a2' }, c], at(2)));
    await write(scope, (tx) => deleteObjects(tx, scope, [b.objectId], at(3)));
    await write(scope, (tx) => moveObjectRow(tx, c, scope, { ...other, name: 'c' }, at(4)));
    expect(await state(0)).toEqual({});
    expect(await state(1)).toEqual({ a: 'etag-a', b: 'etag-b' });
    expect(await state(2)).toEqual({ a: 'a2', b: 'etag-b', c: 'etag-c' });
    expect(await state(3)).toEqual({ a: 'a2', c: 'etag-c' });
    expect(await state(4)).toEqual({ a: 'a2' });
  });

  it('forgets only versions that ended before the given time', async () => {
    const scope = await aCollection(database.db);
    const card = anObject('p');
    for (const minute of [1, 2, 3])
      await write(scope, (tx) => putObjects(tx, scope, [{ ...card, etag: `${minute}` }], at(minute)));
    expect(await pruneVersions(database.db, scope.organisationId, at(3), 100)).toBe(1);
    expect(
      (await listVersions(database.db, scope.organisationId, scope.ownerId, card.objectId)).map((v) => v.etag),
    ).toEqual(['2']);
  });
});
