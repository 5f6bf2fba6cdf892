import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/store/database.ts';
import { quickStatement, statement } from '../../src/store/statement.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

const TEXT = `select 10 / $1::int as half, $2::text as word, $3::timestamptz as moment, case when $1 = 5 then '\\xff'::bytea end as octets
  from generate_series(1, $1::int)`;
const WAYS = { pool: statement<object>(TEXT), 'quick connection': quickStatement<object>(TEXT) };

describe('a statement whose columns were described before', () => {
  it.each(Object.entries(WAYS))('gives its rows as the first time, and after a failure, by the %s', async (_, run) => {
    const db = openDatabase({ url: database.url, connections: 4 });
    const moment = new Date('2026-02-03T04:05:06.789Z');
    const row = { half: 2, word: null, moment, octets: Buffer.from([0xff]) };
    for (let use = 0; use < 8; use++) {
      expect(await run(db, 5, null, moment)).toEqual(Array.from({ length: 5 }, () => row));
      expect(await run(db, 1, 'one', null)).toEqual([{ half: 10, word: 'one', moment: null, octets: null }]);
      expect(await run(db, -1, '', moment)).toEqual([]);
      if (use % 2 > 0) await expect(run(db, 'x', '', moment)).rejects.toThrow('invalid input syntax');
    }
    await db.destroy();
  });

  it('is never made of a text of several statements, however often it is used: a migration is such a one', async () => {
    const db = openDatabase({ url: database.url, connections: 1 });
    for (let use = 0; use < 8; use++) {
      await sql.raw("set application_name to 'one'; set application_name to 'several'").execute(db);
    }
    const { rows } = await sql<{ application_name: string }>`show application_name`.execute(db);
    expect(rows).toEqual([{ application_name: 'several' }]);
    await db.destroy();
  });

  it('is described anew on another connection', async () => {
    const db = openDatabase({ url: database.url, connections: 1 });
    const PID = statement<{ pid: number }>('select pg_backend_pid() as pid where $1::int > 0');
    const pids = new Set<number>();
    for (let use = 0; use < 10; use++) {
      const [{ pid } = { pid: 0 }] = await PID(db, 1);
      pids.add(pid);
      if (use % 5 === 4) await sql`select pg_terminate_backend(${pid})`.execute(database.db);
      await expect.poll(async () => (await PID(db, 1).catch(() => [])).length).toBe(1);
    }
    expect(pids.size).toBeGreaterThan(1);
    await db.destroy();
  });

  it('reads moments with and without fractions, and those before our era, in any time zone of the server', async () => {
    const db = openDatabase({ url: database.url, connections: 1 });
    const MOMENT = statement<{ moment: Date }>('select $1::timestamptz as moment');
    const moments = [
      '2026-01-01T00:00:00Z',
      '1969-12-31T23:59:59.5Z',
      '2026-06-01T12:00:00.123Z',
      '0001-01-01T00:00:00Z',
    ];
    for (const zone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns']) {
      await sql`set time zone ${sql.lit(zone)}`.execute(db);
      for (const text of [...moments, '12345-06-07T08:09:10Z', '0044-03-15T12:00:00Z BC'])
        expect((await MOMENT(db, text))[0]!.moment.getTime(), `${text} in ${zone}`).toBe(expectedOf(text));
    }
    await db.destroy();
  });
});

const expectedOf = (text: string): number =>
  text.endsWith('BC') ? Date.parse(`-000043${text.slice(4, -3)}`) : Date.parse(text.replace(/^(\d{5})-/, '+0$1-'));
