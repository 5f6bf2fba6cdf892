/** Clients that are slow, many, or send too much: they are refused or borne, and cost nobody else anything. */
import { connect, type Socket } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listen } from '../../src/listener.ts';
import { apiClient, basic } from '../support/api-client.ts';
import {
  ANN,
  aCard,
  BOOK,
  type DavServer,
  PREFIXES,
  propfindBody,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ patience: { headersMs: 500, requestMs: 60_000, idleMs: 4_000, betweenMs: 75_000 } });
});
afterAll(() => server.stop());

const CREDENTIALS = basic(ANN.name, ANN.password);
const AUTHORIZATION = `Authorization: ${CREDENTIALS.Authorization}`;
/** More than there are connections to the database. */
const MANY = 14;

interface Open {
  readonly socket: Socket;
  /** All that came, once the server has closed. */
  readonly closed: Promise<string>;
  /** Resolves when what came holds this. */
  until(text: string): Promise<void>;
}

async function open(...lines: readonly string[]): Promise<Open> {
  const { hostname, port } = new URL(server.url);
  const socket = connect(Number(port), hostname);
  let got = '';
  socket.setEncoding('latin1').on('data', (text: string) => {
    got += text;
  });
  socket.on('error', () => {});
  const closed = new Promise<string>((resolve) => socket.once('close', () => resolve(got)));
  const until = async (text: string) => {
    while (!got.includes(text)) await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await new Promise<void>((resolve) => socket.once('connect', resolve));
  if (lines.length > 0) socket.write(lines.join('\r\n'));
  return { socket, closed, until };
}

/** Others are served as ever. */
async function expectServed(): Promise<void> {
  const listed = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), { depth: '0' });
  expect([listed.status, (await fetch(new URL('ready', server.url))).status]).toEqual([207, 200]);
}

describe('a proxy', () => {
  it('finds a connection open for longer than it keeps one itself, which is a minute (RFC 9112 §9.5)', async () => {
    const listener = await listen('127.0.0.1', 0);
    try {
      const answer = await fetch(listener.url);
      expect(answer.headers.get('keep-alive')).toBe('timeout=75');
    } finally {
      await listener.drain(0);
    }
  });
});

describe('a client that is slow', () => {
  it('with its headers is cut off', async () => {
    const { closed } = await open('GET / HTTP/1.1', 'Host: x', 'X-Slow: ');
    expect(await closed).toMatch(/^(HTTP\/1\.1 408 |$)/);
  });

  it('with its body holds no other up, and when the body never comes, nothing is stored', async () => {
    const half = [
      `PUT ${BOOK}half.vcf HTTP/1.1`,
      'Host: x',
      AUTHORIZATION,
      'Content-Type: text/vcard',
      'Content-Length: 900',
      '',
      'BEGIN:VCARD',
    ];
    const all = await Promise.all(Array.from({ length: MANY }, () => open(...half)));
    await expectServed();
    await Promise.all(all.map(({ closed }) => closed));
    expect((await server.ann('GET', `${BOOK}half.vcf`)).status).toBe(404);
  });

  it('with a file to import holds none up either, and gets it imported', async () => {
    const api = apiClient(server.url, CREDENTIALS);
    const id = (await api.call('listCollections')).items.find(({ kind }) => kind === 'addressbook')!.id;
    const cards = (at: number, from: number) =>
      Array.from({ length: 50 }, (_, i) => aCard(`slow-${at}-${from + i}`)).join('');
    const all = await Promise.all(
      Array.from({ length: MANY }, async (_, at) => {
        const [first, second] = [cards(at, 0), cards(at, 50)];
        const size = first.length + second.length;
        const head = [
          `POST /api/v1/collections/${id}/import HTTP/1.1`,
          'Host: x',
          AUTHORIZATION,
          'Content-Type: text/vcard',
          `Content-Length: ${size}`,
          'Connection: close',
          '',
          first,
        ];
        return { ...(await open(...head)), second };
      }),
    );
    await expectServed();
    for (const { socket, second } of all) socket.write(second);
    const answers = await Promise.all(all.map(({ closed }) => closed));
    expect(answers.map((text) => /^HTTP\/1\.1 200 [\s\S]*"created":100/.test(text))).toEqual(Array(MANY).fill(true));
  });

  it('in reading a long answer holds none up', async () => {
    const body = `<D:sync-collection ${PREFIXES}><D:sync-token/><D:sync-level>1</D:sync-level><D:prop><D:getetag/><CR:address-data/></D:prop></D:sync-collection>`;
    const sync = [
      `REPORT ${BOOK} HTTP/1.1`,
      'Host: x',
      AUTHORIZATION,
      'Content-Type: application/xml',
      `Content-Length: ${body.length}`,
      'Connection: close',
      '',
      body,
    ];
    const all = await Promise.all(Array.from({ length: MANY }, () => open(...sync)));
    for (const { socket } of all) socket.pause();
    await expectServed();
    for (const { socket } of all) socket.resume();
    for (const { closed } of all) expect(await closed).toMatch(/^HTTP\/1\.1 207 /);
  });
});

