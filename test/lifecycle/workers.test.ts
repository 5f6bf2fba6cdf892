/** `serve --workers`: several processes share port and database, replace each other, and end as one. */
import { existsSync, readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPostmaster } from '../../src/postgres/postmaster.ts';
import { runInProcess } from '../support/in-process.ts';
import { type Doublon, removeFolder, runDoublon, startDoublon, temporaryFolder, WORKERS } from '../support/process.ts';

const folder = temporaryFolder();
const data = { DOUBLON_DATA: folder, DOUBLON_STOP_SECONDS: '5' };
let server: Doublon;
let authorization = '';
beforeAll(async () => {
  server = await startDoublon(data, WORKERS);
  const secret = /App password\s+(\S+)/.exec(server.output().stdout)?.[1];
  authorization = `Basic ${Buffer.from(`demo:${secret}`).toString('base64')}`;
});
afterAll(async () => {
  await server.end();
  await removeFolder(folder);
});

interface Sent {
  readonly status: number;
  readonly text: string;
}

/** One request on a connection of its own: the primary hands connections out in turn. */
function send(method: string, target: string, body?: string, headers: http.OutgoingHttpHeaders = {}): Promise<Sent> {
  const { promise, resolve, reject } = Promise.withResolvers<Sent>();
  const options = { method, agent: false, headers: { authorization, ...headers } } as const;
  const request = http.request(new URL(target, server.url), options, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  request.on('error', reject).end(body);
  return promise;
}

const card = (id: string) =>
  `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:${id}\r\nFN:Card ${id}\r\nN:Card;${id};;;\r\nEND:VCARD\r\n`;
const at = (id: string) => `dav/addressbooks/demo/contacts/${id}.vcf`;

/** Processes of the server that answer requests. */
function workerIds(): number[] {
  const { pid } = server.child;
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.filter((id) => readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('doublon.mjs'));
}

const isAlive = (id: number) => existsSync(`/proc/${id}`);

describe.skipIf(!existsSync('/proc/self/task'))('several processes', () => {
  it('share the port: what one stores another gives', async () => {
    expect(workerIds()).toHaveLength(2);
    const names = Array.from({ length: 8 }, (_, i) => `shared-${i}`);
    const put = await Promise.all(names.map((id) => send('PUT', at(id), card(id), { 'content-type': 'text/vcard' })));
    expect(put.map(({ status }) => status)).toEqual(names.map(() => 201));
    for (const id of names) expect((await send('GET', at(id))).text).toBe(card(id));
  });

  it('count together at /metrics, whichever of them is asked', async () => {
    const counted = async () => {
      const { text } = await send('GET', 'metrics');
      return Number(/request_duration_seconds_count\{method="GET",area="health",status="200"\} (\d+)/.exec(text)?.[1]);
    };
    for (let i = 0; i < 6; i++) await send('GET', 'health');
    expect([await counted(), await counted()]).toEqual([6, 6]);
    expect((await send('GET', 'metrics')).text).toMatch(/doublon_database_connections\{state="idle"\} \d/);
  });

  it('refuse a device at once that the command line has shut out', async () => {
    const made = await runInProcess(['app-password', 'add', 'demo', 'Phone'], data);
    const secret = /[a-z0-9]{5}(-[a-z0-9]{5}){2,}|\S+-\S+-\S+/i.exec(made.stdout)![0];
    const headers = { authorization: `Basic ${Buffer.from(`demo:${secret}`).toString('base64')}` };
    const read = async () => (await send('GET', at('shared-0'), undefined, headers)).status;
    expect([await read(), await read()]).toEqual([200, 200]);
    const list = await runInProcess(['app-password', 'list', 'demo'], data);
    const id = list.stdout
      .split('\n')
      .find((line) => line.includes('Phone'))!
      .match(/[0-9a-f-]{36}/)![0];
    expect((await runInProcess(['app-password', 'revoke', 'demo', id], data)).code).toBe(0);
    expect([await read(), await read()]).toEqual([401, 401]);
  });

  it('replace one of them that dies', async () => {
    const [victim] = workerIds();
    process.kill(victim!, 'SIGKILL');
    for (let waited = 0; waited < 30_000 && (isAlive(victim!) || workerIds().length < 2); waited += 100)
      await sleep(100);
    expect(workerIds()).toHaveLength(2);
    const ready = async () => (await send('GET', 'ready').catch(() => ({ status: 0 }))).status;
    for (let waited = 0; waited < 30_000 && (await ready()) + (await ready()) !== 400; waited += 100) await sleep(100);
    expect([await ready(), await ready()]).toEqual([200, 200]);
    expect(server.output().stderr).toContain('a worker has ended, another takes its place');
  });

  it('say in one line why they cannot start', async () => {
    const { port } = new URL(server.url);
    const second = await runDoublon(['serve', '--workers', '2'], {
      DOUBLON_DATA: temporaryFolder(),
      DOUBLON_PORT: port,
    });
    expect(second.code).toBe(1);
    expect(second.stderr.split('\n').filter((line) => line.startsWith('doublon: '))).toEqual([
      expect.stringContaining(`port ${port}: another program is listening there`),
    ]);
    expect((await runInProcess(['serve', '--workers', '0'], data)).code).toBe(2);
  });

  it('end as one: a request that runs is answered, then nothing is left, Postgres included', async () => {
    const workers = workerIds();
    const body = card('slow');
    const headers = { authorization, 'content-type': 'text/vcard', 'content-length': Buffer.byteLength(body) };
    const slow = http.request(new URL(at('slow'), server.url), { method: 'PUT', agent: false, headers });
    const answered = new Promise<number | undefined>((resolve, reject) => {
      slow.on('response', (response) => resolve(response.statusCode)).on('error', reject);
    });
    slow.write(body.slice(0, 20));
    await sleep(300);
    const ended = server.end('SIGTERM');
    await sleep(500);
    slow.end(body.slice(20));
    expect(await answered).toBe(201);
    expect((await ended).code).toBe(0);
    expect(workers.filter(isAlive)).toEqual([]);
    expect(findPostmaster(path.join(folder, 'postgres'))).toBeUndefined();
  });

  it('end with the primary that is killed, and the next start has what was stored', async () => {
    server = await startDoublon(data, WORKERS);
    const workers = workerIds();
    expect((await send('GET', at('slow'))).text).toBe(card('slow'));
    await server.end('SIGKILL');
    for (let waited = 0; waited < 10_000 && workers.some(isAlive); waited += 50) await sleep(50);
    expect(workers.filter(isAlive)).toEqual([]);
  });
});
