/** What the set-up page gives devices to type and copy. */
import { encode } from 'uqr';
import { describe, expect, it } from 'vitest';
import {
  CLIENTS,
  type Connection,
  connectionOf,
  onlyHere,
  vdirsyncerConfig,
} from '../../src/web/pages/set-up/clients.ts';
import { modulesPath } from '../../src/web/parts/qr-path.ts';

const connection: Connection = {
  server: 'https://dav.example.org/dav/',
  principal: 'https://dav.example.org/dav/principals/users/ann/',
  addressbooks: 'https://dav.example.org/dav/addressbooks/ann/',
  calendars: 'https://dav.example.org/dav/calendars/ann/',
  userName: 'ann@example.org',
  secret: 'four-words-"and"-more',
};

describe('set-up of clients', () => {
  it('gives every client the user name or a file that holds it', () => {
    for (const client of CLIENTS) {
      const texts = client.values(connection).map(({ text }) => text);
      expect([...texts, client.config?.(connection) ?? ''].join('\n'), client.id).toContain('ann@example.org');
    }
  });

  it('gives one server address before and after the app password was made, below a path prefix too', () => {
    const page = 'https://example.org/doublon/';
    const urls = {
      server: page,
      principal: `${page}dav/principals/users/ann%20b/`,
      addressbooks: `${page}dav/addressbooks/ann%20b/`,
      calendars: `${page}dav/calendars/ann%20b/`,
    };
    const appPassword = { id: '', name: 'Phone', createdAt: '', lastUsedAt: null, lastUsedFrom: null };
    const made = { appPassword, secret: 'four-words', userName: 'ann b', urls };
    const [before, after] = [connectionOf('ann b', null, page), connectionOf('ann b', made, page)];
    expect(before.server).toBe('https://example.org/doublon/dav/');
    expect(after).toEqual({ ...before, secret: 'four-words' });
  });

  it('writes a vdirsyncer configuration whose values are JSON, as vdirsyncer reads them', () => {
    const config = vdirsyncerConfig(connection);
    const values = config.split('\n').filter((line) => line.includes(' = '));
    for (const line of values) expect(() => JSON.parse(line.slice(line.indexOf('=') + 1)), line).not.toThrow();
    expect(config).toContain('password = "four-words-\\"and\\"-more"');
    expect(config.match(/^\[storage /gm)).toHaveLength(4);
  });

  it('opens DAVx5 over TLS for an https server and without it for http', () => {
    const davx5 = CLIENTS.find((client) => client.id === 'davx5')!;
    expect(davx5.link!(connection)).toBe('davx5://ann%40example.org@dav.example.org/dav/');
    expect(davx5.link!({ ...connection, server: 'http://127.0.0.1:5232/dav/' })).toMatch(/^caldav:\/\/.*:5232\/dav\/$/);
  });

  it('knows an address that another device cannot follow', () => {
    for (const url of ['http://localhost:5232/', 'http://127.0.0.1/', 'http://[::1]:80/'])
      expect(onlyHere(url), url).toBe(true);
    for (const url of ['https://dav.example.org/', 'http://192.168.1.2:5232/']) expect(onlyHere(url), url).toBe(false);
  });
});

describe('a QR code', () => {
  it('is drawn as one path whose squares are exactly the dark modules', () => {
    const { data, size } = encode('davx5://ann%40example.org@dav.example.org/dav/', { border: 4 });
    const drawn = Array.from({ length: size }, () => Array.from({ length: size }, () => false));
    for (const [, x, y, width] of modulesPath(data).matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
      for (let i = 0; i < Number(width); i++) drawn[Number(y)]![Number(x) + i] = true;
    expect(drawn).toEqual(data);
    expect(data.flat()).toContain(true);
  });
});
