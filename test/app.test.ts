/** What the application answers beside DAV and API: operation, discovery, the page, errors. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startServer, type TestServer } from './support/server.ts';

let server: TestServer;
let stopping = false;
const webFolder = mkdtempSync(path.join(os.tmpdir(), 'doublon-web-'));

beforeAll(async () => {
  writeFileSync(path.join(webFolder, 'index.html'), '<!doctype html><title>Doublon</title>');
  server = await startServer({ webFolder, isStopping: () => stopping });
});
afterAll(async () => {
  await server.stop();
  rmSync(webFolder, { recursive: true });
});

const get = (target: string, init: RequestInit = {}) =>
  fetch(new URL(target, server.url), { redirect: 'manual', ...init });

describe('operation', () => {
  it('says that it is alive, and which version', async () => {
    const response = await get('/health');
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'alive', version: 'test' });
  });

  it('is ready when the database answers and every migration has run', async () => {
    expect(await (await get('/ready')).json()).toEqual({ status: 'ready' });
  });

  it('is not ready while a migration is missing', async () => {
    await sql`alter table kysely_migration rename to hidden`.execute(server.database.db);
    const response = await get('/ready');
    await sql`drop table if exists kysely_migration`.execute(server.database.db);
    await sql`alter table hidden rename to kysely_migration`.execute(server.database.db);
    expect(response.status).toBe(503);
    expect(((await response.json()) as { reason: string }).reason).toMatch(/^migrations to run: 0001-foundation/);
  });

  it('is not ready while it is stopping', async () => {
    stopping = true;
    const response = await get('/ready');
    stopping = false;
    expect(response.status).toBe(503);
  });

  it('counts requests for Prometheus by method, area and status, with no path of a user in it', async () => {
    await get('/health');
    await get('/dav/addressbooks/somebody/');
    const text = await (await get('/metrics')).text();
    expect(text).toContain('doublon_http_request_duration_seconds_count{method="GET",area="health",status="200"}');
    expect(text).not.toContain('somebody');
  });

  it('tells Prometheus how long the event loop was blocked', async () => {
    const text = await (await get('/metrics')).text();
    expect(text).toMatch(/^nodejs_eventloop_lag_max_seconds \d/m);
  });

  it('gives every request an id of its own and does not take the client’s', async () => {
    const response = await get('/health', { headers: { 'X-Request-Id': 'forged' } });
    expect(response.headers.get('X-Request-Id')).toMatch(/^[\w-]{12}$/);
  });

  it('logs a request without its credentials', async () => {
    await get('/health', { headers: { Authorization: 'Basic c3dvcmRmaXNo' } });
    const lines = JSON.stringify(server.log);
    expect(lines).toContain('"path":"/health"');
    expect(lines).not.toContain('c3dvcmRmaXNo');
  });
});

describe('the page', () => {
  it('is served under a policy that allows no foreign or inline script', async () => {
    const response = await get('/');
    expect(await response.text()).toContain('<title>Doublon</title>');
    const policy = response.headers.get('Content-Security-Policy');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
  });

  it('is not sent again to a browser that has it', async () => {
    const etag = (await get('/')).headers.get('ETag');
    const again = await get('/', { headers: { 'If-None-Match': etag!, 'Cache-Control': 'max-age=0' } });
    expect(again.status).toBe(304);
  });

  it('is sent compressed where the browser takes it, each form with an ETag of its own (RFC 9110 §8.8.3.3)', async () => {
    const [zipped, plain] = await Promise.all(
      ['gzip, br', 'gzip;q=0'].map((codings) => get('/', { headers: { 'Accept-Encoding': codings } })),
    );
    expect(zipped!.headers.get('Content-Encoding')).toBe('gzip');
    expect(plain!.headers.get('Content-Encoding')).toBeNull();
    expect(zipped!.headers.get('Vary')).toContain('Accept-Encoding');
    expect(zipped!.headers.get('ETag')).not.toBe(plain!.headers.get('ETag'));
    expect(await zipped!.text()).toBe(await plain!.text());
  });

  it.each(['/../package.json', '/%2e%2e/package.json', '/..%2fpackage.json', '/index.html/..'])(
    'does not lead out of its folder by %s',
    async (target) => {
      expect(await (await get(target)).text()).not.toContain('"name"');
    },
  );
});

describe('the API', () => {
  it('is there, and describes itself', async () => {
    const response = await get('/api/v1/openapi.json');
    expect(response.headers.get('Content-Encoding')).toBe('gzip');
    expect(((await response.json()) as { openapi: string }).openapi).toMatch(/^3\.1/);
  });

  it('asks who is there before it answers', async () => {
    expect((await get('/api/v1/session')).status).toBe(401);
  });
});

describe('DAV', () => {
  it('asks who is there before it answers (RFC 6764 §6)', async () => {
    const response = await get('/dav/', { method: 'PROPFIND' });
    expect(response.status).toBe(401);
    expect(response.headers.get('WWW-Authenticate')).toMatch(/^Basic realm=/);
  });
});

describe('other paths', () => {
  it('lead from the well-known URIs to the DAV root (RFC 6764 §5)', async () => {
    for (const service of ['carddav', 'caldav']) {
      const response = await get(`/.well-known/${service}`, { method: 'PROPFIND' });
      expect([response.status, response.headers.get('Location')]).toEqual([301, '/dav/']);
    }
  });

  it('answer 404 where there is nothing', async () => {
    expect((await get('/nothing-here')).status).toBe(404);
  });
});
