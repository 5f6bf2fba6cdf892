import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/store/database.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const one = async () => (await sql<{ one: number }>`select 1 as one`.execute(database.db)).rows;

describe('a connection', () => {
  it('lost between two statements of a transaction fails that transaction, not the process, and is replaced', async () => {
    const lost = inTransaction(database.db, async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]!.pid})`.execute(database.db);
      await new Promise((resolve) => setTimeout(resolve, 100));
      await sql`select 1`.execute(tx);
    });
    await expect(lost).rejects.toThrow();
    expect(await one()).toEqual([{ one: 1 }]);
  });
});

describe('a transaction', () => {
  it('that meets a deadlock is tried again, and does its work once', async () => {
    await sql`create table ring (name text primary key, times int not null)`.execute(database.db);
    await sql`insert into ring values ('a', 0), ('b', 0)`.execute(database.db);
    const both = (first: string, second: string) =>
      inTransaction(database.db, async (tx) => {
        await sql`update ring set times = times + 1 where name = ${first}`.execute(tx);
        await new Promise((resolve) => setTimeout(resolve, 50));
        await sql`update ring set times = times + 1 where name = ${second}`.execute(tx);
      });
    await Promise.all([both('a', 'b'), both('b', 'a'), both('a', 'b'), both('b', 'a')]);
    expect((await sql`select times from ring`.execute(database.db)).rows).toEqual([{ times: 4 }, { times: 4 }]);
  });
});
