import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createOrganisation, createPrincipal } from '../../src/commands/accounts.ts';
import { type ApiClient, ApiFailure, apiClient, basic } from '../support/api-client.ts';
import { startServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let people = 0;
beforeAll(async () => {
  server = await startServer({ maxRequestSize: 100_000 });
});
afterAll(() => server.stop());

async function newPerson(): Promise<{ api: ApiClient; name: string; book: string; calendar: string }> {
  const name = `person${++people}`;
  const organisationId = await createOrganisation(server.context, name);
  await createPrincipal(server.context, { organisationId, kind: 'user', name, password: 'correct horse' });
  const api = apiClient(server.url, basic(name, 'correct horse'));
  const [book, calendar] = (await api.call('listCollections')).items;
  return { api, name, book: book!.id, calendar: calendar!.id };
}

async function failure(work: Promise<unknown>): Promise<ApiFailure> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiFailure) return error;
    throw error;
  }
  throw new Error('the call succeeded');
}

const vcard = (uid: string, ...lines: string[]) =>
  ['BEGIN:VCARD', 'VERSION:3.0', `UID:${uid}`, ...lines, 'END:VCARD', ''].join('\r\n');
const person = (uid: string, name: string) => vcard(uid, `FN:${name}`, `N:;${name};;;`, `EMAIL:${uid}@example.org`);

describe('cards', () => {
  it('are stored octet for octet and changed only in the version that was seen', async () => {
    const { api, book } = await newPerson();
    const text = vcard('a', 'FN:Ann', 'N:;Ann;;;', 'X-ODD;P="a;b":1', 'item1.TEL:1', 'item1.X-ABLabel:boat');
    const card = await api.call('createCard', { body: { collectionId: book, vcard: text } });
    expect(card.vcard).toBe(text);
    expect(card.name).toBe('a.vcf');
    expect(card.fields.find((field) => field.property === 'TEL')).toMatchObject({ label: 'boat', text: '1' });
    const parameters = { id: card.id };
    const next = text.replace('FN:Ann', 'FN:Anna');
    const changed = await api.call('changeCard', { parameters, body: { vcard: next, etag: card.etag } });
    expect(changed.displayName).toBe('Anna');
    const late = await failure(api.call('changeCard', { parameters, body: { vcard: text, etag: card.etag } }));
    expect([late.status, late.problem.code]).toEqual([409, 'card-changed']);
    expect((await failure(api.call('createCard', { body: { collectionId: book, vcard: text } }))).status).toBe(409);
    await api.call('deleteCard', { parameters, query: { etag: changed.etag } });
    expect((await failure(api.call('showCard', { parameters }))).status).toBe(404);
  });

  it('show dates as written, but none of the years that Apple’s programs write for no year', async () => {
    const { api, book } = await newPerson();
    const dates = ['BDAY;X-APPLE-OMIT-YEAR=1604:1604-05-14', 'ANNIVERSARY:20140624', 'item1.X-ABDATE:1604-12-24'];
    const card = await api.call('createCard', { body: { collectionId: book, vcard: vcard('d', 'FN:Di', ...dates) } });
    const texts = card.fields.filter(({ property }) => /DAY|ANN|DATE/.test(property)).map(({ text }) => text);
    expect(texts).toEqual(['--05-14', '20140624', '--12-24']);
  });

  it('are listed by name in pages that hold each card once, and found by words', async () => {
    const { api, book } = await newPerson();
    const names = Array.from({ length: 25 }, (_, i) => `Person ${String(i % 20).padStart(2, '0')}`);
    const raw = names.map((name, i) => person(`p${i}`, name)).join('');
    await api.call('importObjects', { parameters: { id: book }, query: {}, raw });
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.call('listCards', { query: { limit: 7, ...(cursor ? { cursor } : {}) } });
      expect(page.total).toBe(25);
      seen.push(...page.items.map((item) => item.displayName));
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    expect(seen).toEqual([...names].sort());
    const found = await api.call('listCards', { query: { search: 'PERSON p12@' } });
    expect(found.items.map((item) => item.uid)).toEqual(['p12']);
    for (const search of ['%', '_____________', '\\', "'"])
      expect((await api.call('listCards', { query: { search } })).items, search).toEqual([]);
    expect((await failure(api.call('listCards', { query: { cursor: 'nonsense' } }))).problem.code).toBe(
      'invalid-cursor',
    );
  });

  it('are listed by the name that is shown, accents or not, and by what stands for one', async () => {
    const { api, book } = await newPerson();
    const add = (uid: string, ...lines: string[]) =>
      api.call('createCard', { body: { collectionId: book, vcard: vcard(uid, ...lines) } });
    for (const name of ['Zoe', 'Ötzi', 'Otto', 'Édith', 'ada', 'Øyvind']) await add(name, `FN:${name}`);
    await add('n', 'FN:', 'N:Zander;Eva;;;');
    await add('org', 'FN:', 'N:;;;;', 'ORG:Fabrik AG;Einkauf');
    await add('mail', 'FN:', 'N:;;;;', 'EMAIL:noreply@shop.example');
    const shown: string[] = [];
    let cursor: string | null = null;
    do {
      const page: Awaited<ReturnType<typeof api.call<'listCards'>>> = await api.call('listCards', {
        query: { limit: 2, ...(cursor === null ? {} : { cursor }) },
      });
      shown.push(...page.items.map(({ displayName }) => displayName));
      cursor = page.nextCursor;
    } while (cursor !== null);
    const between = ['Eva Zander', 'Fabrik AG, Einkauf', 'noreply@shop.example'];
    expect(shown).toEqual(['ada', 'Édith', ...between, 'Otto', 'Ötzi', 'Zoe', 'Øyvind']);
  });

  it('are found by a phone number, however it is written', async () => {
    const { api, book } = await newPerson();
    for (const [uid, number] of Object.entries({ a: '079 123 45 67', b: '+41 (79) 123-45-67', c: '+41 79 123 45 68' }))
      await api.call('createCard', { body: { collectionId: book, vcard: vcard(uid, `FN:${uid}`, `TEL:${number}`) } });
    const foundBy = async (search: string) =>
      (await api.call('listCards', { query: { search } })).items.map(({ uid }) => uid);
    for (const search of ['0791234567', '+41 79 123 45 67', '0041791234567', '079/123 45 67', '1234567'])
      expect(await foundBy(search), search).toEqual(['a', 'b']);
    expect(await foundBy('123')).toEqual(['a', 'b', 'c']);
    expect(await foundBy('9999999')).toEqual([]);
  });

  it('that cannot be read are refused with the line', async () => {
    const { api, book } = await newPerson();
    const refused = await failure(
      api.call('createCard', { body: { collectionId: book, vcard: 'BEGIN:VCARD\r\nFN:x\r\n' } }),
    );
    expect([refused.status, refused.problem.code]).toEqual([400, 'valid-address-data']);
    expect(refused.problem.line).toEqual(expect.any(Number));
  });
});

