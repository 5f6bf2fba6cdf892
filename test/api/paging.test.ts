/** Lists that grow with use come in pages that leave nothing out and give nothing twice, also of entries of one moment. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uuidv7 } from '../../src/base/ids.ts';
import { type ApiPerson, newPerson, refusal } from '../support/api-person.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let person: ApiPerson;
let owner: { organisation_id: string; owner_id: string };
beforeAll(async () => {
  server = await startServer();
  person = await newPerson(server);
  const { organisation_id, principal_id } = await server.database.db
    .selectFrom('principal')
    .selectAll()
    .where('name', '=', person.name)
    .executeTakeFirstOrThrow();
  owner = { organisation_id, owner_id: principal_id };
});
afterAll(() => server.stop());

const ENTRIES = 5;
const each = <T>(make: (index: number) => T): T[] => Array.from({ length: ENTRIES }, (_, index) => make(index));
/** Two of each moment. */
const moment = (index: number) => new Date(server.clock.now() - Math.floor(index / 2) * 60_000);

type Listed = 'listRuns' | 'listNights' | 'listConflictCopies' | 'listDecisions';

async function pagesOf(list: Listed): Promise<string[][]> {
  const pages: string[][] = [];
  for (let cursor: string | null | undefined; cursor !== null; ) {
    const query = { limit: 2, ...(cursor ? { cursor } : {}) };
    const page = await person.api.call(list, { query });
    pages.push(page.items.map((item) => ('nightAt' in item ? item.nightAt : item.id)));
    cursor = page.nextCursor;
  }
  return pages;
}

async function fill(list: Listed): Promise<void> {
  const { db } = server.database;
  const now = new Date(server.clock.now());
  if (list === 'listRuns') {
    const rows = each((i) => ({ ...owner, run_id: uuidv7(i), trigger: 'manual', state: 'done' as const, error: null }));
    const timed = rows.map((row, i) => ({ ...row, started_at: moment(i), heartbeat_at: now, finished_at: now }));
    await db.insertInto('run').values(timed).execute();
  }
  if (list === 'listNights') {
    const rows = each((i) => ({ ...owner, night_at: new Date(now.getTime() - i * 86_400_000), heartbeat_at: now }));
    const done = rows.map((row) => ({ ...row, state: 'done' as const, merge_run_id: null, mail_after: null }));
    await db.insertInto('night').values(done).execute();
  }
  if (list === 'listConflictCopies') {
    const { organisation_id } = owner;
    const rows = each((i) => ({ organisation_id, conflict_id: uuidv7(i), collection_id: person.book, uid: null }));
    const body = Buffer.from('BEGIN:VCARD\r\nEND:VCARD\r\n');
    const kept = rows.map((row, i) => ({ ...row, name: `${i}.vcf`, body, size: body.length, etag: `${i}` }));
    await db
      .insertInto('conflict_copy')
      .values(kept.map((row, i) => ({ ...row, refused_at: moment(i) })))
      .execute();
  }
  if (list === 'listDecisions') {
    const rows = each((i) => ({ ...owner, uid_a: `U${i}a`, uid_b: `U${i}b`, group_id: uuidv7(i), evidence_hash: '' }));
    const decided = rows.map((row, i) => ({
      ...row,
      verdict: 'different' as const,
      until_at: null,
      decided_at: moment(i),
    }));
    await db.insertInto('decision').values(decided).execute();
  }
}

describe.each<Listed>(['listRuns', 'listNights', 'listConflictCopies', 'listDecisions'])('%s', (list) => {
  it('gives every entry once, two at a time, and then says that there are no more', async () => {
    await fill(list);
    const pages = await pagesOf(list);
    expect(pages.map((page) => page.length)).toEqual([2, 2, 1]);
    expect(new Set(pages.flat()).size).toBe(ENTRIES);
    const whole = await person.api.call(list, { query: { limit: 200 } });
    expect(whole.items.map((item) => ('nightAt' in item ? item.nightAt : item.id))).toEqual(pages.flat());
    expect(whole.nextCursor).toBeNull();
  });

  it('refuses a cursor that it did not give out', async () => {
    expect(await refusal(person.api.call(list, { query: { cursor: 'x' } }))).toEqual([400, 'invalid-cursor']);
  });
});