describe('many at once', () => {
  it('connections without a request are borne, and closed', async () => {
    const all = await Promise.all(Array.from({ length: 400 }, () => open()));
    await expectServed();
    for (const { closed } of all) await closed;
  });

  it('requests on one connection without waiting are answered in their order (RFC 9112 §9.3.2)', async () => {
    const one = (at: number) =>
      [
        'GET /health HTTP/1.1',
        'Host: x',
        `X-Request-Id: pipelined-${at}`,
        ...(at === 29 ? ['Connection: close'] : []),
        '',
        '',
      ].join('\r\n');
    const { closed } = await open(Array.from({ length: 30 }, (_, at) => one(at)).join(''));
    expect((await closed).match(/HTTP\/1\.1 200 /g)).toHaveLength(30);
  });

  it('octets of headers are refused with 431 (RFC 6585 §5)', async () => {
    for (const headers of [[`X-Long: ${'x'.repeat(20_000)}`], Array.from({ length: 3000 }, (_, i) => `X-${i}: y`)]) {
      const { closed } = await open('GET /health HTTP/1.1', 'Host: x', ...headers, '', '');
      expect(await closed).toMatch(/^HTTP\/1\.1 431 /);
    }
  });

  it('hrefs in one multiget are refused with the limit', async () => {
    const hrefs = Array.from({ length: 100_000 }, (_, at) => `<D:href>${BOOK}${at}.vcf</D:href>`).join('');
    const body = `<CR:addressbook-multiget ${PREFIXES}><D:prop><D:getetag/></D:prop>${hrefs}</CR:addressbook-multiget>`;
    const answer = await server.ann('REPORT', BOOK, body, { depth: '1' });
    expect([answer.status, answer.text]).toEqual([
      403,
      expect.stringContaining('may name 50000 resources; this one names 100000'),
    ]);
  });
});

describe('a body that is more than it seems', () => {
  const BOMB = Buffer.alloc(100 * 1024 * 1024);
  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', (octets: Buffer) => brotliCompressSync(octets, { params: { 1: 1 } })],
  ] as const)('by %s is refused with 413 at the limit, on both rims', async (encoding, compress) => {
    const bomb = compress(BOMB);
    const put = await server.ann('PUT', `${BOOK}bomb.vcf`, bomb, { ...VCARD, 'content-encoding': encoding });
    const headers = { ...CREDENTIALS, 'Content-Type': 'application/json', 'Content-Encoding': encoding };
    const post = await fetch(new URL('api/v1/cards', server.url), {
      method: 'POST',
      headers,
      body: new Uint8Array(bomb),
    });
    expect([put.status, post.status]).toEqual([413, 413]);
  });

  it('by two encodings is refused with 415', async () => {
    const twice = { ...VCARD, 'content-encoding': 'gzip, gzip' };
    expect((await server.ann('PUT', `${BOOK}bomb.vcf`, gzipSync(gzipSync('x')), twice)).status).toBe(415);
  });

  it.each([
    ['arrays', '[', ']'],
    ['objects', '{"a":', '}'],
  ])('by %s in each other is refused, whoever reads it', async (_, begin, end) => {
    const deep = begin.repeat(200_000) + (begin === '[' ? '' : '1') + end.repeat(200_000);
    const headers = { ...CREDENTIALS, 'Content-Type': 'application/json' };
    const post = await fetch(new URL('api/v1/duplicates/merge', server.url), { method: 'POST', headers, body: deep });
    const inside = await fetch(new URL('api/v1/duplicates/merge', server.url), {
      method: 'POST',
      headers,
      body: `{"referenceId":${deep}}`,
    });
    const card = await server.ann('PUT', `${BOOK}deep.vcf`, `["vcard",${deep}]`, {
      'content-type': 'application/vcard+json',
    });
    for (const { status } of [post, inside, card]) expect([400, 403, 415, 422]).toContain(status);
    expect(server.log.filter(({ level }) => level === 'error')).toEqual([]);
  });
});
