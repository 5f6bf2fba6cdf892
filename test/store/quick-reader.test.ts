import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase, quickReaderOf } from '../../src/store/database.ts';
import { quickStatement } from '../../src/store/statement.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const HALF = quickStatement<{ half: number }>('select 10 / $1::int as half');
const NEXT = quickStatement<{ next: number }>('select $1::int + 1 as next');
const SELF = quickStatement<{ pid: number }>('select pg_backend_pid() as pid');

describe('the connection for short statements', () => {
  it('answers many at once, each with its own rows, and one that fails costs no other', async () => {
    const db = openDatabase({ url: database.url });
    const outcomes = await Promise.allSettled([1, 2, 0, 5, 1, 2, 0, 5].map((by) => HALF(db, by)));
    const halves = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value[0]!.half : 'failed'));
    expect(halves).toEqual([10, 5, 'failed', 2, 10, 5, 'failed', 2]);
    await db.destroy();
  });

  it('prepares what was sent behind a failure and passed over, and answers what was asked together in order', async () => {
    const warm = openDatabase({ url: database.url });
    for (let use = 0; use < 4; use++) await Promise.all([HALF(warm, 5), NEXT(warm, 1)]);
    await warm.destroy();
    const db = openDatabase({ url: database.url });
    for (let round = 0; round < 3; round++) {
      const outcomes = await Promise.allSettled([HALF(db, 5), HALF(db, 0), NEXT(db, 1), HALF(db, 0), NEXT(db, 2)]);
      const rows = outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'failed'));
      expect(rows).toEqual([[{ half: 2 }], 'failed', [{ next: 2 }], 'failed', [{ next: 3 }]]);
    }
    await db.destroy();
  });

  it('is made again after it was lost', async () => {
    const db = openDatabase({ url: database.url });
    const [first] = await SELF(db);
    await sql`select pg_terminate_backend(${first!.pid})`.execute(database.db);
    await expect.poll(async () => (await SELF(db).catch(() => []))[0]?.pid ?? first!.pid).not.toBe(first!.pid);
    await db.destroy();
  });

  it('is left out inside a transaction, which sees what it has written itself, and where connections are few', async () => {
    const NAMES = quickStatement<{ name: string }>('select name from login');
    await database.db.transaction().execute(async (tx) => {
      await sql`delete from login`.execute(tx);
      await sql`insert into login select 'mine', gen_random_uuid(), gen_random_uuid()`.execute(tx);
      expect(await NAMES(tx)).toEqual([{ name: 'mine' }]);
    });
    const few = openDatabase({ url: database.url, connections: 2 });
    expect(quickReaderOf(few)).toBeUndefined();
    expect(await HALF(few, 5)).toEqual([{ half: 2 }]);
    await few.destroy();
  });
});
