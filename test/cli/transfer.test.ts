import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import type { Context } from '../../src/commands/context.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runInProcess } from '../support/in-process.ts';
import { temporaryFolder } from '../support/process.ts';
import { testClock } from '../support/server.ts';

let database: FreshDatabase;
const folder = temporaryFolder();
const file = path.join(folder, 'book.vcf');

const card = (uid: string, name: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${uid}\r\nFN:${name}\r\nN:;${name};;;\r\nEMAIL:${name}@example.org\r\nEND:VCARD\r\n`;
const BOOK = card('a', 'ann') + card('b', 'ann') + card('c', 'bob');

beforeAll(async () => {
  database = await freshDatabase();
  const context: Context = { db: database.db, clock: testClock(), log: silentLog, limits: DEFAULT_LIMITS };
  const organisationId = await createOrganisation(context, 'Example');
  await createPrincipal(context, { organisationId, kind: 'user', name: 'ann' });
  writeFileSync(file, BOOK);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

const doublon = (...args: string[]) => runInProcess(args, { DATABASE_URL: database.url });

describe('doublon import, dedup run and export', () => {
  it('take a book in, find its duplicates and give it out again', async () => {
    const imported = await doublon('import', 'ann', 'contacts', file);
    expect([imported.code, imported.stdout.trim().split('\n')]).toEqual([
      0,
      [
        'line 8: holds the same as "ann", which is there already',
        '1 holds the same as a card that was there: merge them under "Duplicates"',
        '3 new, 0 replaced, 0 there already, 0 refused',
      ],
    ]);
    const run = await doublon('dedup', 'run', '--user', 'ann');
    expect(run.stdout).toMatch(
      /^ann: 3 cards, \d+ pairs, 1 suggestions in [\d.]+ s; to review: \d certain, \d likely, \d possible$/m,
    );
    const out = path.join(folder, 'out.vcf');
    expect((await doublon('export', 'ann', 'contacts', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(BOOK);
    expect((await doublon('export', 'ann', 'contacts')).stdout).toBe(BOOK);
    // as the page calls it
    expect((await doublon('export', 'ann', 'Contacts')).stdout).toBe(BOOK);
  }, 120_000);

  it('say in one line what is wrong', async () => {
    for (const [args, message] of [
      [['import', 'ann', 'contacts', '/nowhere.vcf'], /nowhere\.vcf cannot be read/],
      [['import', 'ann', 'nothing', file], /no address book or calendar called "nothing", but: calendar, contacts/],
      [['import', 'bob', 'contacts', file], /no user "bob"/],
      [['import', 'ann', 'contacts', file, '--policy', 'guess'], /--policy is one of skip, replace, keep-both/],
    ] as const) {
      const outcome = await doublon(...args);
      expect(outcome.code).toBeGreaterThan(0);
      expect(outcome.stderr).toMatch(message);
    }
  }, 120_000);
});
