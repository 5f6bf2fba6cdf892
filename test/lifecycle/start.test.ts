/** Starting for real: the first time, again, after a kill, beside another, with the wrong data. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from '../support/in-process.ts';
import { type Doublon, launch, removeFolder, runDoublon, startDoublon, temporaryFolder } from '../support/process.ts';

const folders: string[] = [];
const newFolder = () => {
  const folder = temporaryFolder();
  folders.push(folder);
  return folder;
};
afterAll(async () => {
  for (const folder of folders) await removeFolder(folder);
});

/** Lines that the program prints for people, without the log. */
function errorLines(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
}

/** Making a cluster and starting take long, so each test goes on with the data or the server that the one before left, as a server's life does. */
describe('a server', () => {
  const folder = newFolder();
  const data = { DOUBLON_DATA: folder };
  const postmasterPid = path.join(folder, 'postgres/postmaster.pid');
  let server: Doublon;
  let firstOutput = '';
  afterAll(() => server.end());

  it('killed while it starts first leaves nothing half made, whenever it was: the next start is the first', async () => {
    for (const after of [300, 900, 1500]) {
      const early = launch(['serve'], { ...data, DOUBLON_PORT: '0' });
      await sleep(after);
      early.child.kill('SIGKILL');
      await early.finished;
    }
    server = await startDoublon(data);
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
    firstOutput = server.output().stdout;
  });

  it('started first prints URL, one-time password, demo user, DAV URL with an app password, and where the duplicates are', async () => {
    const { stdout, stderr } = server.output();
    expect(stdout).toMatch(/Administrator\s+user admin\s+one-time password \S{16}/);
    expect(stdout).toMatch(/Demo user\s+user demo\s+password \S{16}/);
    expect(stdout).toMatch(/See the duplicates: sign in at http:\S+ as demo/);
    expect(stdout).toMatch(/URL\s+http:\S+\/dav\/\n\s+User\s+demo\n\s+App password\s+\S{20,}/);
    const secrets = Array.from(stdout.matchAll(/password\s+(\S{16,})$/gm), (match) => match[1]!);
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(stderr).not.toContain(secret);
    const users = await runInProcess(['user', 'list'], data);
    expect(users.stdout).toBe('admin\tAdministrator\tadministrator\ndemo\tDemo\tmember\n');
    await server.end();
  });

  it('started again shows no password, and lets the demo user in: the page, the duplicates found already, the cards', async () => {
    server = await startDoublon(data);
    expect(server.output().stdout).not.toMatch(/password \S{16}/);
    const ask = (target: string, secret: string, init: RequestInit = {}) => {
      const authorization = `Basic ${Buffer.from(`demo:${secret}`).toString('base64')}`;
      return fetch(new URL(target, server.url), { ...init, headers: { ...init.headers, authorization } });
    };
    expect(await (await fetch(server.url)).text()).toContain('<div id="page">');
    const password = /user demo\s+password (\S+)/.exec(firstOutput)![1]!;
    const list = await (await ask('api/v1/duplicates/suggestions', password)).json();
    expect((list as { items: unknown[] }).items).toHaveLength(8);
    const appPassword = /App password\s+(\S+)/.exec(firstOutput)![1]!;
    const home = 'dav/addressbooks/demo/contacts/';
    const found = await ask(home, appPassword, { method: 'PROPFIND', headers: { Depth: '1' } });
    expect(found.status).toBe(207);
    expect((await found.text()).match(/\.vcf</g)).toHaveLength(38);
  });

  it('lets short commands work beside it, but no second server: that one is told in one line who is there', async () => {
    const added = await runInProcess(['app-password', 'add', 'demo', 'Tablet'], data);
    expect(added.stdout).toMatch(/^app password of demo for Tablet: \S+\n/);
    const second = await runDoublon(['serve'], { ...data, DOUBLON_PORT: '0' });
    expect(second.code).toBe(1);
    expect(errorLines(second.stderr)).toEqual([
      `doublon: ${folder} is in use by another Doublon (process ${server.child.pid}): stop it, or set DOUBLON_DATA to another folder`,
    ]);
    expect((await fetch(new URL('ready', server.url))).status).toBe(200);
  });

  it('killed leaves its Postgres running; the next one takes it over, and stops it in the end', async () => {
    await server.end('SIGKILL');
    expect(existsSync(postmasterPid)).toBe(true);
    server = await startDoublon(data);
    const { code, stderr } = await server.end();
    expect(code).toBe(0);
    expect(stderr).toContain('"mode":"left running"');
    expect(existsSync(postmasterPid)).toBe(false);
  });

  it('keeps a user that a short command added while it was down', async () => {
    const added = await runDoublon(['user', 'add', 'zoe', '--password-stdin'], data, 'correct horse battery\n');
    expect(added).toMatchObject({ code: 0, stdout: 'added zoe\n' });
    expect(existsSync(postmasterPid)).toBe(false);
    server = await startDoublon(data);
    const authorization = `Basic ${Buffer.from('zoe:correct horse battery').toString('base64')}`;
    const session = await fetch(new URL('api/v1/session', server.url), { headers: { authorization } });
    expect(session.status).toBe(200);
  });
});

describe('data of another Postgres', () => {
  it('is refused in one line and not touched', async () => {
    const folder = newFolder();
    mkdirSync(path.join(folder, 'postgres'));
    writeFileSync(path.join(folder, 'postgres/PG_VERSION'), '17\n');
    const { code, stderr } = await runDoublon(['serve'], { DOUBLON_DATA: folder, DOUBLON_PORT: '0' });
    expect(code).toBe(1);
    expect(errorLines(stderr)).toEqual([
      expect.stringMatching(/postgres holds data of Postgres 17, but this Doublon carries Postgres 18: /),
    ]);
    expect(readdirSync(path.join(folder, 'postgres'))).toEqual(['PG_VERSION']);
  });
});
