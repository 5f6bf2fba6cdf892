/** An administrator's work on the command line: disable, enable, delete, the audit log. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { findPrincipalByLogin } from '../../src/store/principals.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runDoublon } from '../support/process.ts';
import { testClock } from '../support/server.ts';

let database: FreshDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  const context = { db: database.db, clock: testClock(), log: silentLog, limits: DEFAULT_LIMITS };
  const organisationId = await createOrganisation(context, 'Example');
  await createPrincipal(context, { organisationId, kind: 'user', name: 'ann' });
  await createPrincipal(context, { organisationId, kind: 'user', name: 'boss', role: 'administrator' });
});
afterAll(() => database.drop());

const doublon = (...args: string[]) => runDoublon(args, { DATABASE_URL: database.url });

describe('doublon user and audit', () => {
  it('disable, enable and delete a user, and tell so in the audit log', async () => {
    expect((await doublon('user', 'disable', 'ann')).stdout).toBe('disabled ann\n');
    expect(await findPrincipalByLogin(database.db, 'ann')).toBeUndefined();
    expect((await doublon('user', 'enable', 'ann')).code).toBe(0);
    expect((await findPrincipalByLogin(database.db, 'ann'))?.name).toBe('ann');
    expect((await doublon('user', 'delete', 'ann', 'bob')).stderr).toContain("user's name must be given");
    expect((await doublon('user', 'delete', 'ann', 'ann')).stdout).toBe('deleted ann\n');
    const lines = (await doublon('audit')).stdout.trim().split('\n');
    expect(lines.map((line) => line.split('\t')[1])).toEqual(['user-deleted', 'user-enabled', 'user-disabled']);
  }, 120_000);

  it('refuse to take the last administrator away', async () => {
    const refused = await doublon('user', 'disable', 'boss');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('last administrator')]);
  }, 120_000);
});