describe('the photo of a card', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );

  it.each([
    ['inline in 3.0', `PHOTO;ENCODING=b;TYPE=JPEG:${png.toString('base64')}`],
    ['as a data URI', `PHOTO:data:image/svg+xml;base64,${png.toString('base64')}`],
  ])('%s is served as what its octets are', async (_, line) => {
    const { api, book } = await newPerson();
    const card = await api.call('createCard', { body: { collectionId: book, vcard: vcard('p', 'FN:P', line) } });
    expect(card.hasPhoto).toBe(true);
    const answer = await api.send('showPhoto', { parameters: { id: card.id } });
    expect(answer.headers.get('Content-Type')).toBe('image/png');
    expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff');
    expect(answer.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    expect(Buffer.compare(answer.value as Buffer, png)).toBe(0);
  });

  it.each([
    ['a script under the name of an image', Buffer.from('<svg onload="alert(1)">').toString('base64')],
    ['a link', 'https://example.org/p.png'],
  ])('is not served when it is %s', async (_, value) => {
    const { api, book } = await newPerson();
    const text = vcard(
      'p',
      'FN:P',
      `PHOTO${value.startsWith('https') ? ';VALUE=uri' : ';ENCODING=b;TYPE=PNG'}:${value}`,
    );
    const card = await api.call('createCard', { body: { collectionId: book, vcard: text } });
    expect((await failure(api.call('showPhoto', { parameters: { id: card.id } }))).problem.code).toBe('no-photo');
  });
});

