import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/store/database.ts';
import { putObjects } from '../../src/store/object-writes.ts';
import { expectedRows, tellPlannerOfWrites } from '../../src/store/planner-statistics.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { aCollection, anObject, THEN } from '../support/fixtures.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

describe('the planner', () => {
  it('is told of objects when they have doubled, not each time that a process has written a few into a large table', async () => {
    const { db } = database;
    // autovacuum would tell it, too, once a minute
    await sql`alter table object set (autovacuum_enabled = false)`.execute(db);
    const scope = await aCollection(db);
    let names = 0;
    const add = (count: number) =>
      inTransaction(db, (tx) =>
        putObjects(
          tx,
          scope,
          Array.from({ length: count }, () => anObject(`n${++names}`)),
          THEN,
        ),
      );
    await add(300);
    await tellPlannerOfWrites(db, 300);
    expect(await expectedRows(db, 'object')).toBe(300);
    await add(200);
    await tellPlannerOfWrites(db, 200);
    expect(await expectedRows(db, 'object')).toBe(300);
    await add(200);
    await tellPlannerOfWrites(db, 400);
    expect(await expectedRows(db, 'object')).toBe(700);
  });
});
