/** Passwords over plain HTTP from other machines are refused; HTTPS by certificate files, or behind a trusted proxy. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLoopback } from '../../src/http/encryption.ts';
import { listen } from '../../src/listener.ts';
import { apiClient, basic } from '../support/api-client.ts';
import { davClient } from '../support/dav-client.ts';
import { aPerson, PASSWORD, type Person, refusalOf } from '../support/people.ts';
import { type ServerOptions, startServer, type TestServer } from '../support/server.ts';

describe('loopback', () => {
  it.each(['127.0.0.1', '127.8.9.1', '::1', '::ffff:127.0.0.1'])('is %s', (address) => {
    expect(isLoopback(address)).toBe(true);
  });
  it.each(['10.0.0.1', '192.168.1.1', '0.0.0.0', '::', '2001:db8::1', '::ffff:10.0.0.1', '', 'unknown'])(
    'is not %j',
    (address) => {
      expect(isLoopback(address)).toBe(false);
    },
  );
});

describe('a password from another machine', () => {
  const servers: TestServer[] = [];
  async function started(options: ServerOptions): Promise<{ server: TestServer; person: Person }> {
    const server = await startServer(options);
    servers.push(server);
    return { server, person: await aPerson(server) };
  }
  afterAll(() => Promise.all(servers.map((server) => server.stop())));

  const elsewhere = { 'x-forwarded-for': '203.0.113.9' };
  const overHttps = { ...elsewhere, 'x-forwarded-proto': 'https' };
  const root = (server: TestServer, person: Person, headers: Record<string, string>) =>
    davClient(server.url, { name: person.name, password: PASSWORD })('PROPFIND', '/dav/', undefined, {
      depth: '0',
      ...headers,
    });

  it('is refused over plain HTTP without a challenge, and taken when the trusted proxy says HTTPS', async () => {
    const { server, person } = await started({ trustProxy: true });
    const refused = await root(server, person, elsewhere);
    expect([refused.status, refused.headers['www-authenticate']]).toEqual([403, undefined]);
    expect(refused.text).toContain('HTTPS');
    expect((await root(server, person, overHttps)).status).toBe(207);
    expect((await root(server, person, {})).status).toBe(207);
  });

  it('is refused on the page and in the API, too', async () => {
    const { server, person } = await started({ trustProxy: true });
    const body = { name: person.name, password: PASSWORD };
    const page = apiClient(server.url, elsewhere).call('signIn', { body });
    expect(await refusalOf(page)).toBe('403 encryption-required');
    const program = apiClient(server.url, { ...basic(person.name, PASSWORD), ...elsewhere });
    expect(await refusalOf(program.call('listCollections'))).toBe('403 encryption-required');
    await apiClient(server.url, overHttps).call('signIn', { body });
  });

  it('is believed to come over HTTPS from no proxy that is not trusted', async () => {
    const { server, person } = await started({ trustProxy: false });
    // from loopback it is taken whatever it says of itself, and its cookie is then not marked secure
    const answer = await apiClient(server.url, overHttps).send('signIn', {
      body: { name: person.name, password: PASSWORD },
    });
    expect(answer.headers.get('Set-Cookie')).not.toMatch(/; secure/i);
  });

  it('is counted by the address that the nearest proxy saw, not by one that the client made up', async () => {
    const { server, person } = await started({ trustProxy: true, plainHttp: true });
    const attempt = (n: number) =>
      davClient(server.url, { name: person.name, password: 'guess' })('PROPFIND', '/dav/', undefined, {
        'x-forwarded-for': `192.0.2.${n}, 203.0.113.9`,
      });
    const statuses: number[] = [];
    for (let n = 0; n < 11; n++) statuses.push((await attempt(n)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
  });

  it('is taken over plain HTTP where the setting allows it', async () => {
    const { server, person } = await started({ trustProxy: true, plainHttp: true });
    expect((await root(server, person, elsewhere)).status).toBe(207);
  });
});

const openssl = (() => {
  try {
    return execFileSync('openssl', ['version']).length > 0;
  } catch {
    return false;
  }
})();

describe.skipIf(!openssl)('TLS by certificate files', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'doublon-tls-'));
    const file = (name: string) => path.join(folder, name);
    const self = ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
    execFileSync('openssl', [...self, '-subj', '/CN=localhost', '-keyout', file('key.pem'), '-out', file('cert.pem')], {
      stdio: 'ignore',
    });
    writeFileSync(file('broken.pem'), 'no certificate\n');
  });
  afterAll(() => rmSync(folder, { recursive: true }));
  const files = (cert: string) => ({ certFile: path.join(folder, cert), keyFile: path.join(folder, 'key.pem') });

  it('serves HTTPS', async () => {
    const listener = await listen('127.0.0.1', 0, files('cert.pem'));
    expect(listener.url).toMatch(/^https:/);
    listener.handle((_request, response) => void response.end('encrypted'));
    const text = await new Promise<string>((resolve, reject) => {
      get(listener.url, { rejectUnauthorized: false }, (response) => {
        response.setEncoding('utf8').on('data', resolve);
      }).on('error', reject);
    });
    expect(text).toBe('encrypted');
    await listener.drain(5_000);
  });

  it.each([['missing.pem'], ['broken.pem']])('does not start with %s, and says so', async (name) => {
    await expect(listen('127.0.0.1', 0, files(name))).rejects.toMatchObject({ code: 'bad-certificate' });
  });
});
