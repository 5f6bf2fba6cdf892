/** An administrator's work on the command line: disable, enable, delete, the audit log, the key to secrets at rest. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { silentLog } from '../../src/base/log.ts';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { DEFAULT_LIMITS } from '../../src/commands/limits.ts';
import { newSecretKey, readSecretKey } from '../../src/commands/sealed-secrets.ts';
import { findPrincipalByLogin } from '../../src/store/principals.ts';
import { type FreshDatabase, freshDatabase } from '../support/database.ts';
import { runInProcess } from '../support/in-process.ts';
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

const doublon = (...args: string[]) => runInProcess(args, { DATABASE_URL: database.url });

describe('doublon secret-key, backup and restore', () => {
  it('seal what is in clear, leave the key out of backups, and say which key a restored server needs', async () => {
    const [old, newer] = [newSecretKey(), newSecretKey()];
    const boss = (await findPrincipalByLogin(database.db, 'boss'))!;
    await database.db
      .insertInto('second_factor')
      .values({
        organisation_id: boss.organisation_id,
        principal_id: boss.principal_id,
        secret: 'JBSWY3DPEHPK3PXP',
        key_id: null,
        created_at: new Date(0),
        confirmed_at: new Date(0),
      })
      .execute();
    const folder = mkdtempSync(path.join(os.tmpdir(), 'doublon-keys-'));
    const file = path.join(folder, 'backup');
    const target = await freshDatabase();
    try {
      const run = (DATABASE_URL: string, DOUBLON_SECRET_KEY: string, ...args: string[]) =>
        runInProcess(args, { DATABASE_URL, DOUBLON_SECRET_KEY });
      const id = readSecretKey(old)!.id;
      expect((await run(database.url, old, 'secret-key', 'reseal')).stdout).toBe(`1 sealed anew under the key ${id}\n`);
      expect((await run(database.url, old, 'backup', file)).stderr).toContain(
        `under the key ${id}, which is not in it`,
      );
      expect(gunzipSync(readFileSync(file)).toString()).not.toContain('JBSWY3DPEHPK3PXP');
      expect((await run(target.url, newer, 'restore', file)).stderr).toContain(`1 second factors need the key ${id}`);
      const reseal = await run(target.url, newer, 'secret-key', 'reseal');
      expect([reseal.code, reseal.stderr]).toEqual([1, expect.stringContaining('1 cannot be opened')]);
      const both = await run(target.url, `${newer},${old}`, 'secret-key', 'reseal');
      expect(both.stdout).toBe(`1 sealed anew under the key ${readSecretKey(newer)!.id}\n`);
    } finally {
      await target.drop();
      rmSync(folder, { recursive: true });
    }
  }, 120_000);
});

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

  it('tell in the audit log who was let in, by which password, as the page does', async () => {
    await doublon('user', 'add', 'cleo');
    await doublon('user', 'password', 'cleo');
    const made = await doublon('app-password', 'add', 'cleo', 'Phone');
    const id = /revoke cleo (\S+)/.exec(made.stdout)![1]!;
    await doublon('app-password', 'revoke', 'cleo', id);
    const lines = (await doublon('audit')).stdout.trim().split('\n').slice(0, 4);
    expect(lines.map((line) => line.split('\t').slice(1, 4))).toEqual([
      ['app-password-revoked', 'command line', id],
      ['app-password-made', 'command line', 'Phone'],
      ['password-changed', 'command line', 'cleo'],
      ['user-created', 'command line', 'cleo'],
    ]);
  }, 120_000);

  it('refuse to take the last administrator away', async () => {
    const refused = await doublon('user', 'disable', 'boss');
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('last administrator')]);
  }, 120_000);
});
