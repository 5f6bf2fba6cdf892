/** Whatever is sent, the server answers: never with a 500, never dying of it, errors in the form that the rim promises. */
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Operation } from '../../src/api/operations/operation.ts';
import { OPERATIONS } from '../../src/api/operations.ts';
import { dav } from '../../src/xml/names.ts';
import { parseXml } from '../../src/xml/parse.ts';
import { apiClient, basic } from '../support/api-client.ts';
import {
  ANN,
  aCard,
  anEvent,
  BOOK,
  CALENDAR,
  type DavServer,
  ICALENDAR,
  startDavServer,
  VCARD,
} from '../support/dav-server.ts';
import { anAdministrator, PASSWORD } from '../support/people.ts';
import { readTree } from '../support/source-tree.ts';
import { HEADERS, oddRequest } from './headers.ts';
import { oddCalls } from './json-bodies.ts';
import { announcesBody, type RawAnswer, type RawRequest, sendRaw } from './raw-request.ts';
import { oddXml, VALID, type XmlRequest } from './xml-bodies.ts';

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ corsOrigins: ['http://other.example'] });
  await server.ann('PUT', `${BOOK}one.vcf`, aCard('one', 'Ann Example', 'EMAIL;TYPE=home:a@example.org'), VCARD);
  await server.ann('PUT', `${CALENDAR}one.ics`, anEvent('one', 'RRULE:FREQ=DAILY'), ICALENDAR);
});
afterAll(() => server.stop());

const runs = (usual: number) => ({ numRuns: Number(process.env.DOUBLON_TEST_RUNS ?? usual), endOnFailure: false });
/** CPU time of this process, which holds the server: other programs on the machine do not count. */
const MOST_CPU_MS = 1000;

/** Sends, and checks what holds for every answer. */
async function answered(request: RawRequest): Promise<RawAnswer> {
  const before = server.log.length;
  const began = process.cpuUsage();
  const answer = await sendRaw(server.url, request);
  const { user, system } = process.cpuUsage(began);
  const told = `${request.method} ${request.target.slice(0, 200)}: ${answer.status} ${answer.body.slice(0, 300)}`;
  // a body that does not come in full makes no request
  if (announcesBody(request) && answer.status <= 0) return answer;
  expect(answer.status, told).toBeGreaterThanOrEqual(200);
  // not implemented, another server, more than can be stored: these are answers
  expect([...[501, 502, 507], answer.status < 500 ? answer.status : 0], told).toContain(answer.status);
  expect((user + system) / 1000, told).toBeLessThan(MOST_CPU_MS);
  if (answer.status >= 400) expectPromisedForm(request, answer, told);
  const errors = server.log.slice(before).filter(({ level }) => level === 'error');
  expect(
    errors.map(({ fields }) => fields),
    told,
  ).toEqual([]);
  return answer;
}

function expectPromisedForm(request: RawRequest, { head, body }: RawAnswer, told: string): void {
  const type = /^content-type: ([^;\r\n]*)/im.exec(head)?.[1];
  // HEAD has no body, and what is no HTTP is refused before any rim
  if (request.method === 'HEAD' || type === undefined) return;
  if (type === 'application/xml' && body !== '') expect(parseXml(Buffer.from(body)).name, told).toBe(dav('error'));
  if (request.target.startsWith('/api/v1/'))
    expect([type, typeof JSON.parse(body).code], told).toEqual(['application/problem+json', 'string']);
}

const PROJECT = path.resolve(import.meta.dirname, '../..');
const ANN_BASIC = basic(ANN.name, ANN.password).Authorization!;

describe('a request with odd headers or an odd target', () => {
  it('is answered in the form of its rim', async () => {
    await fc.assert(
      fc.asyncProperty(oddRequest(ANN_BASIC), async (request) => void (await answered(request))),
      runs(120),
    );
  }, 3_600_000);

  it('is tried with every header that the sources read', () => {
    const read = readTree(PROJECT, 'src').flatMap(({ text }) =>
      [...text.matchAll(/ctx\.get\('([\w-]+)'\)/g)].map(([, name]) => name!),
    );
    expect(new Set(read).size).toBeGreaterThan(15);
    expect([...new Set(read)].filter((name) => !(name in HEADERS))).toEqual([]);
  });
});

