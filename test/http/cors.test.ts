/** Web programs of other origins: which may read what, and how browsers are told (Fetch §3.2, §4.8). */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import { BOOK, type DavServer, propfindBody, startDavServer } from '../support/dav-server.ts';

const ALLOWED = 'https://calendar.example.org';
const ASKED = { 'access-control-request-method': 'PROPFIND', 'access-control-request-headers': 'authorization,depth' };

let server: DavServer;
beforeAll(async () => {
  server = await startDavServer({ corsOrigins: [ALLOWED] });
});
afterAll(() => server.stop());

describe('a program of an origin that the settings name', () => {
  it.each([BOOK, '/dav/', '/', '/.well-known/caldav'])(
    'may ask without credentials what it may send to %s, as browsers do first',
    async (path) => {
      const answer = await server.anonymous('OPTIONS', path, undefined, { origin: ALLOWED, ...ASKED });
      expect(answer.status).toBe(204);
      expect(answer.headers).toMatchObject({
        'access-control-allow-origin': ALLOWED,
        'access-control-allow-methods': 'PROPFIND',
        'access-control-allow-headers': 'authorization,depth',
      });
      expect(answer.headers.vary).toContain('Origin');
    },
  );

  it('may read answers and their ETags, refusals, too, and never sends the cookie of the page', async () => {
    const found = await server.ann('PROPFIND', BOOK, propfindBody('D:getetag'), { origin: ALLOWED, depth: '0' });
    expect(found.status).toBe(207);
    const refused = await server.anonymous('GET', BOOK, undefined, { origin: ALLOWED });
    expect(refused.status).toBe(401);
    for (const { headers } of [found, refused]) {
      expect(headers['access-control-allow-origin']).toBe(ALLOWED);
      expect(headers['access-control-expose-headers']).toContain('ETag');
      expect(headers).not.toHaveProperty('access-control-allow-credentials');
    }
  });

  it('cannot read the API', async () => {
    const answer = await server.anonymous('OPTIONS', '/api/v1/account', undefined, { origin: ALLOWED, ...ASKED });
    expect(answer.headers).not.toHaveProperty('access-control-allow-origin');
  });
});

describe('a program of any other origin', () => {
  it.each(['https://elsewhere.example.org', 'http://calendar.example.org', 'null'])(
    '%s is told nothing',
    async (origin) => {
      for (const method of ['OPTIONS', 'PROPFIND']) {
        const answer = await server.anonymous(method, BOOK, undefined, { origin, ...ASKED });
        expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, undefined]);
      }
    },
  );

  it('is told nothing by a server whose settings name none', async () => {
    const plain = await startDavServer();
    const answer = await plain.anonymous('OPTIONS', BOOK, undefined, { origin: ALLOWED, ...ASKED });
    expect([answer.status, answer.headers['access-control-allow-origin']]).toEqual([401, undefined]);
    await plain.stop();
  });
});

describe('the setting', () => {
  const origins = (DOUBLON_CORS_ORIGINS: string) => readConfig({ DOUBLON_CORS_ORIGINS }).corsOrigins;

  it('takes origins with commas between, or a star for any', () => {
    expect(readConfig({}).corsOrigins).toEqual([]);
    expect(origins(`${ALLOWED}/, http://LOCALHOST:5173`)).toEqual([ALLOWED, 'http://localhost:5173']);
    expect(origins('*')).toEqual(['*']);
  });

  it.each(['calendar.example.org', 'https://a.example/path', 'https://a.example b'])('refuses %j', (given) => {
    expect(() => origins(given)).toThrow('DOUBLON_CORS_ORIGINS must be');
  });
});
