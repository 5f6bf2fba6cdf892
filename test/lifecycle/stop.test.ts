/** Stopping: a request that runs is answered, a killed server has everything it acknowledged. */
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { request } from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { findPostmaster } from '../../src/postgres/postmaster.ts';
import { type Doublon, NPM_START, removeFolder, startDoublon, temporaryFolder } from '../support/process.ts';

/** One set of data for all tests, and what a test leaves running is the next one's: making a cluster and starting take long. */
const folder = temporaryFolder();
let server: Doublon;
let authorization = '';
afterAll(async () => {
  await server.end();
  await removeFolder(folder);
});

/** Starts a server unless the test before left one. */
async function running(): Promise<void> {
  if (server?.child.exitCode === null && server.child.signalCode === null) return;
  server = await startDoublon({ DOUBLON_DATA: folder, DOUBLON_STOP_SECONDS: '3' });
  const secret = /App password\s+(\S+)/.exec(server.output().stdout)?.[1];
  if (secret !== undefined) authorization = `Basic ${Buffer.from(`demo:${secret}`).toString('base64')}`;
}

const card = (id: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${id}\r\nFN:Card ${id}\r\nN:Card;${id};;;\r\nEND:VCARD\r\n`;
const target = (id: string, of = server) => new URL(`dav/addressbooks/demo/contacts/${id}.vcf`, of.url);

/** Sends headers and the first half of the body; the caller sends the rest. */
function beginPut(id: string) {
  const body = card(id);
  const headers = { authorization, 'content-type': 'text/vcard', 'content-length': Buffer.byteLength(body) };
  const sent = request(target(id), { method: 'PUT', headers });
  sent.write(body.slice(0, 20));
  const answered = once(sent, 'response').then(([response]) => response as { statusCode: number });
  return { finish: () => sent.end(body.slice(20)), answered };
}

describe('SIGTERM', () => {
  it('lets a request that has begun end, takes no new one, and exits with 0', async () => {
    await running();
    const slow = beginPut('slow');
    await sleep(300);
    const ended = server.end('SIGTERM');
    await untilRefused(server.url);
    slow.finish();
    expect((await slow.answered).statusCode).toBe(201);
    expect((await ended).code).toBe(0);

    await running();
    const again = await fetch(target('slow'), { headers: { authorization } });
    expect(await again.text()).toBe(card('slow'));
  });

  it('does not wait for ever for a request that never ends', async () => {
    await running();
    const stuck = beginPut('stuck');
    stuck.answered.catch(() => {});
    await sleep(300);
    const { code, stderr } = await server.end('SIGTERM');
    expect(code).toBe(0);
    expect(stderr).toContain('requests still running were cut off');
  });

  it('sent to npm start stops the server and Postgres, too', async () => {
    server = await startDoublon({ DOUBLON_DATA: folder }, NPM_START);
    const { stderr } = await server.end('SIGTERM');
    expect(stderr).toContain('"message":"stopped"');
    expect(findPostmaster(path.join(folder, 'postgres'))).toBeUndefined();
  });
});

describe('the end of the embedded Postgres', () => {
  it('ends the server with code 1, so that a supervisor starts both anew', async () => {
    await running();
    process.kill(findPostmaster(path.join(folder, 'postgres'))!.pid, 'SIGINT');
    const { code, stderr } = await server.finished;
    expect(code).toBe(1);
    expect(stderr).toContain('the embedded Postgres has ended');
  });
});

describe.skipIf(!existsSync('/proc/self/task'))('kill -9', () => {
  it('loses no card that a client was told is stored, whoever dies', async () => {
    await running();
    const acknowledged: string[] = [];
    let alive = true;
    const writer = async (name: string) => {
      for (let number = 0; alive; number++) {
        const id = `${name}-${number}`;
        const headers = { authorization, 'content-type': 'text/vcard' };
        const response = await fetch(target(id), { method: 'PUT', headers, body: card(id) }).catch(() => undefined);
        if (response?.status === 201) acknowledged.push(id);
        else if (alive) throw new Error(`PUT answered ${response?.status}`);
      }
    };
    const writers = ['a', 'b', 'c'].map(writer);
    const settled = Promise.allSettled(writers);
    while (acknowledged.length < 30) await sleep(10);
    alive = false;
    killPostgres(folder);
    await server.end('SIGKILL');
    await settled;

    await running();
    for (const id of acknowledged) {
      const response = await fetch(target(id), { headers: { authorization } });
      expect([id, response.status, await response.text()]).toEqual([id, 200, card(id)]);
    }
  });
});

describe('SIGINT', () => {
  it('may come twice, as npm passes Ctrl-C on', async () => {
    await running();
    server.child.kill('SIGINT');
    const { code } = await server.end('SIGINT');
    expect(code).toBe(0);
  });
});

/** Kills every process of the cluster at once, as a power cut would. */
function killPostgres(of: string): void {
  const { pid } = findPostmaster(path.join(of, 'postgres'))!;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  for (const each of [pid, ...children]) process.kill(each, 'SIGKILL');
}

async function untilRefused(url: string): Promise<void> {
  for (;;) {
    const open = await fetch(url).then(
      () => true,
      () => false,
    );
    if (!open) return;
    await sleep(20);
  }
}