describe('a card of a hostile shape', () => {
  const book = async (name: string, ...lines: string[]): Promise<string> => {
    await server.ann('PUT', `${BOOK}${name}.vcf`, aCard(name, 'Bea Example', ...lines), VCARD);
    return `${BOOK}${name}.vcf`;
  };

  it('with thousands of parameters is given as jCard in no time (RFC 7095 §3.4)', async () => {
    const target = await book('parameters', `X-FOO;A=${'a;'.repeat(20_000)}B=b:v`);
    const headers = { Authorization: ANN_BASIC, Accept: 'application/vcard+json' };
    const { status, body } = await answered({ method: 'GET', target, headers: Object.entries(headers) });
    expect([status, body.includes('"x-foo"')]).toEqual([200, true]);
  });

  it('with a number of thousands of commas is previewed as merged in no time', async () => {
    await book('commas', `TEL:${','.repeat(100_000)}1`);
    const api = apiClient(server.url, { Authorization: ANN_BASIC });
    const { items } = await api.call('listCards', { query: { search: 'Bea Example' } });
    const [referenceId, ...memberIds] = items.map((each) => each.id);
    const { status } = await answered({
      method: 'POST',
      target: '/api/v1/duplicates/preview',
      headers: [
        ['Authorization', ANN_BASIC],
        ['Content-Type', 'application/json'],
      ],
      body: JSON.stringify({ referenceId, memberIds }),
    });
    expect([status, memberIds.length]).toEqual([200, 1]);
  });
});

describe('a request with an odd XML body', () => {
  it('is answered like a valid one or with DAV:error', async () => {
    const sent = ({ method, path: target, body }: XmlRequest) => {
      const depth = /^<CR?:(addressbook|calendar|free-busy)-/.test(body) ? '1' : '0';
      const headers = { Authorization: ANN_BASIC, 'Content-Type': 'application/xml', Depth: depth };
      return answered({ method, target, body, headers: Object.entries(headers) });
    };
    const refused: string[] = [];
    for (const each of VALID) if ((await sent(each)).status >= 300) refused.push(`${each.method} ${each.body}`);
    // a card that is not there cannot be locked
    expect(refused).toEqual([expect.stringMatching(/^LOCK/)]);
    await fc.assert(
      fc.asyncProperty(oddXml, async (request) => void (await sent(request))),
      runs(150),
    );
  }, 3_600_000);
});

describe('an operation of the API with odd input', () => {
  it.each(Object.entries<Operation>(OPERATIONS))(
    '%s answers or says what is wrong (RFC 9457)',
    async (_, operation) => {
      const { name, principalId } = await anAdministrator(server);
      const Authorization = basic(name, PASSWORD).Authorization!;
      const api = apiClient(server.url, { Authorization });
      const collections = (await api.call('listCollections')).items.map((each) => each.id);
      const cards = await Promise.all(
        ['a', 'b'].map((uid) => api.call('createCard', { body: { collectionId: collections[0]!, vcard: aCard(uid) } })),
      );
      const known = [
        ...collections,
        ...cards.map((card) => card.id),
        principalId,
        '0190c0de-0000-7000-8000-000000000000',
      ];
      await fc.assert(
        fc.asyncProperty(oddCalls(operation, known), async ({ parameters, query, body }) => {
          const path = operation.path.replaceAll(/\{(\w+)\}/g, (_whole, part: string) => encoded(parameters[part]));
          const search = Object.entries(query)
            .map(([key, value]) => `${encoded(key)}=${encoded(value)}`)
            .join('&');
          const headers = [
            ['Authorization', Authorization],
            ['Content-Type', 'application/json'],
          ] as const;
          const sent = body === undefined ? {} : { body: JSON.stringify(body) ?? 'null' };
          await answered({ method: operation.method, target: `/api/v1${path}?${search}`, headers, ...sent });
        }),
        runs(6),
      );
    },
    3_600_000,
  );
});

const encoded = (value: unknown) => encodeURIComponent(String(value).toWellFormed()) || 'x';
