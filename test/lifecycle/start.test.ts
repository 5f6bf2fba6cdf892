/** Starting for real: the first time, again, after a kill, beside another, with the wrong data. */
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { launch, removeFolder, runDoublon, startDoublon, temporaryFolder } from '../support/process.ts';

let folder: string;
let data: { DOUBLON_DATA: string };
beforeEach(() => {
  folder = temporaryFolder();
  data = { DOUBLON_DATA: folder };
});
afterEach(() => removeFolder(folder));

describe('the first start', () => {
  it('prints the URL, one-time password, demo user, DAV URL with an app password, and where the duplicates are', async () => {
    const server = await startDoublon(data);
    const { stdout, stderr, code } = await server.end();
    expect(code).toBe(0);
    expect(stdout).toMatch(/Administrator\s+user admin\s+one-time password \S{16}/);
    expect(stdout).toMatch(/Demo user\s+user demo\s+password \S{16}/);
    expect(stdout).toMatch(/See the duplicates: sign in at http:\S+ as demo/);
    expect(stdout).toMatch(/URL\s+http:\S+\/dav\/\n\s+User\s+demo\n\s+App password\s+\S{20,}/);
    const secrets = Array.from(stdout.matchAll(/password\s+(\S{16,})$/gm), (match) => match[1]!);
    expect(secrets).toHaveLength(3);
    for (const secret of secrets) expect(stderr).not.toContain(secret);
  });

  it('lets the demo user in with what was printed: the page, the duplicates found already, the cards over DAV', async () => {
    const server = await startDoublon(data);
    const { stdout } = server.output();
    const ask = (path: string, secret: string, init: RequestInit = {}) => {
      const authorization = `Basic ${Buffer.from(`demo:${secret}`).toString('base64')}`;
      return fetch(new URL(path, server.url), { ...init, headers: { ...init.headers, authorization } });
    };
    expect(await (await fetch(server.url)).text()).toContain('<div id="page">');
    const password = /user demo\s+password (\S+)/.exec(stdout)![1]!;
    const list = await (await ask('api/v1/duplicates/suggestions', password)).json();
    expect((list as { items: unknown[] }).items).toHaveLength(8);
    const appPassword = /App password\s+(\S+)/.exec(stdout)![1]!;
    const found = await ask('dav/addressbooks/demo/contacts/', appPassword, {
      method: 'PROPFIND',
      headers: { Depth: '1' },
    });
    expect(found.status).toBe(207);
    expect((await found.text()).match(/\.vcf</g)).toHaveLength(38);
    await server.end();
  });

  it('makes no demo user when DOUBLON_DEMO is false', async () => {
    const server = await startDoublon({ ...data, DOUBLON_DEMO: 'false' });
    await server.end();
    const list = await runDoublon(['user', 'list'], data);
    expect(list.stdout).toBe('admin\tAdministrator\tadministrator\n');
  });

  it('can be killed at any moment: the next one starts afresh and complete', async () => {
    for (const after of [250, 500, 750, 1000]) {
      const early = launch(['serve'], { ...data, DOUBLON_PORT: '0' });
      await sleep(after);
      early.child.kill('SIGKILL');
      await early.finished;
    }
    const server = await startDoublon(data);
    await server.end();
    const list = await runDoublon(['user', 'list'], data);
    expect(list.stdout).toBe('admin\tAdministrator\tadministrator\ndemo\tDemo\tmember\n');
    expect(readdirSync(folder).filter((name) => name.includes('unfinished'))).toEqual([]);
  });
});

describe('a later start', () => {
  it('keeps the data and shows no password again', async () => {
    await (await startDoublon(data)).end();
    const added = await runDoublon(['user', 'add', 'zoe', '--password-stdin'], data, 'correct horse battery\n');
    expect(added).toMatchObject({ code: 0, stdout: 'added zoe\n' });
    const again = await startDoublon(data);
    const { stdout } = await again.end();
    expect(stdout).not.toMatch(/password \S{16}/);
    expect((await runDoublon(['user', 'list'], data)).stdout).toContain('zoe\tzoe\tmember\n');
  });

  it('takes over the Postgres of a killed server, and stops it in the end', async () => {
    await (await startDoublon(data)).end('SIGKILL');
    expect(readdirSync(path.join(folder, 'postgres'))).toContain('postmaster.pid');
    const again = await startDoublon(data);
    const { code, stderr } = await again.end();
    expect(code).toBe(0);
    expect(stderr).toContain('"mode":"left running"');
    expect(readdirSync(path.join(folder, 'postgres'))).not.toContain('postmaster.pid');
  });

  it('leaves the superuser unreachable: the application’s role is none and no other may connect', async () => {
    const server = await startDoublon(data);
    const { default: pg } = await import('pg');
    const port = /:(\d+)\//.exec(await postgresAddress(folder))![1];
    const client = new pg.Client(`postgres://postgres@127.0.0.1:${port}/postgres`);
    await expect(client.connect()).rejects.toThrow(/no pg_hba.conf entry/);
    await server.end();
  });
});

describe('a second process on the same data', () => {
  it('is told in one line who holds it when it wants to serve', async () => {
    const first = await startDoublon(data);
    const second = await runDoublon(['serve'], { ...data, DOUBLON_PORT: '0' });
    await first.end();
    expect(second.code).toBe(1);
    expect(errorLines(second.stderr)).toEqual([
      `doublon: ${folder} is in use by another Doublon (process ${first.child.pid}): stop it, or set DOUBLON_DATA to another folder`,
    ]);
  });

  it('works beside the server when it is a short command', async () => {
    const server = await startDoublon(data);
    const added = await runDoublon(['app-password', 'add', 'demo', 'Tablet'], data);
    expect(added.stdout).toMatch(/^app password of demo for Tablet: \S+\n/);
    expect((await fetch(new URL('ready', server.url))).status).toBe(200);
    expect((await server.end()).code).toBe(0);
  });
});

describe('data of another Postgres', () => {
  it('is refused in one line and not touched', async () => {
    mkdirSync(path.join(folder, 'postgres'));
    writeFileSync(path.join(folder, 'postgres/PG_VERSION'), '17\n');
    const { code, stderr } = await runDoublon(['serve'], { ...data, DOUBLON_PORT: '0' });
    expect(code).toBe(1);
    expect(errorLines(stderr)).toEqual([
      expect.stringMatching(/postgres holds data of Postgres 17, but this Doublon carries Postgres 18: /),
    ]);
    expect(readdirSync(path.join(folder, 'postgres'))).toEqual(['PG_VERSION']);
  });
});

/** Lines that the program prints for people, without the log. */
function errorLines(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line !== '' && !line.startsWith('{'));
}

async function postgresAddress(of: string): Promise<string> {
  const { findPostmaster } = await import('../../src/postgres/postmaster.ts');
  return `127.0.0.1:${findPostmaster(path.join(of, 'postgres'))?.port}/`;
}