describe('collections', () => {
  it('are made, renamed, coloured, counted and deleted', async () => {
    const { api, name } = await newPerson();
    const body = { kind: 'addressbook' as const, displayName: 'Work', name: 'work', color: '#aabbcc' };
    const made = await api.call('createCollection', { body });
    expect(made).toMatchObject({ ...body, count: 0, path: `/dav/addressbooks/${name}/work/` });
    const again = await failure(api.call('createCollection', { body }));
    expect(again.status).toBe(409);
    await api.call('createCard', { body: { collectionId: made.id, vcard: person('x', 'X') } });
    const changed = await api.call('changeCollection', {
      parameters: { id: made.id },
      body: { displayName: 'Job', color: null },
    });
    expect(changed).toMatchObject({ displayName: 'Job', color: null, count: 1 });
    await api.call('deleteCollection', { parameters: { id: made.id } });
    expect((await api.call('listCollections')).items).toHaveLength(2);
  });
});

describe('import over HTTP', () => {
  const FILE = person('a', 'Ann') + person('b', 'Bob') + 'BEGIN:VCARD\r\nVERSION:9\r\nEND:VCARD\r\n';

  it('takes a form with one file', async () => {
    const { api, book } = await newPerson();
    const form = ['--x', 'Content-Disposition: form-data; name="f"; filename="a.vcf"', '', `${FILE}`, '--x--', ''].join(
      '\r\n',
    );
    const headers = { 'Content-Type': 'multipart/form-data; boundary=x' };
    const report = await api.call('importObjects', { parameters: { id: book }, query: {}, raw: form, headers });
    expect(report).toMatchObject({ created: 2, refusedCount: 1, finished: true });
    const empty = { parameters: { id: book }, query: {}, raw: '--x\r\n\r\nno file\r\n--x--\r\n', headers };
    expect((await failure(api.call('importObjects', empty))).problem.code).toBe('no-file');
  });

  it('tells its progress line by line, and takes files larger than a JSON body may be', async () => {
    const { name, book } = await newPerson();
    const raw = Array.from({ length: 900 }, (_, i) => person(`u${i}`, `Person ${i} ${'x'.repeat(100)}`)).join('');
    expect(raw.length).toBeGreaterThan(100_000);
    const response = await fetch(`${server.url}api/v1/collections/${book}/import`, {
      method: 'POST',
      headers: { ...basic(name, 'correct horse'), Accept: 'application/x-ndjson', 'Content-Type': 'text/vcard' },
      body: raw,
    });
    const lines = (await response.text())
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.map((line) => line.finished).indexOf(true)).toBe(lines.length - 1);
    expect(lines.at(-1)).toMatchObject({ created: 900, read: 900 });
  });
});

describe('bad requests', () => {
  it('are answered as problem details that name what is wrong', async () => {
    const { api, name, book } = await newPerson();
    const send = (path: string, init: RequestInit) =>
      fetch(`${server.url}api/v1${path}`, { ...init, headers: { ...basic(name, 'correct horse'), ...init.headers } });
    const json = { 'Content-Type': 'application/json' };
    const cases: [Promise<Response>, number, string][] = [
      [send('/nothing', {}), 404, 'no-such-operation'],
      [send('/cards', { method: 'PATCH' }), 405, 'method-not-allowed'],
      [send('/cards/not-an-id', {}), 400, 'invalid-input'],
      [send('/cards', { method: 'POST', body: '{"a":', headers: json }), 400, 'broken-json'],
      [send('/cards', { method: 'POST', body: 'a=b', headers: { 'Content-Type': 'text/plain' } }), 415, 'not-json'],
      [
        send('/cards', { method: 'POST', body: JSON.stringify({ collectionId: book }), headers: json }),
        400,
        'invalid-input',
      ],
      [send('/cards', { method: 'POST', body: `"${'x'.repeat(200_000)}"`, headers: json }), 413, 'body-too-large'],
      [send('/cards?limit=0', {}), 400, 'invalid-input'],
    ];
    for (const [answer, status, code] of cases) {
      const response = await answer;
      expect(response.headers.get('Content-Type')).toContain('application/problem+json');
      expect([response.status, (await response.json()).code]).toEqual([status, code]);
    }
    expect((await api.call('listCards')).items).toEqual([]);
  });
});
